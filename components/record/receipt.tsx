"use client";

import { Glyph } from "@/components/ui/glyph";
import { localTimeText } from "@/lib/domain/time/local-time";
import { parseInstant } from "@/lib/domain/time/instant";
import { ConsequenceBox } from "./consequence-line";
import { consequenceOf, type ConsequenceTone, deviationWords, faultCodes } from "./decision-words";
import { enteredWords } from "./entered-words";
import { faultSentence } from "./fault-words";
import type { SavedEntry } from "./use-entry-form";
import { KIND_NOUNS } from "@/lib/domain/language/code-words";

type ReceiptProps = {
  readonly saved: SavedEntry;
  readonly timeZone: string;
  /** Another animal is being looked at already: only a line remains of it. */
  readonly past: boolean;
};

/** What was saved and what it did, in the words that were said before it was saved. */
export const Receipt = ({ saved, timeZone, past }: ReceiptProps) => {
  const { kind, before, values, answer } = saved;
  const entry = answer.entries[0] ?? null;
  const recordedMs = entry === null ? null : (parseInstant(entry.recordedAt)?.ms ?? null);
  const said = `${KIND_NOUNS[kind]}: ${enteredWords(kind, values, before.doseUnit)}`;
  if (past) return <PastReceipt saved={saved} said={said} />;
  return (
    <section
      role="status"
      aria-label={`Saved: ${before.tag}`}
      data-testid="receipt"
      className="rounded-panel border border-hairline bg-surface px-4 py-3"
    >
      <p className="mb-2 text-lg">
        <Glyph name="check" className="mr-2 align-[-0.08em] text-accent-strong" />
        <strong className="font-semibold">{before.tag}</strong> {said}
        <span className="ml-3 text-base whitespace-nowrap text-ink-soft">
          saved{recordedMs === null ? "" : ` ${localTimeText(recordedMs, timeZone)}`}
        </span>
      </p>
      <ConsequenceBox consequence={consequenceOf(kind, before, answer)} entry={entry} />
      {faultCodes(answer).map((code) => (
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

const PAST_LOOKS: Readonly<Record<ConsequenceTone, string>> = {
  quiet: "border-hairline bg-surface",
  given: "border-accent bg-accent-soft",
  withheld: "border-withheld-edge bg-withheld-soft",
  stopped: "border-stopped bg-stopped-soft",
  waiting: "border-waiting bg-waiting-soft",
};

const PastReceipt = ({ saved, said }: { readonly saved: SavedEntry; readonly said: string }) => {
  const { kind, before, answer } = saved;
  const { tone, sentence } = consequenceOf(kind, before, answer);
  return (
    <p
      data-testid="receipt"
      className={`flex flex-wrap gap-x-2 rounded-control border px-4 py-2 text-ink-soft ${PAST_LOOKS[tone]}`}
    >
      <Glyph name="check" className="mt-[0.2em] text-accent-strong" />
      <span>
        Saved <strong className="font-semibold text-ink">{before.tag}</strong> {said}.
      </span>
      <span className={tone === "quiet" ? "" : "font-semibold text-ink"}>{sentence}</span>
    </p>
  );
};
