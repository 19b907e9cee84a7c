import { lateText } from "@/lib/domain/record/late";
import { dayText } from "./day-text";
import type { StandingRecord } from "./standing-records";
import type { TimelineClock } from "./timeline-clock";
import type { KnownLate } from "./timeline-data";

/** When a record became known, where that was late. */
export const knownLate = ({ entry, firstKnownMs }: StandingRecord, clock: TimelineClock): KnownLate | null => {
  const late = lateText(entry.observedAt.ms, firstKnownMs);
  return late === null ? null : { at: clock.place(firstKnownMs), late };
};

/** "known day 12, late 3 d"; nothing where it was in time. */
export const knownLateWords = (known: KnownLate | null): readonly string[] =>
  known === null ? [] : [`known ${dayText(known.at)}, late ${known.late}`];
