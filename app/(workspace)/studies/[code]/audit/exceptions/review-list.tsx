"use client";

import { useState } from "react";
import { ExceptionTable, type ListedException } from "@/components/trail/exception-table";
import { SignPanel } from "@/components/signatures/sign-panel";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import type { Signer } from "@/lib/contracts/confirmation";

type ReviewListProps = {
  readonly exceptions: readonly ListedException[];
  readonly timeZone: string;
  /** "1 to 100 of 312, the gravest first". */
  readonly note: string;
  /** Where the pages beside this one are; null where there is none. */
  readonly previous: string | null;
  readonly next: string | null;
  /** Where a review is sent, and who signs it; null for those who may not mark. */
  readonly review: { readonly address: string; readonly signer: Signer } | null;
};

/** The exceptions, what an auditor has ticked of them, and the signature for it. */
export const ReviewList = ({ exceptions, timeZone, note, previous, next, review }: ReviewListProps) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (keys: readonly string[], isChosen: boolean): void => {
    const now = new Set(chosen);
    for (const key of keys) {
      if (isChosen) now.add(key);
      else now.delete(key);
    }
    setChosen(now);
  };
  // What is no longer listed, reviewed meanwhile or filtered away, is not signed for.
  const read = exceptions.flatMap(({ key, changedAt }) => (chosen.has(key) ? [{ key, changedAt }] : []));
  return (
    <>
      <Panel title="Exceptions" note={note} flush>
        <ExceptionTable
          exceptions={exceptions}
          timeZone={timeZone}
          chosen={review === null ? null : chosen}
          onChoose={choose}
        />
        {previous === null && next === null ? null : (
          <nav aria-label="Pages" className="flex gap-2 border-t border-hairline px-4 py-2 print:hidden">
            {previous === null ? null : (
              <LinkButton href={previous} prefetch={false}>
                Graver
              </LinkButton>
            )}
            {next === null ? null : (
              <LinkButton href={next} prefetch={false}>
                Next
              </LinkButton>
            )}
          </nav>
        )}
      </Panel>
      {review === null || read.length === 0 ? null : (
        <Panel title="Mark as reviewed" note={`${String(read.length)} ticked`} className="print:hidden">
          <SignPanel
            kind="audit_review"
            signer={review.signer}
            address={review.address}
            body={{ exceptions: read }}
            reason={{ name: "note", label: "What you found", hint: "Stands in the audit trail with your signature" }}
            submit="Sign the review"
          />
        </Panel>
      )}
    </>
  );
};
