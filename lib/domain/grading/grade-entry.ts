import type { EntryGrade, NotEvaluable, NotEvaluableReason } from "../rules/history";
import type { CbcEntry, LftEntry, Measured, ObservationEntry, WeightEntry } from "../record/log-entry";
import { isAbove, isAtLeast, isAtMost, isBelow } from "./compare";
import { COUNT_CRITERIA, FALLING_LABORATORY_CRITERIA, RISING_CRITERIA, WEIGHT_CRITERIA } from "./criteria";
import type { CannotGrade, Edges, FallingEdges, RisingEdges, WeightEdges } from "./edges";

export type ClinicalEntry = WeightEntry | CbcEntry | LftEntry | ObservationEntry;

export type EntryGrades = {
  readonly grades: readonly EntryGrade[];
  readonly notEvaluable: readonly NotEvaluable[];
};

/** Null: not grade 2 or worse, and no lower limit of normal to tell grade 1 from grade 0. */
const gradeOfFalling = (value: Measured, edges: FallingEdges): number | null => {
  if (edges.grade4Below !== null && isBelow(value, edges.grade4Below)) return 4;
  if (isBelow(value, edges.grade3Below)) return 3;
  if (edges.grade2Below !== null && isBelow(value, edges.grade2Below)) return 2;
  if (edges.grade1Below !== null && isBelow(value, edges.grade1Below)) return 1;
  return edges.normalIsKnown ? 0 : null;
};

const gradeOfRising = (value: Measured, edges: RisingEdges): number => {
  const [grade2, grade3, grade4] = edges.above;
  if (isAbove(value, grade4)) return 4;
  if (isAbove(value, grade3)) return 3;
  if (isAbove(value, grade2)) return 2;
  const { edge, included } = edges.grade1;
  return (included ? isAtLeast(value, edge) : isAbove(value, edge)) ? 1 : 0;
};

const gradeOfWeight = (weight: Measured, edges: WeightEdges): number => {
  const [grade1, grade2, grade3] = edges;
  if (isAtMost(weight, grade3)) return 3;
  if (isAtMost(weight, grade2)) return 2;
  return isAtMost(weight, grade1) ? 1 : 0;
};

type Verdict = { readonly grade: number } | { readonly reason: NotEvaluableReason } | null;

/**
 * Null: not graded, which needs no explanation (weights and percent-of-baseline counts before the first dose, laboratory
 * terms that the protocol does not name).
 */
const withoutEdges = (why: CannotGrade): Verdict =>
  why === "BEFORE_FIRST_DOSE" || why === "NOT_NAMED" ? null : { reason: why };

const judgeFalling = (value: Measured | null, edges: FallingEdges | CannotGrade): Verdict => {
  if (edges === "NOT_NAMED") return null;
  if (value === null) return { reason: "NOT_REPORTED" };
  if (typeof edges === "string") return withoutEdges(edges);
  const grade = gradeOfFalling(value, edges);
  return grade === null ? { reason: "NO_REFERENCE_RANGE" } : { grade };
};

const judgeRising = (value: Measured | null, edges: RisingEdges | CannotGrade): Verdict => {
  if (edges === "NOT_NAMED") return null;
  if (value === null) return { reason: "NOT_REPORTED" };
  return typeof edges === "string" ? withoutEdges(edges) : { grade: gradeOfRising(value, edges) };
};

const judgeWeight = (weight: Measured | null, edges: WeightEdges | CannotGrade): Verdict => {
  if (weight === null) return null;
  return typeof edges === "string" ? withoutEdges(edges) : { grade: gradeOfWeight(weight, edges) };
};

const NOTHING_TO_GRADE: EntryGrades = { grades: [], notEvaluable: [] };

/** Grades one entry, term by term in the order of the criteria, and says of what cannot be graded why not. */
export const gradeEntry = (entry: ClinicalEntry, edges: Edges): EntryGrades => {
  const grades: EntryGrade[] = [];
  const notEvaluable: NotEvaluable[] = [];
  const add = (term: string, verdict: Verdict): void => {
    if (verdict === null) return;
    if ("grade" in verdict) grades.push({ entry: entry.id, term, grade: verdict.grade });
    else notEvaluable.push({ entry: entry.id, term, reason: verdict.reason });
  };
  switch (entry.kind) {
    case "cbc":
      for (const { term, measurement } of COUNT_CRITERIA)
        add(term, judgeFalling(entry[measurement], edges[measurement]));
      for (const { term, measurement } of FALLING_LABORATORY_CRITERIA)
        add(term, judgeFalling(entry[measurement], edges[measurement]));
      break;
    case "lft":
      for (const { term, measurement } of RISING_CRITERIA)
        add(term, judgeRising(entry[measurement], edges[measurement]));
      break;
    case "weight":
      add(WEIGHT_CRITERIA.term, judgeWeight(entry.grams, edges.weight));
      break;
    case "observation":
      if (entry.findings.length === 0) return NOTHING_TO_GRADE;
      for (const { term, grade } of entry.findings) grades.push({ entry: entry.id, term, grade });
      break;
  }
  return { grades, notEvaluable };
};
