"use client";

import { Glyph } from "@/components/ui/glyph";
import { localTimeText } from "@/lib/domain/calendar/local-time";
import { parseInstant } from "@/lib/domain/entries/instant";
import { ConsequenceBox } from "./consequence-line";
import { consequenceOf, deviationWords } from "./decision-words";
import { enteredWords, KIND_LABELS } from "./entered-words";
import { faultSentence } from "./fault-words";
import type { SavedEntry } from "./use-entry-form";

const NO_FAULT = "EXPOSED_BEFORE_RESULT";

type ReceiptProps = { readonly saved: SavedEntry; readonly timeZone: string };

/** What was saved and what it did, in the words that were said before it was saved. */
export const Receipt = ({ saved, timeZone }: ReceiptProps) => {
  const { kind, before, values, answer } = saved;
  const entry = answer.entries[0] ?? null;
  const recordedMs = entry === null ? null : (parseInstant(entry.recordedAt)?.ms ?? null);
  const faults = entry?.deviations.filter(({ code }) => code !== NO_FAULT) ?? [];
  return (
    <section role="status" aria-label={`Saved: ${before.tag}`} data-testid="receipt" className="rounded-panel border border-hairline bg-surface px-4 py-3">
      <p className="mb-2 flex flex-wrap items-baseline gap-x-2 text-lg">
        <Glyph name="check" className="text-accent-strong" />
        <strong className="font-semibold">{before.tag}</strong>
        <span>
          {KIND_LABELS[kind].toLowerCase().replace("cbc", "CBC")}: {enteredWords(kind, values, before.doseUnit)}
        </span>
        <span className="ml-auto text-base text-ink-soft">saved{recordedMs === null ? "" : ` ${localTimeText(recordedMs, timeZone)}`}</span>
      </p>
      <ConsequenceBox consequence={consequenceOf(kind, before, answer)} entry={entry} />
      {faults.map(({ code }) => (
        <p key={code} className="mt-2 font-medium">
          <Glyph name="warning" className="mr-2 align-[-0.08em] text-withheld" />
          Recorded as a deviation: {deviationWords(code, before)}.
        </p>
      ))}
      {entry?.warnings.map((warning) => (
        <p key={`${warning.path} ${warning.message}`} className="mt-2 text-ink-soft">
          <Glyph name="warning" className="mr-2 align-[-0.08em]" />
          Saved, and unlikely: {faultSentence(warning)}
        </p>
      ))}
    </section>
  );
};
