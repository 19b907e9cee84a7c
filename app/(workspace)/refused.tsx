import { notFound } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import type { Refusal } from "@/lib/contracts/problem";

type RefusedProps = { readonly refusal: Refusal; readonly back: string };

/** A page that may not be opened: what is not there and what one has no part in look the same; a role is told its limits. */
export const Refused = ({ refusal, back }: RefusedProps) => {
  if (refusal.code === "NOT_FOUND") notFound();
  return (
    <Panel title={<h1>Not for your role</h1>}>
      <EmptyState title="Your role does not open this page" action={<LinkButton href={back}>Back</LinkButton>}>
        {refusal.detail}
      </EmptyState>
    </Panel>
  );
};
