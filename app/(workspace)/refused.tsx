import { notFound } from "next/navigation";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { Refusal } from "@/lib/contracts/problem";

type RefusedProps = { readonly refusal: Refusal; readonly back: string };

/** A page that may not be opened: what is not there and what one has no part in look the same; a role is told its limits. */
export const Refused = ({ refusal, back }: RefusedProps) => {
  if (refusal.code === "NOT_FOUND") notFound();
  return (
    <>
      <PageHeading title="Not for your role" />
      <EmptyState title="Your role does not open this page" action={<LinkButton href={back}>Back</LinkButton>}>
        {refusal.detail}
      </EmptyState>
    </>
  );
};
