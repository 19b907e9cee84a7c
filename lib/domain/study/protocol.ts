import type { Decimal } from "../decimal";
import type { LaboratoryTerm, RangedMeasurement } from "../grading/criteria";
import type { RULE_SETS } from "./defaults";
import type { Instant } from "../record/log-entry";

/** When a count is low: absolute in 10⁹/L, or per cent of the animal's own baseline. A null edge is not used. */
export type CountCutOffs = {
  readonly basis: "absolute" | "percentOfBaseline";
  readonly grade2Below: Decimal | null;
  readonly grade3Below: Decimal;
  readonly grade4Below: Decimal | null;
  readonly recoverAt: Decimal;
};

/** Which table of rules judges. */
export type RuleSetId = (typeof RULE_SETS)[number];

/** What a laboratory term does where a protocol names it: it is graded, or it holds like any other toxicity. */
export type LaboratoryUse = "grade" | "hold";

/** A laboratory's limits of normal for this species, strain and sex. There are no defaults. */
export type ReferenceRange = {
  readonly lower: Decimal | null;
  readonly upper: Decimal | null;
  /** As written beside the limits; bilirubin is measured in it. */
  readonly unit: string | null;
};

/** One version of a study's rules, complete: defaults filled in, checked, dose levels from high to low. */
export type Protocol = {
  readonly version: number;
  /** Null: from the beginning. */
  readonly effectiveFrom: Instant | null;
  readonly ruleSet: RuleSetId;
  readonly doseUnit: string;
  readonly doseLevels: readonly Decimal[];
  readonly restartDecrement: Decimal;
  readonly feverCelsius: Decimal;
  readonly febrileWindowMs: number;
  readonly neutrophils: CountCutOffs;
  readonly platelets: CountCutOffs;
  readonly otherRecoverGrade: 0 | 1 | 2;
  readonly resumePolicy: "automatic" | "on-order";
  readonly doseTolerancePercent: Decimal;
  /** Term → lowest grade that discontinues for good. */
  readonly discontinueFindings: ReadonlyMap<string, number>;
  readonly laboratoryTerms: ReadonlyMap<LaboratoryTerm, LaboratoryUse>;
  readonly referenceRanges: Readonly<Record<RangedMeasurement, ReferenceRange>>;
};

/** What of an animal the rules need. A control animal's starting dose is 0. */
export type StudyAnimal = {
  readonly id: string;
  readonly startingDose: Decimal;
  readonly control: boolean;
  /** Its dose group's own ladder, from high to low; null: the protocol's. */
  readonly doseLevels: readonly Decimal[] | null;
};
