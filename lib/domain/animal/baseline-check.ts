import type { Decimal } from "../decimal";
import { replayAnimal } from "../rules/replay";
import { isGiven } from "../record/dose-given";
import type { CbcEntry, LogEntry, Measured, ObservedEntry } from "../record/log-entry";
import { standingVersions } from "../record/standing-versions";
import type { Protocol, StudyAnimal } from "../study/protocol";

export type AnimalLog = { readonly animal: StudyAnimal; readonly log: readonly LogEntry[] };
type Count = "neutrophils" | "platelets";

/** A value of an untreated animal that would hold it, were it on dose. */
export type BaselineHold = {
  readonly animal: string;
  readonly term: string;
  readonly grade: number;
  readonly entry: string;
};

/** What a hold at so many per cent of each animal's own baseline would mean. */
export type PercentCheck = {
  readonly measurement: Count;
  readonly percent: Decimal;
  /** Animals with a count that can be a baseline. */
  readonly animals: number;
  /** The lowest and the highest count below which one of them would be held, in 10⁹/L. */
  readonly heldBelow: { readonly from: Decimal; readonly to: Decimal } | null;
  /** Animals of which an earlier untreated count was below that share of their own baseline. */
  readonly animalsAlreadyBelow: readonly string[];
};

export type BaselineCheck = {
  readonly animals: number;
  readonly animalsWithResults: number;
  readonly holds: readonly BaselineHold[];
  readonly percentOfBaseline: readonly PercentCheck[];
};

/** The grade from which a toxicity opens. */
const HOLDING_GRADE = 3;

const isFirstDose = (entry: ObservedEntry, animal: StudyAnimal): boolean =>
  entry.kind === "dose" && isGiven(animal, entry);

/** What stands of a log from before the first dose, in the order of replay. */
const untreated = ({ animal, log }: AnimalLog): readonly ObservedEntry[] => {
  const standing = standingVersions(log).map(({ entry }) => entry);
  const first = standing.findIndex((entry) => isFirstDose(entry, animal));
  return first < 0 ? standing : standing.slice(0, first);
};

const hasResult = (entry: ObservedEntry): boolean => {
  if (entry.kind === "cbc") return entry.neutrophils !== null || entry.platelets !== null;
  if (entry.kind === "lft") return entry.alt !== null || entry.ast !== null || entry.bilirubin !== null;
  return entry.kind === "observation" && entry.findings.length > 0;
};

/** Of each term the latest grade, where it is one that holds. */
const holdsOf = (
  protocols: readonly Protocol[],
  animal: StudyAnimal,
  entries: readonly ObservedEntry[],
): readonly BaselineHold[] => {
  const alone = entries.map((entry) => ({ ...entry, corrects: null }));
  const latest = new Map(replayAnimal(protocols, animal, alone).history.grades.map((grade) => [grade.term, grade]));
  return [...latest.values()]
    .filter(({ grade }) => grade >= HOLDING_GRADE)
    .map(({ term, grade, entry }) => ({ animal: animal.id, term, grade, entry }));
};

const countsOf = (entries: readonly ObservedEntry[], measurement: Count): readonly Measured[] =>
  entries
    .filter((entry): entry is CbcEntry => entry.kind === "cbc")
    .flatMap((entry) => entry[measurement] ?? [])
    .filter(({ qualifier }) => qualifier === null);

const percentCheck = (
  measurement: Count,
  percent: Decimal,
  baselines: readonly { readonly animal: StudyAnimal; readonly entries: readonly ObservedEntry[] }[],
): PercentCheck => {
  const limits = baselines.flatMap(({ animal, entries }) => {
    const counts = countsOf(entries, measurement);
    const baseline = counts.at(-1);
    if (baseline === undefined || baseline.value.isZero()) return [];
    const limit = baseline.value.times(percent).div(100);
    return [{ animal: animal.id, limit, alreadyBelow: counts.some(({ value }) => value.lt(limit)) }];
  });
  const sorted = limits.map(({ limit }) => limit).sort((left, right) => left.cmp(right));
  const [from] = sorted;
  const to = sorted.at(-1);
  return {
    measurement,
    percent,
    animals: limits.length,
    heldBelow: from === undefined || to === undefined ? null : { from, to },
    animalsAlreadyBelow: limits.filter(({ alreadyBelow }) => alreadyBelow).map(({ animal }) => animal),
  };
};

/**
 * What a protocol would say of animals that had no drug: which of their latest untreated values already meet a hold
 * rule, and where a hold at `percents` of each animal's own baseline would lie instead.
 */
export const checkBaselines = (
  protocols: readonly Protocol[],
  logs: readonly AnimalLog[],
  percents: Readonly<Record<Count, Decimal>>,
): BaselineCheck => {
  const baselines = logs.map((one) => ({ animal: one.animal, entries: untreated(one) }));
  return {
    animals: logs.length,
    animalsWithResults: baselines.filter(({ entries }) => entries.some(hasResult)).length,
    holds: baselines.flatMap(({ animal, entries }) => holdsOf(protocols, animal, entries)),
    percentOfBaseline: (["neutrophils", "platelets"] as const).map((measurement) =>
      percentCheck(measurement, percents[measurement], baselines),
    ),
  };
};
