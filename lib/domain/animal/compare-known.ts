import type { Action, GradedTerm, Status } from "../rules/history";
import type { LogEntry, ObservedEntry } from "../record/log-entry";
import { type RevisedRecords, revisedRecords } from "../record/record";
import { standingVersions } from "../record/standing-versions";

/** A decision with the time during which it was part of the history as known. Doses are decimals as text. */
type KeptDecision = {
  readonly entry: string;
  readonly observedMs: number;
  readonly action: Action;
  readonly rules: readonly string[];
  readonly fromDose: string;
  readonly toDose: string;
  readonly toxicities: readonly GradedTerm[];
  readonly recordedMs: number;
  readonly untilMs: number | null;
};

/** An animal as it was known at an instant. */
export type KnownSide<Kept extends KeptDecision> = {
  readonly status: Status;
  readonly dose: string;
  readonly openToxicities: readonly string[];
  /** Those that stood. */
  readonly decisions: readonly Kept[];
};

/** A decision that stood at one of the two instants only, or in two wordings of the same entry. */
type DecisionDifference<Kept extends KeptDecision> = {
  readonly observedMs: number;
  readonly then: Kept | null;
  readonly now: Kept | null;
  /** The ids of the entries through which it changed. */
  readonly through: readonly string[];
};

/** A record of which something became known. */
type RecordDifference = {
  readonly id: string;
  /** The version that stood; null where the record was not known, or was voided. */
  readonly then: ObservedEntry | null;
  readonly now: ObservedEntry | null;
  /** What became known of it, in that order. */
  readonly learnt: readonly LogEntry[];
};

export type KnownDifference<Kept extends KeptDecision> = {
  readonly before: KnownSide<Kept>;
  readonly after: KnownSide<Kept>;
  readonly decisions: readonly DecisionDifference<Kept>[];
  readonly records: readonly RecordDifference[];
};

type Compared<Kept extends KeptDecision> = {
  /** Everything known of the animal. */
  readonly log: readonly LogEntry[];
  readonly fromMs: number;
  /** Not before `fromMs`. */
  readonly toMs: number;
  readonly before: KnownSide<Kept>;
  readonly after: KnownSide<Kept>;
};

const recordOf = ({ originalOf }: RevisedRecords, entry: string): string => originalOf.get(entry) ?? entry;

/** Another version of the same record that leads to the same decision changes no decision. */
const keyOf = (
  revised: RevisedRecords,
  { entry, observedMs, action, rules, fromDose, toDose, toxicities }: KeptDecision,
): string => {
  const opened = toxicities.map(({ term, grade }) => [term, grade]);
  return JSON.stringify([recordOf(revised, entry), observedMs, action, rules, fromDose, toDose, opened]);
};

const differingDecisions = <Kept extends KeptDecision>(
  { before, after }: Compared<Kept>,
  revised: RevisedRecords,
  learnt: readonly LogEntry[],
): readonly DecisionDifference<Kept>[] => {
  const key = (decision: Kept): string => keyOf(revised, decision);
  const [stood, stands] = [new Set(before.decisions.map(key)), new Set(after.decisions.map(key))];
  const gone = before.decisions.filter((decision) => !stands.has(key(decision)));
  const come = after.decisions.filter((decision) => !stood.has(key(decision)));
  const instants = ({ then, now }: { readonly then: Kept | null; readonly now: Kept | null }) =>
    new Set([then?.untilMs, now?.recordedMs]);
  const difference = (observedMs: number, then: Kept | null, now: Kept | null): DecisionDifference<Kept> => {
    const at = instants({ then, now });
    const through = learnt.filter(({ recordedAt }) => at.has(recordedAt.ms)).map(({ id }) => id);
    return { observedMs, then, now, through };
  };
  const followed = new Map(come.map((decision) => [recordOf(revised, decision.entry), decision]));
  const pairs = gone.map((then) => {
    const record = recordOf(revised, then.entry);
    const now = followed.get(record) ?? null;
    followed.delete(record);
    return difference(now?.observedMs ?? then.observedMs, then, now);
  });
  return [...pairs, ...[...followed.values()].map((now) => difference(now.observedMs, null, now))].sort(
    (one, other) => one.observedMs - other.observedMs,
  );
};

const standingByRecord = (log: readonly LogEntry[]): ReadonlyMap<string, ObservedEntry> =>
  new Map(standingVersions(log).map(({ originalId, entry }) => [originalId, entry]));

const differingRecords = (
  known: readonly LogEntry[],
  later: readonly LogEntry[],
  revised: RevisedRecords,
  learnt: readonly LogEntry[],
): readonly RecordDifference[] => {
  const [stood, stands] = [standingByRecord(known), standingByRecord(later)];
  const ofRecord = new Map<string, LogEntry[]>();
  for (const entry of learnt) {
    const id = recordOf(revised, entry.kind === "void" ? entry.voids : entry.id);
    ofRecord.set(id, [...(ofRecord.get(id) ?? []), entry]);
  }
  return [...ofRecord].map(([id, entries]) => ({
    id,
    then: stood.get(id) ?? null,
    now: stands.get(id) ?? null,
    learnt: entries,
  }));
};

/**
 * What changed of an animal between two instants, and through which entries: decisions that stood at one of them only,
 * and the records of which something became known.
 */
export const compareKnown = <Kept extends KeptDecision>(compared: Compared<Kept>): KnownDifference<Kept> => {
  const { log, fromMs, toMs, before, after } = compared;
  const inOrder = log.toSorted((one, other) => one.recordedAt.ms - other.recordedAt.ms);
  const known = inOrder.filter(({ recordedAt }) => recordedAt.ms <= fromMs);
  const later = inOrder.filter(({ recordedAt }) => recordedAt.ms <= toMs);
  const revised = revisedRecords(later);
  const learnt = later.slice(known.length);
  return {
    before,
    after,
    decisions: differingDecisions(compared, revised, learnt),
    records: differingRecords(known, later, revised, learnt),
  };
};
