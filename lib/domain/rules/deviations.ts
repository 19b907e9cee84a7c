import { compareDecimals, type Decimal } from "../decimal";
import type { DoseEntry } from "../record/log-entry";
import { protocolInForce } from "../study/in-force";
import type { Protocol } from "../study/protocol";
import type { Deviation, DeviationCode, Status } from "./history";
import { SEEN_ALL, type AnimalState } from "./state";
import type { Judged } from "./step";
import { isToxicity } from "./toxicity-terms";

/** Of what was known at an instant, all that a dose given then is judged by. */
export type KnownThen = {
  readonly status: Status;
  readonly dose: Decimal;
  readonly seen: number;
  /** Terms whose latest grade is 3 or more. */
  readonly toxicTerms: readonly string[];
};

export const knownThenOf = (state: AnimalState): KnownThen => ({
  status: state.status,
  dose: state.dose,
  seen: state.seen,
  toxicTerms: state.toxicTerms,
});

export const sameKnowledge = (left: KnownThen, right: KnownThen): boolean =>
  left.status === right.status &&
  compareDecimals(left.dose, right.dose) === 0 &&
  left.seen === right.seen &&
  left.toxicTerms.length === right.toxicTerms.length &&
  left.toxicTerms.every((term, index) => term === right.toxicTerms[index]);

type Fault = "DOSED_WHILE_WITHHELD" | "DOSED_AFTER_DISCONTINUATION" | "WRONG_DOSE";

const faultOf = (
  { animal }: Judged,
  { doseTolerancePercent }: Protocol,
  { amount }: DoseEntry,
  { status, dose }: Pick<KnownThen, "status" | "dose">,
): Fault | null => {
  if (status === "WITHHELD") return "DOSED_WHILE_WITHHELD";
  if (status === "DISCONTINUED" || status === "OFF_STUDY") return "DOSED_AFTER_DISCONTINUATION";
  const inForce = status === "NOT_STARTED" ? animal.startingDose : dose;
  if (compareDecimals(amount, inForce) === 0) return null;
  const distance = amount.minus(inForce).abs().times(100);
  return distance.gt(inForce.times(doseTolerancePercent)) ? "WRONG_DOSE" : null;
};

/**
 * Judges a dose given against what was known then, without the dose itself (dose-rules, section 5). `before` is the
 * state of today's replay just before the dose: exposure before a result was known is said, and is no fault.
 */
export const deviationsOfDose = (
  judged: Judged,
  entry: DoseEntry,
  isFirst: boolean,
  known: KnownThen,
  before: AnimalState,
): readonly Deviation[] => {
  const protocol = protocolInForce(judged.protocols, entry.observedAt.ms);
  const codes: DeviationCode[] = [];
  if (isFirst && known.seen !== SEEN_ALL) codes.push("BASELINE_INCOMPLETE");
  if (isFirst && known.toxicTerms.some((term) => isToxicity(term, protocol))) codes.push("STARTED_WITH_TOXICITY");
  const fault = faultOf(judged, protocol, entry, known);
  if (fault !== null) codes.push(fault);
  else if (faultOf(judged, protocol, entry, before) !== null) codes.push("EXPOSED_BEFORE_RESULT");
  return codes.map((code) => ({ entry: entry.id, code }));
};
