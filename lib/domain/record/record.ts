import { compareCodePoints } from "./code-points";
import type { LogEntry, ObservedEntry } from "./log-entry";

/**
 * A record: an entry and its corrections. Its place in the order of replay is that of the standing version's
 * `observedAt`, then of the original's `recordedAt`, then of the original's id (dose-rules, section 2).
 */
export type StandingVersion = {
  readonly entry: ObservedEntry;
  readonly originalId: string;
  readonly originalRecordedMs: number;
};

/** What `compareInReplayOrder` looks at. */
export type ReplayPlace = {
  readonly observedMs: number;
  readonly originalRecordedMs: number;
  readonly originalId: string;
};

export const placeOf = (version: StandingVersion): ReplayPlace => ({
  observedMs: version.entry.observedAt.ms,
  originalRecordedMs: version.originalRecordedMs,
  originalId: version.originalId,
});

export const comparePlaces = (left: ReplayPlace, right: ReplayPlace): number =>
  left.observedMs - right.observedMs ||
  left.originalRecordedMs - right.originalRecordedMs ||
  compareCodePoints(left.originalId, right.originalId);

export const compareInReplayOrder = (left: StandingVersion, right: StandingVersion): number =>
  left.entry.observedAt.ms - right.entry.observedAt.ms ||
  left.originalRecordedMs - right.originalRecordedMs ||
  compareCodePoints(left.originalId, right.originalId);

/** What is known of a record: its versions, and whether any of them was voided. */
export type KnownRecord = { readonly versions: readonly ObservedEntry[]; readonly voided: boolean };

/**
 * The last version of a record: the latest recorded; of several recorded at the same instant one that no other of them
 * corrects, and of those the one with the highest id. Null where there is no version.
 */
export const lastVersionOf = (versions: readonly ObservedEntry[]): ObservedEntry | null => {
  const latest = Math.max(...versions.map((version) => version.recordedAt.ms));
  const candidates = versions.filter((version) => version.recordedAt.ms === latest);
  const corrected = new Set(candidates.map((version) => version.corrects));
  let last: ObservedEntry | null = null;
  for (const candidate of candidates) {
    if (corrected.has(candidate.id)) continue;
    if (last === null || compareCodePoints(candidate.id, last.id) > 0) last = candidate;
  }
  return last;
};

/** The version of a record that stands. A voided record has none, whatever was recorded after the void. */
export const standingOf = ({ versions, voided }: KnownRecord): ObservedEntry | null =>
  voided ? null : lastVersionOf(versions);

/** The records of a log that have more than one version or a void; of all others the one entry stands. */
export type RevisedRecords = {
  /** Entry id → id of its record's original, for the entries of revised records only. */
  readonly originalOf: ReadonlyMap<string, string>;
  /** Original id → when the original was recorded. */
  readonly originalRecordedMs: ReadonlyMap<string, number>;
  /** Original id → the version that stands at the end of the log; a voided record has none. */
  readonly standing: ReadonlyMap<string, ObservedEntry>;
};

const originalFollowing = (id: string, correctedBy: ReadonlyMap<string, string>): string => {
  let current = id;
  for (let next = correctedBy.get(current); next !== undefined; next = correctedBy.get(current)) current = next;
  return current;
};

/** Which records have more than one version or a void: entry id → original's id, and the originals of voided ones. */
type Revisions = { readonly originalOf: ReadonlyMap<string, string>; readonly voided: ReadonlySet<string> };

const revisionsIn = (log: readonly LogEntry[]): Revisions => {
  const corrections = new Map<string, string>();
  const voidedIds: string[] = [];
  for (const entry of log) {
    if (entry.kind === "void") voidedIds.push(entry.voids);
    else if (entry.corrects !== null) corrections.set(entry.id, entry.corrects);
  }
  const voided = new Set(voidedIds.map((id) => originalFollowing(id, corrections)));
  const originalOf = new Map<string, string>();
  for (const id of voided) originalOf.set(id, id);
  for (const id of corrections.keys()) {
    const original = originalFollowing(id, corrections);
    originalOf.set(id, original).set(original, original);
  }
  return { originalOf, voided };
};

/** An entry as the system learnt it. */
export type Arrival = {
  readonly entry: LogEntry;
  readonly recordedMs: number;
  /** Earlier than everything for a void, which has no place of its own. */
  readonly observedMs: number;
  /** The id of its record's original where the record is a revised one, else null. */
  readonly revisedRecord: string | null;
};

/** A log read through once, in whatever order it was given: its entries lie far apart, and each further look costs as much. */
export type LogInArrival = {
  /** By when they were recorded. */
  readonly arrivals: readonly Arrival[];
  readonly revised: RevisedRecords;
};

export const inArrival = (log: readonly LogEntry[]): LogInArrival => {
  const { originalOf, voided } = revisionsIn(log);
  const arrivals: Arrival[] = [];
  const originalRecordedMs = new Map<string, number>();
  const versions = new Map<string, ObservedEntry[]>();
  let [inOrder, lastMs] = [true, -Infinity];
  for (const entry of log) {
    const recordedMs = entry.recordedAt.ms;
    const revisedRecord = originalOf.get(entry.kind === "void" ? entry.voids : entry.id) ?? null;
    arrivals.push({
      entry,
      recordedMs,
      observedMs: entry.kind === "void" ? -Infinity : entry.observedAt.ms,
      revisedRecord,
    });
    inOrder &&= lastMs <= recordedMs;
    lastMs = recordedMs;
    if (revisedRecord === null || entry.kind === "void") continue;
    if (entry.id === revisedRecord) originalRecordedMs.set(revisedRecord, recordedMs);
    versions.set(revisedRecord, [...(versions.get(revisedRecord) ?? []), entry]);
  }
  if (!inOrder) arrivals.sort((left, right) => left.recordedMs - right.recordedMs);
  const standing = new Map<string, ObservedEntry>();
  for (const [original, all] of versions) {
    const stands = standingOf({ versions: all, voided: voided.has(original) });
    if (stands !== null) standing.set(original, stands);
  }
  return { arrivals, revised: { originalOf, originalRecordedMs, standing } };
};

export const revisedRecords = (log: readonly LogEntry[]): RevisedRecords => inArrival(log).revised;
