import type { Decimal } from "../decimal";
import type { Measured } from "../record/log-entry";
import type { Baseline } from "../grading/baseline";
import { isAbove, isAtLeast, isAtMost, isBelow } from "../grading/compare";
import {
  COUNT_CRITERIA,
  RISING_CRITERIA,
  WEIGHT_CRITERIA,
  type CountMeasurement,
  type RisingMeasurement,
} from "../grading/criteria";
import type { CannotGrade, Edges, Multiple } from "../grading/edges";
import type { ClinicalEntry } from "../grading/grade-entry";
import type { Protocol } from "../study/protocol";
import type { ConditionVerdict, StatedValue, Verdict } from "./explanation";
import type { LatestValue } from "./state";
import { statedMeasured, subjectName, unitOf, type Subject } from "./stated-values";

export type Judging = {
  readonly protocol: Protocol;
  readonly edges: Edges;
  readonly baseline: Baseline | null;
  readonly entry: ClinicalEntry;
};

type Comparison = "below" | "at most" | "above" | "at least";

const COMPARE: Readonly<Record<Comparison, (measured: Measured, edge: Decimal) => boolean>> = {
  below: isBelow,
  "at most": isAtMost,
  above: isAbove,
  "at least": isAtLeast,
};

type Edge = { readonly at: Decimal; readonly origin: string };

/** What was measured, or why there is nothing to compare. */
export type Given = { readonly measured: Measured; readonly entry: string } | { readonly missing: string };

const WHY: Readonly<Record<CannotGrade, string>> = {
  NO_REFERENCE_RANGE: "no reference range for it in the protocol",
  NO_BASELINE: "no baseline of this animal",
  BEFORE_FIRST_DOSE: "no baseline before the first dose",
  NOT_NAMED: "a laboratory term that the protocol does not name",
};

const ownBaseline = (subject: Subject, { baseline, protocol }: Judging): StatedValue | null => {
  const own = subject === "temperature" ? null : (baseline?.values[subject] ?? null);
  return own === null
    ? null
    : { value: own.value.toFixed(), qualifier: null, unit: unitOf(subject, protocol), entry: own.entry };
};

const usesBaseline = (subject: Subject, { protocol, baseline }: Judging): boolean => {
  if (subject === "weight") return true;
  if (subject === "neutrophils" || subject === "platelets") return protocol[subject].basis === "percentOfBaseline";
  if (subject === "creatinine") return baseline?.values.creatinine != null;
  return subject !== "temperature" && (baseline?.aboveUpperLimit[subject] ?? false);
};

const referenceLimit = (subject: Subject, judging: Judging): ConditionVerdict["referenceLimit"] => {
  if (subject === "weight" || subject === "temperature" || subject === "neutrophils" || subject === "platelets")
    return null;
  const upper = judging.protocol.referenceRanges[subject].upper;
  if (upper === null || (subject !== "creatinine" && usesBaseline(subject, judging))) return null;
  return { value: upper.toFixed(), unit: unitOf(subject, judging.protocol), limit: "upper" };
};

const verdictOf = (given: Given, edge: Edge | CannotGrade, comparison: Comparison): Verdict => {
  if ("missing" in given || typeof edge === "string") return "CANNOT_BE_TOLD";
  return COMPARE[comparison](given.measured, edge.at) ? "HOLDS" : "DOES_NOT_HOLD";
};

const compared = (
  subject: Subject,
  given: Given,
  comparison: Comparison,
  edge: Edge | CannotGrade,
  judging: Judging,
): ConditionVerdict => {
  const { protocol } = judging;
  const noEdge = typeof edge === "string" ? WHY[edge] : null;
  return {
    subject: subjectName(subject),
    verdict: verdictOf(given, edge, comparison),
    value: "missing" in given ? null : statedMeasured(given.measured, subject, protocol, given.entry),
    comparison,
    cutOff:
      typeof edge === "string"
        ? null
        : { value: edge.at.toFixed(), unit: unitOf(subject, protocol), origin: edge.origin },
    baseline: usesBaseline(subject, judging) ? ownBaseline(subject, judging) : null,
    referenceLimit: referenceLimit(subject, judging),
    missing: "missing" in given ? given.missing : noEdge,
  };
};

export const givenBy = (measured: Measured | null, subject: Subject, entry: ClinicalEntry): Given =>
  measured === null ? { missing: `${subjectName(subject)} in this entry` } : { measured, entry: entry.id };

export const givenLatest = (latest: LatestValue | null, subject: Subject): Given =>
  latest === null
    ? { missing: `a ${subjectName(subject)} value so far` }
    : { measured: latest.measured, entry: latest.entry };

const countCutOff = (
  measurement: CountMeasurement,
  key: "grade3Below" | "grade4Below" | "recoverAt",
  { edges, protocol }: Judging,
): Edge | CannotGrade | null => {
  const found = edges[measurement];
  if (typeof found === "string") return found;
  const edge = found[key];
  const percent =
    protocol[measurement].basis === "percentOfBaseline"
      ? ` (${String(protocol[measurement][key]?.toFixed())} % of baseline)`
      : "";
  return edge === null ? null : { at: edge, origin: `protocol setting ${measurement}.${key}${percent}` };
};

/** The conditions of grade 3 or 4 of a falling count: below its own cut-off and, for grade 3, not below that of grade 4. */
export const countGradeConditions = (
  measurement: CountMeasurement,
  grade: 3 | 4,
  judging: Judging,
): readonly ConditionVerdict[] => {
  const count = judging.entry.kind === "cbc" ? judging.entry[measurement] : null;
  const given = givenBy(count, measurement, judging.entry);
  const own = countCutOff(measurement, grade === 3 ? "grade3Below" : "grade4Below", judging);
  const conditions = own === null ? [] : [compared(measurement, given, "below", own, judging)];
  const worse = grade === 3 ? countCutOff(measurement, "grade4Below", judging) : null;
  return worse === null || typeof worse === "string"
    ? conditions
    : [...conditions, compared(measurement, given, "at least", worse, judging)];
};

export const countBelow = (measurement: CountMeasurement, given: Given, judging: Judging): ConditionVerdict =>
  compared(measurement, given, "below", countCutOff(measurement, "grade3Below", judging) ?? "NO_BASELINE", judging);

export const countRecovered = (measurement: CountMeasurement, given: Given, judging: Judging): ConditionVerdict =>
  compared(measurement, given, "at least", countCutOff(measurement, "recoverAt", judging) ?? "NO_BASELINE", judging);

export const feverCondition = (given: Given, judging: Judging): ConditionVerdict =>
  compared(
    "temperature",
    given,
    "at least",
    { at: judging.protocol.feverCelsius, origin: "protocol setting feverCelsius" },
    judging,
  );

const risingOrigin = ({ times, of }: Multiple): string =>
  `${times} × the ${of === "BASELINE" ? "animal's baseline" : "upper limit of normal"}`;

export const risingGradeConditions = (
  measurement: RisingMeasurement,
  grade: 3 | 4,
  judging: Judging,
): readonly ConditionVerdict[] => {
  const value = judging.entry.kind === "lft" ? judging.entry[measurement] : null;
  const given = givenBy(value, measurement, judging.entry);
  const found = judging.edges[measurement];
  if (typeof found === "string") return [compared(measurement, given, "above", found, judging)];
  const [, grade3, grade4] = found.above;
  const [, of3, of4] = found.multiples;
  const edge4 = { at: grade4, origin: risingOrigin(of4) };
  return grade === 4
    ? [compared(measurement, given, "above", edge4, judging)]
    : [
        compared(measurement, given, "above", { at: grade3, origin: risingOrigin(of3) }, judging),
        compared(measurement, given, "at most", edge4, judging),
      ];
};

export const weightGradeConditions = (judging: Judging): readonly ConditionVerdict[] => {
  const grams = judging.entry.kind === "weight" ? judging.entry.grams : null;
  const found = judging.edges.weight;
  const edge =
    typeof found === "string" ? found : { at: found[2], origin: "80 % of the animal's baseline, a loss of 20 %" };
  return [compared("weight", givenBy(grams, "weight", judging.entry), "at most", edge, judging)];
};

/** The measurement that a term is graded from; null for a finding. */
export const measurementOfTerm = (term: string): Exclude<Subject, "temperature"> | null => {
  if (term === WEIGHT_CRITERIA.term) return "weight";
  return [...COUNT_CRITERIA, ...RISING_CRITERIA].find((row) => row.term === term)?.measurement ?? null;
};

export const findingCondition = (
  term: string,
  grade: number | null,
  comparison: "at least" | "at most",
  cutOff: number,
  origin: string,
  entry: ClinicalEntry,
): ConditionVerdict => {
  const holds = grade !== null && (comparison === "at least" ? grade >= cutOff : grade <= cutOff);
  return {
    subject: term,
    verdict: grade === null ? "CANNOT_BE_TOLD" : holds ? "HOLDS" : "DOES_NOT_HOLD",
    value: grade === null ? null : { value: String(grade), qualifier: null, unit: "grade", entry: entry.id },
    comparison,
    cutOff: { value: String(cutOff), unit: "grade", origin },
    baseline: null,
    referenceLimit: null,
    missing: grade === null ? `a grade of ${term} in this entry` : null,
  };
};

export const signCondition = (sign: "exfoliation" | "bullae", entry: ClinicalEntry): ConditionVerdict => {
  const seen = entry.kind === "observation" ? entry[sign] : null;
  return {
    subject: `skin ${sign}`,
    verdict: seen === null ? "CANNOT_BE_TOLD" : seen ? "HOLDS" : "DOES_NOT_HOLD",
    value: null,
    comparison: "recorded",
    cutOff: null,
    baseline: null,
    referenceLimit: null,
    missing: seen === null ? "an observation of the skin in this entry" : null,
  };
};
