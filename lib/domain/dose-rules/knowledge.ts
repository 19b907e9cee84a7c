import type { LogEntry, ObservedEntry } from "../entries/log-entry";
import { standingOf, type RevisedRecords, type StandingVersion } from "../entries/record";
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

const inOrderOfRecording = (log: readonly LogEntry[]): readonly LogEntry[] => {
  let previous = -Infinity;
  for (const { recordedAt } of log) {
    if (recordedAt.ms < previous) return [...log].sort((left, right) => left.recordedAt.ms - right.recordedAt.ms);
    previous = recordedAt.ms;
  }
  return log;
};

export const followLog = (judged: Judged, log: readonly LogEntry[], revised: RevisedRecords): Knowledge => {
  const sequence = newSequence(judged);
  const arrivals = inOrderOfRecording(log);
  const versions = new Map<string, readonly ObservedEntry[]>();
  const standing = new Map<string, StandingVersion>();
  const voided = new Set<string>();
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

  const take = (entry: LogEntry): void => {
    const named = entry.kind === "void" ? entry.voids : entry.id;
    const originalId = revised.originalOf.get(named);
    if (entry.kind === "void") {
      if (originalId === undefined) return;
      voided.add(originalId);
      replaceStanding(originalId, null);
    } else if (originalId === undefined) {
      insertVersion(sequence, { entry, originalId: entry.id, originalRecordedMs: entry.recordedAt.ms });
    } else if (!voided.has(originalId)) {
      const known = [...(versions.get(originalId) ?? []), entry];
      versions.set(originalId, known);
      replaceStanding(originalId, standingOf(known));
    }
  };

  return {
    sequence,
    nextRecordedMs: () => arrivals[next]?.recordedAt.ms ?? null,
    advanceTo: (instantMs) => {
      for (let entry = arrivals[next]; entry !== undefined; entry = arrivals[next]) {
        if (entry.recordedAt.ms > instantMs) return;
        next += 1;
        take(entry);
      }
    },
  };
};
