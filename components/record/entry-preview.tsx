"use client";

import { Glyph } from "@/components/ui/glyph";
import { Notice } from "@/components/ui/notice";
import { ConsequenceBox } from "./consequence-line";
import { consequenceOf } from "./decision-words";
import { faultSentence } from "./fault-words";
import { ImpactView } from "./impact-view";
import { useEntry } from "./use-entry-form";

const HINT = "What saving would do is said here as you type.";

/** What saving would do, said before it is done. The place is kept, so that nothing below it moves. */
export const EntryPreview = () => {
  const { kind, before, preview, animal, sheet } = useEntry();
  const impact = preview.answer?.animals[before.tag]?.impact ?? null;
  return (
    <div role="status" className="min-h-[5.25rem]">
      {preview.state === "known" && preview.answer !== null ? (
        <ConsequenceBox
          consequence={consequenceOf(kind, before, preview.answer)}
          entry={preview.answer.entries[0] ?? null}
          asking={preview.asking}
          keepRoom
        />
      ) : null}
      {preview.state === "known" && impact !== null ? (
        <div className="mt-2">
          <ImpactView
            impact={impact}
            days={{ firstDoseMs: animal.firstDoseMs, timeZone: sheet.study.timeZone }}
            doseUnit={sheet.units.dose}
            tense="would"
          />
        </div>
      ) : null}
      {preview.state === "refused" && preview.problem !== null ? (
        <Notice tone="stopped" title="This cannot be saved.">
          {preview.problem.errors.length === 0
            ? preview.problem.detail
            : preview.problem.errors.map(faultSentence).join(" ")}
        </Notice>
      ) : null}
      {preview.state === "no-answer" || preview.state === "unavailable" ? (
        <Notice tone="ink" title={preview.state === "no-answer" ? "No network." : "The server cannot tell."}>
          What saving would do cannot be said just now. What you type stays on this device.
        </Notice>
      ) : null}
      {preview.state === "nothing" && !preview.asking ? (
        <p className="flex min-h-[5.25rem] items-center rounded-control border border-dashed border-hairline px-4 py-3 text-ink-faint">
          <Glyph name="clock" className="mr-2 align-[-0.08em]" />
          {HINT}
        </p>
      ) : null}
    </div>
  );
};
