import type { DoseEvent, RuleName } from "./history";

/** Three answers to every condition and rule. "Cannot be told" is never "no". */
export type Verdict = "HOLDS" | "DOES_NOT_HOLD" | "CANNOT_BE_TOLD";

/** A number with its unit, as text: decimals in shortest form. `entry` is where it was measured. */
export type StatedValue = {
  readonly value: string;
  readonly qualifier: "<" | ">" | null;
  readonly unit: string;
  readonly entry: string | null;
};

/** One comparison that a rule made. */
export type ConditionVerdict = {
  readonly subject: string;
  readonly verdict: Verdict;
  readonly value: StatedValue | null;
  readonly comparison: "below" | "at most" | "above" | "at least" | "recorded";
  readonly cutOff: { readonly value: string; readonly unit: string; readonly origin: string } | null;
  /** The animal's own baseline, where the cut-off is taken from it. */
  readonly baseline: StatedValue | null;
  /** The limit of normal, where the cut-off is a multiple of it. */
  readonly referenceLimit: { readonly value: string; readonly unit: string; readonly limit: "lower" | "upper" } | null;
  /** What was missing, where it cannot be told. */
  readonly missing: string | null;
};

/** One row of the decision table as it was judged for one term. */
export type RuleVerdict = {
  readonly rule: RuleName;
  readonly term: string | null;
  readonly source: string;
  readonly verdict: Verdict;
  readonly grade: number | null;
  readonly conditions: readonly ConditionVerdict[];
  /** Set where the toxicity was open already: the row held, and opened nothing new. */
  readonly openSince: string | null;
};

/** Whether a toxicity of the hold has recovered, and where it lets the animal restart. */
export type RecoveryVerdict = {
  readonly term: string;
  readonly verdict: Verdict;
  readonly condition: ConditionVerdict;
  readonly restartDose: string | null;
};

/** Why an event came about: every row of the table, held or not, with the numbers that were compared. */
export type Explanation = {
  readonly protocolVersion: number;
  readonly ctcaeVersion: string;
  readonly rules: readonly RuleVerdict[];
  readonly recovery: readonly RecoveryVerdict[];
  /** The dose before the hold that restart doses are counted from; null where no hold is involved. */
  readonly doseBefore: string | null;
  readonly doseUnit: string;
};

export type ExplainedEvent = {
  readonly event: DoseEvent;
  /** Null before the animal's first dose. */
  readonly studyDay: number | null;
  readonly sentence: string;
  readonly explanation: Explanation;
};
