"use client";

import { Glyph } from "@/components/ui/glyph";
import { Notice } from "@/components/ui/notice";
import type { RecordingAnswer } from "@/lib/contracts/entries/answer";
import type { RecordingSheet } from "@/lib/contracts/recording-sheet";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { ConsequenceBox } from "./consequence-line";
import { consequenceOf } from "./decision-words";
import { faultSentence } from "./fault-words";
import { ImpactView } from "./impact-view";
import { beforeOf } from "./use-entry-form";
import type { Preview } from "./use-preview";

type ImpactPreviewProps = {
  readonly preview: Preview;
  readonly sheet: RecordingSheet;
  readonly kind: EntryKind;
  /** Said while there is nothing to ask about. */
  readonly hint: string;
};

type OfAnimalProps = Pick<ImpactPreviewProps, "sheet" | "kind"> & {
  readonly tag: string;
  readonly answer: RecordingAnswer;
  /** Whether it is one of several. */
  readonly named: boolean;
};

/** What changes of what had been decided of one animal; where nothing does, what it leads to nevertheless. */
const OfAnimal = ({ tag, answer, sheet, kind, named }: OfAnimalProps) => {
  const animal = sheet.animals.find((one) => one.tag === tag);
  const of = answer.animals[tag];
  if (animal === undefined || of === undefined) return null;
  const { impact } = of;
  if (impact === null && of.events.length > 0) {
    return <ConsequenceBox consequence={consequenceOf(kind, beforeOf(sheet, animal), answer)} entry={null} />;
  }
  if (impact === null) {
    return (
      <p className="flex min-h-12 items-center rounded-control border border-hairline bg-surface px-4 py-2">
        <Glyph name="check" className="mr-2 text-accent" />
        {named ? `${tag}: no` : "No"} decision differs, what was decided stands.
      </p>
    );
  }
  return (
    <div>
      {named ? <p className="mb-1 font-semibold">{tag}</p> : null}
      <ImpactView
        impact={impact}
        days={{ firstDoseMs: animal.firstDoseMs, timeZone: sheet.study.timeZone }}
        doseUnit={sheet.units.dose}
        tense="would"
      />
    </div>
  );
};

/** What saving a correction, a void or a move would change of what had been decided, of every animal that it is about. */
export const ImpactPreview = ({ preview, sheet, kind, hint }: ImpactPreviewProps) => {
  const { state, answer, problem, asking } = preview;
  const tags = Object.keys(answer?.animals ?? {});
  return (
    <div role="status" className={`min-h-12 space-y-2 ${asking ? "opacity-60" : ""}`}>
      {state === "known" && answer !== null
        ? tags.map((tag) => (
            <OfAnimal key={tag} tag={tag} answer={answer} sheet={sheet} kind={kind} named={tags.length > 1} />
          ))
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
