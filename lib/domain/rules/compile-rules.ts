import { FEBRILE_NEUTROPENIA } from "./toxicity-terms";
import type { DermatologicRow, FebrileRow, GradeRow, RestartRow, RuleRow, RuleSet, ToxicityRow } from "./sets/rule-set";

/** A rule set with its rows arranged for judging. */
export type Rules = RuleSet & {
  /** The rows of each term that one names, the worst grade first. */
  readonly named: ReadonlyMap<string, readonly GradeRow[]>;
  /** The rows of any other term, the worst grade first. */
  readonly other: readonly GradeRow[];
  /** A milder grade opens nothing. */
  readonly mildestGrade: number;
  readonly febrile: FebrileRow | null;
  readonly dermatologic: DermatologicRow | null;
  readonly noRestart: RestartRow | null;
};

const isGradeRow = (row: RuleRow): row is GradeRow => row.when.kind === "grade";
const isFebrileRow = (row: RuleRow): row is FebrileRow => row.when.kind === "febrile-neutropenia";
const isDermatologicRow = (row: RuleRow): row is DermatologicRow => row.when.kind === "severe-dermatologic";
const isRestartRow = (row: RuleRow): row is RestartRow => row.when.kind === "no-restart-dose";

export const compileRules = (set: RuleSet): Rules => {
  const gradeRows = set.rows.filter(isGradeRow).sort((left, right) => right.when.grade - left.when.grade);
  const terms = new Set(gradeRows.flatMap(({ when }) => (when.terms === "ANY_OTHER" ? [] : when.terms)));
  const rowsNaming = (term: string): readonly GradeRow[] => gradeRows.filter(({ when }) => when.terms.includes(term));
  return {
    ...set,
    named: new Map([...terms].map((term) => [term, rowsNaming(term)])),
    other: gradeRows.filter(({ when }) => when.terms === "ANY_OTHER"),
    mildestGrade: Math.min(...gradeRows.map(({ when }) => when.grade)),
    febrile: set.rows.find(isFebrileRow) ?? null,
    dermatologic: set.rows.find(isDermatologicRow) ?? null,
    noRestart: set.rows.find(isRestartRow) ?? null,
  };
};

/** The rows that grade this term, the worst grade first. */
export const gradeRowsOf = ({ named, other }: Rules, term: string): readonly GradeRow[] => named.get(term) ?? other;

/** The row that a toxicity of this term and grade falls under. */
export const toxicityRow = (rules: Rules, term: string, grade: number): ToxicityRow | null =>
  term === FEBRILE_NEUTROPENIA
    ? rules.febrile
    : (gradeRowsOf(rules, term).find(({ when }) => grade >= when.grade) ?? null);
