import { Decimal } from "../decimal";
import type { Action, DoseEvent, GradedTerm } from "../rules/history";
import type { LogEntry } from "../record/log-entry";
import { comparePlaces, placeOf, revisedRecords } from "../record/record";
import type { ReplayPlace } from "../record/record";
import { standingVersions } from "../record/standing-versions";

/** A decision as it is compared. Doses are decimals as text, in the protocol's dose unit. */
export type Decision = {
  /** The version that led to it. */
  readonly entry: string;
  readonly observedMs: number;
  readonly action: Action;
  readonly rules: readonly string[];
  readonly fromDose: string;
  readonly toDose: string;
  readonly toxicities: readonly GradedTerm[];
};

export const decisionOf = ({ at, entry, action, rules, fromDose, toDose, toxicities }: DoseEvent): Decision => ({
  entry,
  observedMs: at.ms,
  action,
  rules,
  fromDose: fromDose.toFixed(),
  toDose: toDose.toFixed(),
  toxicities,
});

/** A dose that was given while other decisions stood than stand now, and what was in force for it by either. */
export type DoseMeanwhile = {
  readonly entry: string;
  readonly observedMs: number;
  readonly amount: string;
  readonly inForceThen: string;
  readonly inForceNow: string;
};

/** What a correction, a void or a late entry changes of the decisions of one animal. */
export type Impact<Told extends Decision> = {
  /** When the first decision that differs was observed. */
  readonly fromMs: number;
  /** Decisions that stood and stand no longer. */
  readonly then: readonly Told[];
  /** Decisions that stand now and did not. */
  readonly now: readonly Told[];
  readonly doses: readonly DoseMeanwhile[];
};

type Change<Told extends Decision> = {
  /** Those that stood, and those that stand now. */
  readonly before: readonly Told[];
  readonly after: readonly Told[];
  /** The log with what is changed by. */
  readonly log: readonly LogEntry[];
  /** When the change becomes known. */
  readonly knownMs: number;
  /** Whether an earlier entry is corrected or voided; else something late is added. */
  readonly amends: boolean;
};

/** A corrected entry is the same record: that another version leads to the same decision changes no decision. */
const keyWith =
  (originalOf: ReadonlyMap<string, string>) =>
  ({ entry, observedMs, action, rules, fromDose, toDose, toxicities }: Decision): string => {
    const opened = toxicities.map(({ term, grade }) => [term, grade]);
    return JSON.stringify([originalOf.get(entry) ?? entry, observedMs, action, rules, fromDose, toDose, opened]);
  };

type PlaceOf = (decision: Decision) => ReplayPlace;

/** Where the entry of a decision stands, or stood, in the order of replay. */
const placesIn = (log: readonly LogEntry[], originalOf: ReadonlyMap<string, string>): PlaceOf => {
  const recordedMs = new Map(log.map(({ id, recordedAt }) => [id, recordedAt.ms]));
  return ({ entry, observedMs }) => {
    const originalId = originalOf.get(entry) ?? entry;
    return { observedMs, originalId, originalRecordedMs: recordedMs.get(originalId) ?? 0 };
  };
};

/** The dose in force for a dose given: what the decisions before it in the order of replay come to, its own start included. */
const inForceFor = (given: ReplayPlace, decisions: readonly Decision[], placeOfDecision: PlaceOf): string =>
  decisions.reduce(
    (dose, decision) =>
      decision.action === "RESUME_PROPOSED" || comparePlaces(placeOfDecision(decision), given) > 0
        ? dose
        : decision.toDose,
    "0",
  );

/** Doses given from the first difference on that were known before the change was. */
const dosesMeanwhile = <Told extends Decision>(
  { before, after, log, knownMs }: Change<Told>,
  originalOf: ReadonlyMap<string, string>,
  fromMs: number,
): readonly DoseMeanwhile[] => {
  const placeOfDecision = placesIn(log, originalOf);
  const inOrder = (decisions: readonly Decision[]): readonly Decision[] =>
    [...decisions].sort((left, right) => comparePlaces(placeOfDecision(left), placeOfDecision(right)));
  const [then, now] = [inOrder(before), inOrder(after)];
  return standingVersions(log).flatMap((version) => {
    const { entry, originalRecordedMs } = version;
    if (entry.kind !== "dose" || entry.observedAt.ms < fromMs || originalRecordedMs >= knownMs) return [];
    const inForceThen = inForceFor(placeOf(version), then, placeOfDecision);
    const inForceNow = inForceFor(placeOf(version), now, placeOfDecision);
    if (new Decimal(inForceThen).eq(inForceNow)) return [];
    const observedMs = entry.observedAt.ms;
    return [{ entry: entry.id, observedMs, amount: entry.amount.toFixed(), inForceThen, inForceNow }];
  });
};

/**
 * Compares the decisions before and after a change of the log; null where nobody has to look again. A late entry that
 * leads to a decision of its own, takes none back and comes before no dose that it would have changed is an ordinary
 * entry.
 */
export const impactOf = <Told extends Decision>(change: Change<Told>): Impact<Told> | null => {
  const { originalOf } = revisedRecords(change.log);
  const keyOf = keyWith(originalOf);
  const stood = new Set(change.before.map(keyOf));
  const stands = new Set(change.after.map(keyOf));
  const then = change.before.filter((decision) => !stands.has(keyOf(decision)));
  const now = change.after.filter((decision) => !stood.has(keyOf(decision)));
  if (then.length === 0 && now.length === 0) return null;
  const fromMs = Math.min(...[...then, ...now].map(({ observedMs }) => observedMs));
  const doses = dosesMeanwhile(change, originalOf, fromMs);
  if (!change.amends && then.length === 0 && doses.length === 0) return null;
  return { fromMs, then, now, doses };
};
