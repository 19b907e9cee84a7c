import type { ObservationEntry } from "@/lib/domain/record/log-entry";
import { knownLate } from "./known-late";
import type { StandingRecord } from "./standing-records";
import type { TimelineClock } from "./timeline-clock";
import type { FindingDot, FindingRow } from "./timeline-data";

/** A sign as it was recorded, without a grade; the engine does not read it. */
export type RecordedSign = { readonly entry: string; readonly text: string; readonly severity: string | null };

/** "STEVENS_JOHNSON_SYNDROME" → "Stevens johnson syndrome". */
const termText = (term: string): string => {
  const words = term.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

type Seen = { readonly name: string; readonly grade: number | null; readonly text: string };

const seenIn = (entry: ObservationEntry, signs: readonly RecordedSign[]): readonly Seen[] => [
  ...entry.findings.map(({ term, grade }) => ({ name: termText(term), grade, text: `grade ${String(grade)}` })),
  ...(entry.exfoliation ? [{ name: "Skin exfoliation", grade: null, text: "seen" }] : []),
  ...(entry.bullae ? [{ name: "Bullae", grade: null, text: "seen" }] : []),
  ...signs.map(({ text, severity }) => ({ name: text, grade: null, text: severity ?? "seen" })),
];

const worst = ({ dots }: FindingRow): number => Math.max(...dots.map(({ grade }) => grade ?? 0));

/** Findings and signs by name over time, the worst first, then those seen first. Signs that say "normal" are no news. */
export const buildFindings = (
  records: readonly StandingRecord[],
  signs: readonly RecordedSign[],
  clock: TimelineClock,
): readonly FindingRow[] => {
  const rows = new Map<string, FindingDot[]>();
  const signsOf = new Map<string, RecordedSign[]>();
  for (const sign of signs) {
    if (/^normal\b/i.test(sign.text.trim())) continue;
    signsOf.set(sign.entry, [...(signsOf.get(sign.entry) ?? []), sign]);
  }
  for (const record of records) {
    const { entry } = record;
    if (entry.kind !== "observation") continue;
    for (const { name, grade, text } of seenIn(entry, signsOf.get(entry.id) ?? [])) {
      const dots = rows.get(name) ?? [];
      dots.push({ at: clock.place(entry.observedAt.ms), grade, text, known: knownLate(record, clock) });
      rows.set(name, dots);
    }
  }
  return [...rows]
    .map(([name, dots]) => ({ name, dots }))
    .sort((one, other) => worst(other) - worst(one) || (one.dots[0]?.at ?? 0) - (other.dots[0]?.at ?? 0));
};
