import type { LogEntry } from "./log-entry";
import { compareInReplayOrder, revisedRecords, type StandingVersion } from "./record";

/** The versions that stand at the end of a log, in the order of replay. */
export const standingVersions = (log: readonly LogEntry[]): readonly StandingVersion[] => {
  const revised = revisedRecords(log);
  const plain = log.flatMap((entry): readonly StandingVersion[] =>
    entry.kind === "void" || revised.originalOf.has(entry.id)
      ? []
      : [{ entry, originalId: entry.id, originalRecordedMs: entry.recordedAt.ms }],
  );
  const corrected = [...revised.standing].map(([originalId, entry]): StandingVersion => ({
    entry,
    originalId,
    originalRecordedMs: revised.originalRecordedMs.get(originalId) ?? entry.recordedAt.ms,
  }));
  return [...plain, ...corrected].sort(compareInReplayOrder);
};
