import type { BaselineMeasurement } from "../grading/criteria";
import type { CannotGrade } from "../grading/edges";
import type { DispositionEntry } from "../record/log-entry";
import type { Protocol, RuleSetId } from "../study/protocol";
import type { DoseEvent, RuleName } from "./history";
import type { RuleSource } from "./sets/rule-set";

/** Three answers to every condition and rule. "Not evaluable" is never "no". */
export type Verdict = "MET" | "NOT_MET" | "NOT_EVALUABLE";

export type MeasuredSubject = BaselineMeasurement | "temperature";
export type Sign = "exfoliation" | "bullae";

/** What a condition looks at. The interval is that between the count and the temperature of febrile neutropenia. */
export type Subject =
  | { readonly kind: "measurement"; readonly measurement: MeasuredSubject }
  | { readonly kind: "grade"; readonly term: string }
  | { readonly kind: "sign"; readonly sign: Sign }
  | { readonly kind: "interval" };

export type Comparison = "below" | "atMost" | "above" | "atLeast" | "recorded";

/** A number as text in shortest form; `entry` is where it was measured. A grade has no unit. */
export type StatedValue = {
  readonly value: string;
  readonly qualifier: "<" | ">" | null;
  readonly unit: string | null;
  readonly entry: string | null;
};

export type SettingName =
  | `${"neutrophils" | "platelets"}.${"grade3Below" | "grade4Below" | "recoverAt"}`
  | "feverCelsius"
  | "febrileWindowHours"
  | "otherRecoverGrade"
  | "discontinueFindings";

/** Where a cut-off comes from: a protocol setting, a multiple of the limit of normal or of the baseline, or the rule itself. */
export type CutOffOrigin =
  | { readonly kind: "setting"; readonly setting: SettingName; readonly percentOfBaseline: string | null }
  | { readonly kind: "upperLimit"; readonly times: string }
  | { readonly kind: "baseline"; readonly times: string }
  | { readonly kind: "rule" };

/** What was missing where a condition is not evaluable. */
export type Missing = "NOT_IN_ENTRY" | "NO_VALUE_YET" | CannotGrade;

/** One comparison that a rule made. */
export type ConditionVerdict = {
  readonly subject: Subject;
  readonly verdict: Verdict;
  readonly value: StatedValue | null;
  readonly comparison: Comparison;
  readonly cutOff: { readonly value: string; readonly unit: string | null; readonly origin: CutOffOrigin } | null;
  /** The animal's own baseline, where the cut-off is taken from it. */
  readonly baseline: StatedValue | null;
  /** The upper limit of normal, where the cut-off is a multiple of it. */
  readonly upperLimit: { readonly value: string; readonly unit: string | null } | null;
  readonly missing: Missing | null;
};

/** One row of the decision table as it was judged for one term. */
export type RuleVerdict = {
  readonly rule: RuleName;
  readonly term: string | null;
  readonly source: RuleSource;
  readonly verdict: Verdict;
  /** With which its toxicity opened in this step. */
  readonly grade: number | null;
  readonly conditions: readonly ConditionVerdict[];
  /** The entry that opened the toxicity, where it was open before: the row is met, and opens nothing. */
  readonly openSince: string | null;
};

/** A toxicity of the hold: whether it has recovered, and where it lets the animal restart. */
export type RecoveryVerdict = {
  readonly term: string;
  /** In this step or an earlier one; null: it is open. */
  readonly closed: "NOW" | "EARLIER" | null;
  readonly verdict: Verdict;
  /** Null: no condition ends it. */
  readonly condition: ConditionVerdict | null;
  readonly restartDose: string | null;
};

/** Why an event came about, in codes and exact values; its words are made in the language module. */
export type Explanation = {
  readonly ruleSet: RuleSetId;
  readonly protocolVersion: number;
  readonly ctcaeVersion: string;
  readonly doseUnit: string;
  readonly resumePolicy: Protocol["resumePolicy"];
  readonly control: boolean;
  /** Null before the animal's first dose. */
  readonly studyDay: number | null;
  readonly outcome: DispositionEntry["outcome"] | null;
  /** The hold that the event begins, continues or ends. */
  readonly hold: {
    readonly doseBefore: string;
    readonly byOrder: boolean;
    /** The lowest of its toxicities' restart doses; null where one has none. */
    readonly restartDose: string | null;
  } | null;
  readonly recovery: readonly RecoveryVerdict[];
  /** The rows that are met, in the table's order. */
  readonly met: readonly RuleVerdict[];
  /** The rows that are not met or not evaluable: what a sentence does not need. */
  readonly unmet: readonly RuleVerdict[];
};

/** All of an explanation that the sentence of a decision is made of. */
export type Grounds = Omit<Explanation, "unmet">;

export type ExplainedEvent = { readonly event: DoseEvent; readonly explanation: Explanation };
