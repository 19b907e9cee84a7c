import type { Verdict } from "./explanation";

export const verdictOf = (holds: boolean): Verdict => (holds ? "MET" : "NOT_MET");

/** Every condition is needed: one that is not met decides, whatever is missing. */
export const allOf = (verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes("NOT_MET")) return "NOT_MET";
  return verdicts.includes("NOT_EVALUABLE") ? "NOT_EVALUABLE" : "MET";
};
