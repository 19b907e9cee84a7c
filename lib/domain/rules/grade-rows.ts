import {
  COUNT_CRITERIA,
  RISING_CRITERIA,
  WEIGHT_CRITERIA,
  type BaselineMeasurement,
  type CountMeasurement,
  type RisingMeasurement,
} from "../grading/criteria";
import type { CannotGrade } from "../grading/edges";
import { gradeRowsOf, toxicityRow } from "./compile-rules";
import type { Comparison, ConditionVerdict, Verdict } from "./explanation";
import type { GradedTerm } from "./history";
import { recordRule, type Recorder } from "./recorder";
import { countOf, type Scene } from "./scene";
import type { GradeRow, ToxicityRow } from "./sets/rule-set";
import { givenIn, statedComparison, statedGrade, type CutOff, type Given } from "./stated-values";
import { isToxicity } from "./toxicity-terms";
import { verdictOf } from "./verdicts";

/** What an entry shows of a term; without a grade it is not evaluable, or known to be milder than any that opens. */
type Reading = { readonly term: string; readonly grade: number | null; readonly isMild?: boolean };

/** Where a grade of a measured term begins. */
type Edge = {
  readonly subject: BaselineMeasurement;
  readonly given: Given;
  readonly comparison: "below" | "above" | "atMost";
  readonly cutOff: CutOff | CannotGrade;
};

export const countCutOff = (
  measurement: CountMeasurement,
  key: "grade3Below" | "grade4Below" | "recoverAt",
  { edges, protocol }: Scene,
): CutOff | CannotGrade | null => {
  const found = edges[measurement];
  if (typeof found === "string") return found;
  const edge = found[key];
  if (edge === null) return null;
  const { basis, [key]: setting } = protocol[measurement];
  const percentOfBaseline = basis === "percentOfBaseline" ? (setting?.toFixed() ?? null) : null;
  return { at: edge, origin: { kind: "setting", setting: `${measurement}.${key}`, percentOfBaseline } };
};

const risingCutOff = (measurement: RisingMeasurement, grade: 3 | 4, { edges }: Scene): CutOff | CannotGrade => {
  const found = edges[measurement];
  if (typeof found === "string") return found;
  const index = grade === 3 ? 1 : 2;
  const { times, of } = found.multiples[index];
  return { at: found.above[index], origin: { kind: of === "BASELINE" ? "baseline" : "upperLimit", times } };
};

/** Null: the term has no such grade. */
const edgeOf = (term: string, grade: 3 | 4, scene: Scene): Edge | null => {
  const { entry, edges } = scene;
  const count = COUNT_CRITERIA.find((row) => row.term === term)?.measurement;
  if (count !== undefined) {
    const cutOff = countCutOff(count, grade === 3 ? "grade3Below" : "grade4Below", scene);
    const given = givenIn(countOf(entry, count), scene);
    return cutOff === null ? null : { subject: count, given, comparison: "below", cutOff };
  }
  const rising = RISING_CRITERIA.find((row) => row.term === term)?.measurement;
  if (rising !== undefined) {
    const given = givenIn(entry.kind === "lft" ? entry[rising] : null, scene);
    return { subject: rising, given, comparison: "above", cutOff: risingCutOff(rising, grade, scene) };
  }
  if (grade === 4) return null;
  const times = WEIGHT_CRITERIA.atMostPartOfBaseline[2];
  const cutOff =
    typeof edges.weight === "string"
      ? edges.weight
      : { at: edges.weight[2], origin: { kind: "baseline", times } as const };
  const given = givenIn(entry.kind === "weight" ? entry.grams : null, scene);
  return { subject: "weight", given, comparison: "atMost", cutOff };
};

const MEASURED_TERMS: readonly string[] = [
  ...COUNT_CRITERIA.map(({ term }) => term),
  ...RISING_CRITERIA.map(({ term }) => term),
  WEIGHT_CRITERIA.term,
];

const OTHER_SIDE: Readonly<Record<"below" | "above" | "atMost" | "atLeast", Comparison>> = {
  below: "atLeast",
  above: "atMost",
  atMost: "above",
  atLeast: "below",
};

const beyond = ({ grade, isMild }: Reading, edge: number): Verdict => {
  if (grade === null) return isMild === true ? "NOT_MET" : "NOT_EVALUABLE";
  return verdictOf(grade >= edge);
};

const opposite = (verdict: Verdict): Verdict =>
  verdict === "NOT_EVALUABLE" ? verdict : verdictOf(verdict === "NOT_MET");

/** Whether the term has reached a row's grade, with the numbers; null where it has no such grade. */
const conditionOf = (reading: Reading, row: GradeRow, scene: Scene, reached: boolean): ConditionVerdict | null => {
  const { grade } = row.when;
  const found = beyond(reading, grade);
  const verdict = reached ? found : opposite(found);
  const side = (comparison: keyof typeof OTHER_SIDE): Comparison => (reached ? comparison : OTHER_SIDE[comparison]);
  if (!MEASURED_TERMS.includes(reading.term)) {
    return statedGrade(scene, verdict, reading.term, reading.grade, side("atLeast"), grade, { kind: "rule" });
  }
  const edge = edgeOf(reading.term, grade, scene);
  return edge === null ? null : statedComparison(scene, verdict, { ...edge, comparison: side(edge.comparison) });
};

/** Takes down every row that grades this term: that its own grade is reached, and that of the next worse row is not. */
const recordRows = (reading: Reading, matched: ToxicityRow | null, scene: Scene, recorder: Recorder): void => {
  gradeRowsOf(scene.rules, reading.term).forEach((row, index, rows) => {
    const own = conditionOf(reading, row, scene, true);
    if (own === null) return;
    const worse = rows[index - 1];
    const notWorse = worse === undefined || own.missing !== null ? null : conditionOf(reading, worse, scene, false);
    const conditions = notWorse === null ? [own] : [own, notWorse];
    const verdict = own.verdict === "NOT_EVALUABLE" ? own.verdict : verdictOf(row === matched);
    recordRule(recorder, scene, { row, term: reading.term, grade: reading.grade, verdict, conditions });
  });
};

/** A count that no lower limit of normal tells from normal is milder than every row. */
const isMildCount = (term: string, { entry, edges }: Scene): boolean => {
  const count = COUNT_CRITERIA.find((row) => row.term === term)?.measurement;
  return count !== undefined && countOf(entry, count) !== null && typeof edges[count] !== "string";
};

/** Of every term that the table asks for: those that the entry grades, and those that it does not. */
const everyReading = (scene: Scene): readonly Reading[] => [
  ...MEASURED_TERMS.filter((term) => isToxicity(term, scene.protocol)).map(
    (term): Reading =>
      scene.grades.find((graded) => graded.term === term) ?? { term, grade: null, isMild: isMildCount(term, scene) },
  ),
  ...scene.grades.filter(({ term }) => !MEASURED_TERMS.includes(term) && isToxicity(term, scene.protocol)),
];

/** A toxicity that an entry shows, with the row that it falls under. */
export type Shown = GradedTerm & { readonly row: ToxicityRow };

/** The graded terms of an entry that a row of the table asks for. */
export const judgeGrades = (scene: Scene, recorder: Recorder | null): Shown[] => {
  const shown: Shown[] = [];
  for (const reading of recorder === null ? scene.grades : everyReading(scene)) {
    const { term, grade } = reading;
    const isMilder = grade === null || grade < scene.rules.mildestGrade || !isToxicity(term, scene.protocol);
    const row = isMilder ? null : toxicityRow(scene.rules, term, grade);
    if (recorder !== null) recordRows(reading, row, scene, recorder);
    if (row !== null && grade !== null) shown.push({ term, grade, row });
  }
  return shown;
};
