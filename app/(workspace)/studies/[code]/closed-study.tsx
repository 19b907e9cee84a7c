import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { Study } from "@/lib/contracts/studies";
import { studyAddress } from "./study-address";

type Life = Study["status"];
type Closed = Extract<Life, "LOCKED" | "ARCHIVED">;

export const isClosedWord = (status: Life): status is Closed => status === "LOCKED" || status === "ARCHIVED";

const WORDS: Readonly<Record<Closed, { readonly title: string; readonly what: string; readonly wayOut: string }>> = {
  LOCKED: {
    title: "This study is locked.",
    what: "Nothing is entered, corrected or changed.",
    wayOut: "The study director can unlock it, with a reason and a signature.",
  },
  ARCHIVED: {
    title: "This study is archived.",
    what: "It is read, exported and verified for good, and nothing is changed.",
    wayOut: "What is new belongs to another study.",
  },
};

type ClosedStudyProps = { readonly code: string; readonly status: Closed };

/** Across the top of every page of a study that is locked or archived. */
export const ClosedBanner = ({ code, status }: ClosedStudyProps) => (
  <Notice
    tone="ink"
    title={WORDS[status].title}
    actions={
      <a href={studyAddress(code, "signatures")} className="font-semibold underline underline-offset-2">
        Who, when and why
      </a>
    }
  >
    {WORDS[status].what}
  </Notice>
);

/** In place of a page that could only change something. */
export const ClosedStudy = ({ code, status }: ClosedStudyProps) => (
  <EmptyState
    title={WORDS[status].title}
    action={<LinkButton href={studyAddress(code, "signatures")}>Signatures and the study&apos;s life</LinkButton>}
  >
    {WORDS[status].what} {WORDS[status].wayOut}
  </EmptyState>
);
