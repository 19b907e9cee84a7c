import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

type OnlyNowProps = {
  /** The same page now. */
  readonly now: string;
};

/** In place of a page that records, while the past is shown. */
export const OnlyNow = ({ now }: OnlyNowProps) => (
  <EmptyState
    title="Nothing can be recorded in the past"
    action={
      <LinkButton href={now} tone="primary">
        Back to now
      </LinkButton>
    }
  >
    You are looking at what was known at an earlier instant. What is recorded becomes known now: go back to now first.
  </EmptyState>
);
