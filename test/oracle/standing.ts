import type { EntryDocument } from "./document";
import { millisecondsOf } from "./instants";

export const compareCodePoints = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]].map((characters) =>
    characters.map((character) => character.codePointAt(0) ?? 0),
  );
  for (let index = 0; ; index += 1) {
    const [one, other] = [left?.[index], right?.[index]];
    if (one === undefined || other === undefined) return (one === undefined ? 0 : 1) - (other === undefined ? 0 : 1);
    if (one !== other) return one - other;
  }
};

const named = (log: readonly EntryDocument[], id: string): EntryDocument => {
  const entry = log.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`no entry ${id}`);
  return entry;
};

/** The original entry of the record that an entry, a correction or a void belongs to. */
export const originalOf = (log: readonly EntryDocument[], entry: EntryDocument): EntryDocument => {
  const earlier = entry.voids ?? entry.corrects ?? null;
  return earlier === null ? entry : originalOf(log, named(log, earlier));
};

const correctsInTheEnd = (log: readonly EntryDocument[], later: EntryDocument, earlier: EntryDocument): boolean =>
  (later.corrects ?? null) !== null &&
  (later.corrects === earlier.id || correctsInTheEnd(log, named(log, later.corrects ?? ""), earlier));

/** A record's standing version, beside the original that gives it its place. */
export type Standing = { readonly entry: EntryDocument; readonly original: EntryDocument };

const standingVersion = (log: readonly EntryDocument[], versions: readonly EntryDocument[]): EntryDocument => {
  const latest = Math.max(...versions.map((version) => millisecondsOf(version.recordedAt)));
  const last = versions.filter((version) => millisecondsOf(version.recordedAt) === latest);
  const uncorrected = last.filter((version) => !last.some((other) => correctsInTheEnd(log, other, version)));
  const [standing] = uncorrected.sort((a, b) => compareCodePoints(b.id, a.id));
  if (standing === undefined) throw new Error("a record without a standing version");
  return standing;
};

/** What stands, in the order of replay: records that nobody voided, by observation, first recording and id. */
export const standingInOrder = (log: readonly EntryDocument[]): Standing[] => {
  const voided = new Set(
    log.filter((entry) => (entry.voids ?? null) !== null).map((entry) => originalOf(log, entry).id),
  );
  const originals = log.filter((entry) => (entry.voids ?? entry.corrects ?? null) === null && !voided.has(entry.id));
  const observed = (standing: Standing): number => millisecondsOf(standing.entry.observedAt ?? "");
  const recorded = (standing: Standing): number => millisecondsOf(standing.original.recordedAt);
  return originals
    .map((original) => {
      const versions = log.filter((entry) => (entry.voids ?? null) === null && originalOf(log, entry) === original);
      return { original, entry: standingVersion(log, versions) };
    })
    .sort(
      (a, b) =>
        observed(a) - observed(b) || recorded(a) - recorded(b) || compareCodePoints(a.original.id, b.original.id),
    );
};

export const knownAt = (log: readonly EntryDocument[], at: number): EntryDocument[] =>
  log.filter((entry) => millisecondsOf(entry.recordedAt) <= at);
