"use client";

import { useState } from "react";
import { ExceptionTable, type ListedException } from "@/components/audit/exception-table";
import { SignPanel } from "@/components/signatures/sign-panel";
import { Panel } from "@/components/ui/panel";

type ReviewListProps = {
  readonly exceptions: readonly ListedException[];
  /** How many there are with these filters, of which the first are listed. */
  readonly total: number;
  /** Where a review is sent, and the printed name of whoever signs it; null for those who may not mark. */
  readonly review: { readonly address: string; readonly signerName: string } | null;
};

/** The exceptions, what an auditor has ticked of them, and the signature for it. */
export const ReviewList = ({ exceptions, total, review }: ReviewListProps) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (key: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  // What is no longer listed, reviewed meanwhile or filtered away, is not signed for.
  const keys = exceptions.flatMap(({ key }) => (chosen.has(key) ? [key] : []));
  return (
    <>
      <Panel
        title="Exceptions"
        note={
          exceptions.length === total
            ? `${String(total)}, the gravest first`
            : `the gravest ${String(exceptions.length)} of ${String(total)}`
        }
        flush
      >
        <ExceptionTable exceptions={exceptions} chosen={review === null ? null : chosen} onChoose={choose} />
      </Panel>
      {review === null || keys.length === 0 ? null : (
        <Panel title="Mark as reviewed" note={`${String(keys.length)} ticked`} className="print:hidden">
          <SignPanel
            kind="audit_review"
            signerName={review.signerName}
            address={review.address}
            body={{ exceptions: keys }}
            reason={{ name: "note", label: "What you found", hint: "Stands in the audit trail with your signature" }}
            submit="Sign the review"
          />
        </Panel>
      )}
    </>
  );
};
