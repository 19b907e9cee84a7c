import type { RuleSetId } from "../../study/protocol";
import type { RuleName } from "../history";

/**
 * This grade or worse, unless another row begins at a worse grade of the same term. Any other term is one that no row
 * names; of laboratory terms those that hold by the protocol.
 */
type GradeCondition = {
  readonly kind: "grade";
  readonly terms: readonly string[] | "ANY_OTHER";
  readonly grade: 3 | 4;
};

/** The latest count and the latest temperature. Its grade is 4 where the count is below the last cut-off, else 3. */
type FebrileCondition = {
  readonly kind: "febrile-neutropenia";
  readonly below: "grade3Below";
  readonly atLeast: "feverCelsius";
  readonly within: "febrileWindowMs";
  readonly grade4Below: "grade4Below";
};

/** One of these is enough. */
type DermatologicCondition = {
  readonly kind: "severe-dermatologic";
  readonly signs: readonly ("exfoliation" | "bullae")[];
  readonly findings: "discontinueFindings";
};

/** A toxicity of the hold has no permitted restart dose. */
type RestartCondition = { readonly kind: "no-restart-dose" };

export type Recovery =
  | { readonly kind: "count"; readonly measurement: "neutrophils" | "platelets"; readonly atLeast: "recoverAt" }
  | { readonly kind: "grade"; readonly atMost: "otherRecoverGrade" }
  | { readonly kind: "never" };

export type Restart =
  { readonly kind: "next-lower-level" } | { readonly kind: "reduced"; readonly by: "restartDecrement" };

/** What a row does. A discontinuation is permanent: it has neither a recovery nor a restart. */
export type Consequence =
  | { readonly action: "WITHHOLD"; readonly recovered: Recovery; readonly restart: Restart }
  | { readonly action: "DISCONTINUE" };

/** A row whose condition opens a toxicity. */
export type ToxicityRow = { readonly rule: RuleName; readonly source: RuleSource } & {
  readonly when: GradeCondition | FebrileCondition;
} & Consequence;
export type GradeRow = ToxicityRow & { readonly when: GradeCondition };
export type FebrileRow = ToxicityRow & { readonly when: FebrileCondition };

/** A row whose condition is no toxicity, so that nothing recovers: where it withholds, only an order ends the hold. */
export type EndingRow = {
  readonly rule: RuleName;
  readonly source: RuleSource;
  readonly when: DermatologicCondition | RestartCondition;
  readonly action: "WITHHOLD" | "DISCONTINUE";
};
export type DermatologicRow = EndingRow & { readonly when: DermatologicCondition };
export type RestartRow = EndingRow & { readonly when: RestartCondition };

export type RuleRow = ToxicityRow | EndingRow;

/** Where a row comes from; its words are in the language module. */
export type RuleSource =
  | "TABLE_1_GRADE_3"
  | "TABLE_1_GRADE_4"
  | "TABLE_1_FEBRILE_NEUTROPENIA"
  | "TABLE_2_GRADE_3"
  | "TABLE_2_GRADE_4"
  | "NON_HEMATOLOGIC_GRADE_3"
  | "NON_HEMATOLOGIC_GRADE_4"
  | "NON_HEMATOLOGIC_DERMATOLOGIC"
  | "LABEL_LOWEST_LEVEL";

/** A decision table. Cells that name a setting take its value from the protocol in force. */
export type RuleSet = { readonly id: RuleSetId; readonly rows: readonly RuleRow[] };
