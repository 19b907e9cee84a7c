import type { ObservedEntry } from "../record/log-entry";
import { standingOf, type Arrival, type KnownRecord, type LogInArrival, type StandingVersion } from "../record/record";
import { insertVersion, newSequence, removeVersion, type Sequence } from "./sequence";
import type { Judged } from "./step";

/** A log followed in the order in which it became known. `sequence` holds what stands of the part taken in so far. */
export type Knowledge = {
  readonly sequence: Sequence;
  /** When the next part was recorded; null at the end of the log. */
  readonly nextRecordedMs: () => number | null;
  /** Takes in everything recorded at or before the instant. */
  readonly advanceTo: (instantMs: number) => void;
};

const UNKNOWN: KnownRecord = { versions: [], voided: false };

export const followLog = (judged: Judged, { arrivals, revised }: LogInArrival): Knowledge => {
  const sequence = newSequence(judged);
  const records = new Map<string, KnownRecord>();
  const standing = new Map<string, StandingVersion>();
  let next = 0;

  const replaceStanding = (originalId: string, entry: ObservedEntry | null): void => {
    const current = standing.get(originalId);
    if (current !== undefined) {
      if (current.entry === entry) return;
      removeVersion(sequence, current);
      standing.delete(originalId);
    }
    if (entry === null) return;
    const originalRecordedMs = revised.originalRecordedMs.get(originalId) ?? entry.recordedAt.ms;
    const version: StandingVersion = { entry, originalId, originalRecordedMs };
    standing.set(originalId, version);
    insertVersion(sequence, version);
  };

  const take = ({ entry, recordedMs, revisedRecord }: Arrival): void => {
    if (revisedRecord === null) {
      if (entry.kind === "void") return;
      insertVersion(sequence, { entry, originalId: entry.id, originalRecordedMs: recordedMs });
      return;
    }
    const { versions, voided } = records.get(revisedRecord) ?? UNKNOWN;
    const known: KnownRecord =
      entry.kind === "void" ? { versions, voided: true } : { versions: [...versions, entry], voided };
    records.set(revisedRecord, known);
    replaceStanding(revisedRecord, standingOf(known));
  };

  return {
    sequence,
    nextRecordedMs: () => arrivals[next]?.recordedMs ?? null,
    advanceTo: (instantMs) => {
      for (let arrival = arrivals[next]; arrival !== undefined; arrival = arrivals[next]) {
        if (arrival.recordedMs > instantMs) return;
        next += 1;
        take(arrival);
      }
    },
  };
};
