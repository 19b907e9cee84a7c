"use client";

import { Glyph } from "@/components/ui/glyph";
import { Notice } from "@/components/ui/notice";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { faultSentence } from "./fault-words";
import { ImpactView } from "./impact-view";
import type { Preview } from "./use-preview";

type ImpactPreviewProps = {
  readonly preview: Preview;
  readonly sheet: RecordingSheet;
  /** Said while there is nothing to ask about. */
  readonly hint: string;
};

const animalOf = (sheet: RecordingSheet, tag: string): AnimalOnSheet | undefined =>
  sheet.animals.find((animal) => animal.tag === tag);

/** What saving a correction, a void or a move would change of what had been decided, of every animal that it is about. */
export const ImpactPreview = ({ preview, sheet, hint }: ImpactPreviewProps) => {
  const { state, answer, problem, asking } = preview;
  const animals = Object.entries(answer?.animals ?? {});
  const isQuiet = animals.every(([, { impact }]) => impact === null);
  return (
    <div role="status" className={`min-h-12 space-y-2 ${asking ? "opacity-60" : ""}`}>
      {state === "known" && isQuiet ? (
        <p className="flex min-h-12 items-center rounded-control border border-hairline bg-surface px-4 py-2">
          <Glyph name="check" className="mr-2 text-accent" />
          No decision differs: what was decided stands.
        </p>
      ) : null}
      {state === "known"
        ? animals.map(([tag, { impact }]) =>
            impact === null ? null : (
              <div key={tag}>
                {animals.length > 1 ? <p className="mb-1 font-semibold">{tag}</p> : null}
                <ImpactView
                  impact={impact}
                  days={{ firstDoseMs: animalOf(sheet, tag)?.firstDoseMs ?? null, timeZone: sheet.study.timeZone }}
                  doseUnit={sheet.units.dose}
                  tense="would"
                />
              </div>
            ),
          )
        : null}
      {state === "refused" && problem !== null ? (
        <Notice tone="stopped" title="This cannot be saved.">
          {problem.errors.length === 0 ? problem.detail : problem.errors.map(faultSentence).join(" ")}
        </Notice>
      ) : null}
      {state === "no-answer" || state === "unavailable" ? (
        <Notice tone="ink" title={state === "no-answer" ? "No network." : "The server cannot tell."}>
          What saving would change cannot be said just now.
        </Notice>
      ) : null}
      {state === "nothing" ? (
        <p className="flex min-h-12 items-center rounded-control border border-dashed border-hairline px-4 py-2 text-ink-soft">
          <Glyph name="clock" className="mr-2" />
          {asking ? "Looking at what it would change…" : hint}
        </p>
      ) : null}
    </div>
  );
};
