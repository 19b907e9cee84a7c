import type { RecordedEntry } from "@/lib/contracts/animal-record";
import type { ObservedEntry, VoidEntry } from "@/lib/domain/record/log-entry";
import { lastVersionOf, revisedRecords } from "@/lib/domain/record/record";

export type RecordedVersion = RecordedEntry & { readonly entry: ObservedEntry };
export type RecordedVoid = RecordedEntry & { readonly entry: VoidEntry };

/** An entry with everything that became of it. */
export type EntryRecord = {
  readonly id: string;
  /** The version that stands, or of a voided record the last one. */
  readonly latest: RecordedVersion;
  /** Those that it replaced, latest first. */
  readonly former: readonly RecordedVersion[];
  readonly voided: RecordedVoid | null;
};

const isVersion = (recorded: RecordedEntry): recorded is RecordedVersion => recorded.entry.kind !== "void";
const isVoid = (recorded: RecordedEntry): recorded is RecordedVoid => recorded.entry.kind === "void";

/** The records of a log by when they were observed, the latest first. */
export const entryRecords = (log: readonly RecordedEntry[]): readonly EntryRecord[] => {
  const revised = revisedRecords(log.map(({ entry }) => entry));
  const originalOf = (id: string): string => revised.originalOf.get(id) ?? id;
  const voids = new Map(log.filter(isVoid).map((recorded) => [originalOf(recorded.entry.voids), recorded]));
  const versions = new Map<string, RecordedVersion[]>();
  for (const recorded of log.filter(isVersion)) {
    const id = originalOf(recorded.entry.id);
    versions.set(id, [...(versions.get(id) ?? []), recorded]);
  }
  const records = [...versions].flatMap(([id, all]): readonly EntryRecord[] => {
    const last = lastVersionOf(all.map(({ entry }) => entry));
    const byKnowledge = [...all].sort((one, other) => other.entry.recordedAt.ms - one.entry.recordedAt.ms);
    const latest = byKnowledge.find(({ entry }) => entry === last);
    if (latest === undefined) return [];
    return [{ id, latest, former: byKnowledge.filter((version) => version !== latest), voided: voids.get(id) ?? null }];
  });
  return records.sort(
    (one, other) =>
      other.latest.entry.observedAt.ms - one.latest.entry.observedAt.ms ||
      other.latest.entry.recordedAt.ms - one.latest.entry.recordedAt.ms,
  );
};
