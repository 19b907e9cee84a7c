import type { RuleName } from "./history";

/**
 * The source's Tables 1 and 2 and its paragraph on non-hematologic toxicity, row by row (dose-rules, section 4). A cell in
 * quotes names a protocol setting; nothing here is a number, so a study's own values apply to every row.
 */
export type DecisionRow = {
  readonly rule: RuleName;
  readonly source: string;
  readonly when: Condition;
  readonly action: "WITHHOLD" | "DISCONTINUE";
  readonly recovered: Recovery;
  readonly restart: Restart;
};

export type Condition =
  | {
      readonly kind: "grade";
      readonly terms: readonly string[] | "ANY_OTHER";
      readonly grade: 3 | 4;
      readonly orWorse: boolean;
    }
  | {
      readonly kind: "febrile-neutropenia";
      readonly below: "grade3Below";
      readonly atLeast: "feverCelsius";
      readonly within: "febrileWindowHours";
    }
  | { readonly kind: "severe-dermatologic"; readonly findings: "discontinueFindings" }
  | { readonly kind: "no-restart-dose" };

export type Recovery =
  | { readonly kind: "count"; readonly measurement: "neutrophils" | "platelets"; readonly atLeast: "recoverAt" }
  | { readonly kind: "grade"; readonly atMost: "otherRecoverGrade" }
  | { readonly kind: "never" };

export type Restart = "NEXT_LOWER_LEVEL" | "DOSE_LESS_DECREMENT" | "NONE";

const NEUTROPHILS_RECOVER = { kind: "count", measurement: "neutrophils", atLeast: "recoverAt" } as const;
const PLATELETS_RECOVER = { kind: "count", measurement: "platelets", atLeast: "recoverAt" } as const;
const GRADE_RECOVERS = { kind: "grade", atMost: "otherRecoverGrade" } as const;
const NEVER = { kind: "never" } as const;

export const DECISION_TABLE: readonly DecisionRow[] = [
  {
    rule: "NEUTROPENIA_G3",
    source: "Table 1, grade 3",
    when: { kind: "grade", terms: ["NEUTROPENIA"], grade: 3, orWorse: false },
    action: "WITHHOLD",
    recovered: NEUTROPHILS_RECOVER,
    restart: "NEXT_LOWER_LEVEL",
  },
  {
    rule: "NEUTROPENIA_G4",
    source: "Table 1, grade 4",
    when: { kind: "grade", terms: ["NEUTROPENIA"], grade: 4, orWorse: false },
    action: "WITHHOLD",
    recovered: NEUTROPHILS_RECOVER,
    restart: "NEXT_LOWER_LEVEL",
  },
  {
    rule: "FEBRILE_NEUTROPENIA",
    source: "Table 1, febrile neutropenia",
    when: { kind: "febrile-neutropenia", below: "grade3Below", atLeast: "feverCelsius", within: "febrileWindowHours" },
    action: "WITHHOLD",
    recovered: NEUTROPHILS_RECOVER,
    restart: "NEXT_LOWER_LEVEL",
  },
  {
    rule: "THROMBOCYTOPENIA_G3",
    source: "Table 2, grade 3",
    when: { kind: "grade", terms: ["THROMBOCYTOPENIA"], grade: 3, orWorse: false },
    action: "WITHHOLD",
    recovered: PLATELETS_RECOVER,
    restart: "NEXT_LOWER_LEVEL",
  },
  {
    rule: "THROMBOCYTOPENIA_G4",
    source: "Table 2, grade 4",
    when: { kind: "grade", terms: ["THROMBOCYTOPENIA"], grade: 4, orWorse: false },
    action: "WITHHOLD",
    recovered: PLATELETS_RECOVER,
    restart: "NEXT_LOWER_LEVEL",
  },
  {
    rule: "NON_HEMATOLOGIC_G3",
    source: "Non-hematologic toxicity, grade 3",
    when: { kind: "grade", terms: "ANY_OTHER", grade: 3, orWorse: false },
    action: "WITHHOLD",
    recovered: GRADE_RECOVERS,
    restart: "DOSE_LESS_DECREMENT",
  },
  {
    rule: "NON_HEMATOLOGIC_G4",
    source: "Non-hematologic toxicity, grade 4",
    when: { kind: "grade", terms: "ANY_OTHER", grade: 4, orWorse: true },
    action: "WITHHOLD",
    recovered: GRADE_RECOVERS,
    restart: "DOSE_LESS_DECREMENT",
  },
  {
    rule: "SEVERE_DERMATOLOGIC",
    source: "Non-hematologic toxicity, severe dermatologic reactions",
    when: { kind: "severe-dermatologic", findings: "discontinueFindings" },
    action: "DISCONTINUE",
    recovered: NEVER,
    restart: "NONE",
  },
  {
    rule: "LOWEST_LEVEL",
    source: "The cited label: discontinue where the lowest dose is not tolerated",
    when: { kind: "no-restart-dose" },
    action: "DISCONTINUE",
    recovered: NEVER,
    restart: "NONE",
  },
];

const HEMATOLOGIC_TERMS: ReadonlySet<string> = new Set(["NEUTROPENIA", "THROMBOCYTOPENIA"]);

const rowOf = (rule: RuleName): DecisionRow => {
  const row = DECISION_TABLE.find((candidate) => candidate.rule === rule);
  if (row === undefined) throw new Error(`the decision table has no row ${rule}`);
  return row;
};

export const FEBRILE_NEUTROPENIA = "FEBRILE_NEUTROPENIA";
const FEBRILE_ROW = rowOf(FEBRILE_NEUTROPENIA);

const holdsFor = (condition: Condition, term: string, grade: number): boolean => {
  if (condition.kind !== "grade") return false;
  const named = condition.terms === "ANY_OTHER" ? !HEMATOLOGIC_TERMS.has(term) : condition.terms.includes(term);
  return named && (condition.orWorse ? grade >= condition.grade : grade === condition.grade);
};

const rowsByTermAndGrade = new Map<string, ReadonlyMap<number, DecisionRow>>();

const rowsOf = (term: string): ReadonlyMap<number, DecisionRow> => {
  const known = rowsByTermAndGrade.get(HEMATOLOGIC_TERMS.has(term) ? term : "ANY_OTHER");
  if (known !== undefined) return known;
  const rows = new Map<number, DecisionRow>();
  for (const grade of [3, 4, 5]) {
    const row = DECISION_TABLE.find((candidate) => holdsFor(candidate.when, term, grade));
    if (row !== undefined) rows.set(grade, row);
  }
  rowsByTermAndGrade.set(HEMATOLOGIC_TERMS.has(term) ? term : "ANY_OTHER", rows);
  return rows;
};

/** The row that a toxicity of this term and grade falls under; null below grade 3. */
export const rowForToxicity = (term: string, grade: number): DecisionRow | null =>
  term === FEBRILE_NEUTROPENIA ? FEBRILE_ROW : (rowsOf(term).get(grade) ?? null);

/** How a term's restart dose is found, and when it has recovered: the same in all rows of a term. */
export const rowForTerm = (term: string): DecisionRow => {
  const row = rowForToxicity(term, 3);
  if (row === null) throw new Error(`no row for ${term}`);
  return row;
};
