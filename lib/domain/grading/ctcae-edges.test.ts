import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";

import { hasShared, sharedText } from "../../../test/cases/shared-files.property";
import type { RangedField } from "../../../test/oracle/document";
import { Decimal } from "../decimal";
import { LABORATORY_TERMS } from "./criteria";
import { cbc, dose, historyOf, lft, weight, type Happening } from "../../../test/oracle/tell-history";

type Vector = {
  readonly ctcae: string;
  readonly term: string;
  readonly value: string;
  readonly lln: string;
  readonly uln: string;
  readonly baseline: string;
  readonly grade: string;
  readonly why: string;
};

/** The field of a term, and how many of the vectors' units are one of ours. */
type Graded = { readonly term: string; readonly field: RangedField; readonly perUnit?: number };

const FIELDS: Readonly<Record<string, Graded>> = {
  "Neutrophil count decreased": { term: "NEUTROPENIA", field: "neutrophils" },
  "Platelet count decreased": { term: "THROMBOCYTOPENIA", field: "platelets" },
  "Alanine aminotransferase increased": { term: "ALT_INCREASED", field: "alt" },
  "Aspartate aminotransferase increased": { term: "AST_INCREASED", field: "ast" },
  "Blood bilirubin increased": { term: "BILIRUBIN_INCREASED", field: "bilirubin" },
  Anemia: { term: "ANEMIA", field: "hemoglobin", perUnit: 10 },
  "White blood cell decreased": { term: "WHITE_BLOOD_CELL_DECREASED", field: "wbc" },
  "Lymphocyte count decreased": { term: "LYMPHOCYTE_COUNT_DECREASED", field: "lymphocytes" },
  "Alkaline phosphatase increased": { term: "ALP_INCREASED", field: "alp" },
  "GGT increased": { term: "GGT_INCREASED", field: "ggt" },
  "Creatinine increased": { term: "CREATININE_INCREASED", field: "creatinine" },
};

const COUNTS: readonly RangedField[] = ["neutrophils", "platelets", "hemoglobin", "wbc", "lymphocytes"];
const ALL_GRADED = Object.fromEntries(LABORATORY_TERMS.map((term) => [term, "grade"]));

/** A grade, or "NA" where it is said to be not evaluable. */
const gradeAfterFirstDose = (term: string, before: readonly Happening[], after: Happening, ranges: object): string => {
  const history = historyOf([...before, dose(5, 4), after], {
    protocols: [{ laboratoryTerms: ALL_GRADED, referenceRanges: ranges }],
  });
  const last = `e${before.length + 2}`;
  const graded = history.grades.find((grade) => grade.entry === last && grade.term === term);
  if (graded !== undefined) return String(graded.grade);
  const missing = history.notEvaluable.some((one) => one.entry === last && one.term === term);
  return missing ? "NA" : "not said";
};

const gradeOf = ({ term: name, value, lln, uln, baseline }: Vector): string => {
  if (name === "Weight loss") {
    const grams = new Decimal(100).minus(value).toNumber();
    return gradeAfterFirstDose("WEIGHT_LOSS", [weight(4, { grams: 100 })], weight(12, { grams }), {});
  }
  const row = FIELDS[name];
  if (row === undefined) throw new Error(`${name} is not a term that is graded here`);
  const given = (text: string): number | null =>
    text === "" ? null : new Decimal(text).div(row.perUnit ?? 1).toNumber();
  const entry = COUNTS.includes(row.field) ? cbc : lft;
  const before = baseline === "" ? [] : [entry(4, { [row.field]: given(baseline) })];
  const ranges = { [row.field]: { lower: given(lln), upper: given(uln) } };
  return gradeAfterFirstDose(row.term, before, entry(12, { [row.field]: given(value) }), ranges);
};

const sample: readonly Vector[] = parse(readFileSync("test/cases/ctcae-sample.csv"), { columns: true });

test.each(sample)("$term $value, limits $lln–$uln, baseline $baseline is grade $grade: $why", (vector) => {
  expect(gradeOf(vector)).toBe(vector.grade);
});

const PATH = "data/ctcae/edge-vectors.csv";
const vectors: readonly Vector[] = hasShared(PATH) ? parse(sharedText(PATH), { columns: true }) : [];
const ours = vectors.filter(({ ctcae, term }) => ctcae === "5.0" && (term in FIELDS || term === "Weight loss"));

describe.skipIf(ours.length === 0)("CTCAE v5.0 edges (skipped: ../shared/data is not beside this checkout)", () => {
  test("there are vectors for all thirteen terms that are graded from a measurement", () => {
    expect(new Set(ours.map(({ term }) => term)).size).toBe(Object.keys(FIELDS).length + 1);
  });

  test.each(ours)("$term $value, limits $lln–$uln, baseline $baseline is grade $grade", (vector) => {
    expect(gradeOf(vector)).toBe(vector.grade);
  });
});
