import type { AnimalDocument, EntryDocument, MeasuredField, ProtocolDocument } from "./document";
import { compareFractions, fractionOf, minus, percentOf, type Fraction } from "./fraction";
import { firstDoseIndex, valueOf } from "./grades";
import { run, type OracleRun, type Standpoint } from "./history";
import { millisecondsOf } from "./instants";
import { isGiven, saysWhyNot } from "./not-done";
import { canHold, protocolInForce } from "./settings";
import { knownAt, originalOf } from "./standing";

const BASELINE: readonly MeasuredField[] = ["grams", "neutrophils", "platelets", "alt", "ast", "bilirubin"];

const baselineIncomplete = ({ order }: OracleRun): boolean =>
  BASELINE.some((field) => order.every(({ entry }) => valueOf(entry, field) === null)) ||
  order.every(({ entry }) => entry.kind !== "observation" || saysWhyNot(entry, "observation"));

const latestGradeIsSevere = ({ grades }: OracleRun, protocol: ProtocolDocument): boolean =>
  grades.some(
    ({ term, grade }, index) =>
      grade >= 3 && canHold(protocol, term) && grades.slice(index + 1).every((later) => later.term !== term),
  );

/** What a dose of this amount is in this state, of the three faults that a state can make it. */
const faultIn = (
  state: Standpoint,
  animal: AnimalDocument,
  amount: Fraction,
  tolerancePercent: number,
): "DOSED_WHILE_WITHHELD" | "DOSED_AFTER_DISCONTINUATION" | "WRONG_DOSE" | null => {
  if (state.status === "WITHHELD") return "DOSED_WHILE_WITHHELD";
  if (state.status === "DISCONTINUED" || state.status === "OFF_STUDY") return "DOSED_AFTER_DISCONTINUATION";
  const inForce = state.status === "NOT_STARTED" ? fractionOf(animal.startingDose) : state.dose;
  const difference = minus(amount, inForce);
  const distance = difference.over < 0n ? minus(inForce, amount) : difference;
  return compareFractions(distance, percentOf(fractionOf(tolerancePercent), inForce)) > 0 ? "WRONG_DOSE" : null;
};

/** Each dose against a whole replay of its own, of what was known when it was given. */
export const deviationsOf = (
  protocols: readonly ProtocolDocument[],
  animal: AnimalDocument,
  log: readonly EntryDocument[],
  history: OracleRun,
): { entry: string; code: string }[] => {
  const deviations: { entry: string; code: string }[] = [];
  for (const [index, { entry, original }] of history.order.entries()) {
    if (entry.kind !== "dose" || !isGiven(animal, entry)) continue;
    const others = log.filter((other) => originalOf(log, other) !== original);
    const known = run(protocols, animal, knownAt(others, millisecondsOf(entry.observedAt ?? "")));
    const note = (code: string): void => void deviations.push({ entry: entry.id, code });
    if (index === firstDoseIndex(animal, history.order)) {
      if (baselineIncomplete(known)) note("BASELINE_INCOMPLETE");
      if (latestGradeIsSevere(known, protocolInForce(protocols, entry))) note("STARTED_WITH_TOXICITY");
    }
    const amount = fractionOf(entry.amount ?? 0);
    const tolerance = protocolInForce(protocols, entry).doseTolerancePercent ?? 0;
    const before = history.before[index];
    const then = faultIn(known.end, animal, amount, tolerance);
    if (then !== null) note(then);
    else if (before !== undefined && faultIn(before, animal, amount, tolerance) !== null) note("EXPOSED_BEFORE_RESULT");
  }
  return deviations;
};
