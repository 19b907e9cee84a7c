import type { LogEntry, ObservedEntry } from "@/lib/domain/record/log-entry";
import { revisedRecords } from "@/lib/domain/record/record";

/** An entry as it stands, with what it replaced and when its record was first known. */
export type StandingRecord = {
  readonly entry: ObservedEntry;
  readonly firstKnownMs: number;
  /** The versions that it replaced, oldest first. */
  readonly former: readonly ObservedEntry[];
};

/** The standing records of one animal's log by when they were observed; voided ones are gone. */
export const standingRecords = (log: readonly LogEntry[]): readonly StandingRecord[] => {
  const revised = revisedRecords(log);
  const versions = new Map<string, ObservedEntry[]>();
  const records: StandingRecord[] = [];
  for (const entry of log) {
    if (entry.kind === "void") continue;
    const original = revised.originalOf.get(entry.id);
    if (original === undefined) records.push({ entry, firstKnownMs: entry.recordedAt.ms, former: [] });
    else versions.set(original, [...(versions.get(original) ?? []), entry]);
  }
  for (const [original, entry] of revised.standing) {
    const former = (versions.get(original) ?? [])
      .filter((version) => version.id !== entry.id)
      .sort((one, other) => one.recordedAt.ms - other.recordedAt.ms);
    records.push({ entry, firstKnownMs: revised.originalRecordedMs.get(original) ?? entry.recordedAt.ms, former });
  }
  return records.sort((one, other) => one.entry.observedAt.ms - other.entry.observedAt.ms);
};
