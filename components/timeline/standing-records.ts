import type { LogEntry, ObservedEntry } from "@/lib/domain/record/log-entry";
import { revisedRecords } from "@/lib/domain/record/record";
import { standingVersions } from "@/lib/domain/record/standing-versions";

/** An entry as it stands, with what it replaced and when its record was first known. */
export type StandingRecord = {
  readonly entry: ObservedEntry;
  readonly firstKnownMs: number;
  /** The versions that it replaced, oldest first. */
  readonly former: readonly ObservedEntry[];
};

/** The standing records of one animal's log in the order of replay; voided ones are gone. */
export const standingRecords = (log: readonly LogEntry[]): readonly StandingRecord[] => {
  const { originalOf } = revisedRecords(log);
  const versions = new Map<string, ObservedEntry[]>();
  for (const entry of log) {
    const original = originalOf.get(entry.id);
    if (entry.kind === "void" || original === undefined) continue;
    versions.set(original, [...(versions.get(original) ?? []), entry]);
  }
  return standingVersions(log).map(({ entry, originalId, originalRecordedMs }) => ({
    entry,
    firstKnownMs: originalRecordedMs,
    former: (versions.get(originalId) ?? [])
      .filter((version) => version.id !== entry.id)
      .sort((one, other) => one.recordedAt.ms - other.recordedAt.ms),
  }));
};
