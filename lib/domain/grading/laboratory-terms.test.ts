import { describe, expect, test } from "vitest";

import { cbc, dose, historyOf, lft, type Happening } from "../../../test/oracle/tell-history";
import { LABORATORY_TERMS } from "./criteria";

const RANGES = { creatinine: { upper: 0.6 } };
const LABORATORY = { laboratoryTerms: Object.fromEntries(LABORATORY_TERMS.map((term) => [term, "grade"])) };

describe("a laboratory term that cannot be graded", () => {
  const said = (settings: object, ...story: readonly Happening[]): readonly string[] => {
    const { grades, notEvaluable } = historyOf(story, { protocols: [settings] });
    const terms = new Set<string>(LABORATORY_TERMS);
    return [
      ...grades.map(({ entry, term, grade }) => ({ entry, term, said: String(grade) })),
      ...notEvaluable.map(({ entry, term, reason }) => ({ entry, term, said: reason })),
    ].flatMap((one) => (terms.has(one.term) ? [`${one.entry} ${one.term} ${one.said}`] : []));
  };
  const named = (...terms: readonly string[]) => ({
    laboratoryTerms: Object.fromEntries(terms.map((term) => [term, "grade"])),
  });

  test("is not mentioned where the protocol does not name it", () => {
    const values = { wbc: 0.1, hemoglobin: 1, lymphocytes: 0 };
    expect(said(named("ANEMIA"), cbc(4, values))).toEqual(["e1 ANEMIA 3"]);
    expect(said({}, cbc(4, values), lft(4, { alp: 9999, ggt: 9999, creatinine: 99 }))).toEqual([]);
  });
  test("is not reported, in the order of the tables", () => {
    expect(said(LABORATORY, cbc(4, {}), lft(4, {}))).toEqual([
      "e1 ANEMIA NOT_REPORTED",
      "e1 WHITE_BLOOD_CELL_DECREASED NOT_REPORTED",
      "e1 LYMPHOCYTE_COUNT_DECREASED NOT_REPORTED",
      "e2 ALP_INCREASED NOT_REPORTED",
      "e2 GGT_INCREASED NOT_REPORTED",
      "e2 CREATININE_INCREASED NOT_REPORTED",
    ]);
  });
  test("has no reference range, unless a milder grade or a high baseline tells", () => {
    const settings = { ...named("ANEMIA", "ALP_INCREASED", "CREATININE_INCREASED"), referenceRanges: {} };
    const story = [
      cbc(4, { hemoglobin: 9.9 }),
      cbc(4, { hemoglobin: 10 }),
      lft(4, { alp: 300, creatinine: 0.2 }),
      dose(5, 4),
      lft(6, { alp: 9999, creatinine: 9 }),
    ];
    expect(said(settings, ...story)).toEqual([
      "e1 ANEMIA 2",
      "e2 ANEMIA NO_REFERENCE_RANGE",
      "e3 ALP_INCREASED NO_REFERENCE_RANGE",
      "e3 CREATININE_INCREASED NO_REFERENCE_RANGE",
      "e5 ALP_INCREASED NO_REFERENCE_RANGE",
      "e5 CREATININE_INCREASED NO_REFERENCE_RANGE",
    ]);
  });
  test("is graded by a high baseline that was settled before any version named it or after the limit was dropped", () => {
    const first = { referenceRanges: { alp: { upper: 200 } } };
    const later = { ...named("ALP_INCREASED"), effectiveFrom: "2026-01-08T00:00:00Z", referenceRanges: {} };
    const story = [lft(4, { alp: 300 }), dose(5, 4), lft(12, { alp: 599 }), lft(13, { alp: 600 })];
    const { grades } = historyOf(story, { protocols: [first, later] });
    expect(grades.filter(({ term }) => term === "ALP_INCREASED")).toEqual([
      { entry: "e3", term: "ALP_INCREASED", grade: 0 },
      { entry: "e4", term: "ALP_INCREASED", grade: 1 },
    ]);
  });
  test("has a creatinine baseline only from the first dose on, the last without a qualifier", () => {
    const story = [
      lft(2, { creatinine: 0.4 }),
      lft(3, { creatinine: 0.2 }),
      lft(4, { creatinine: 0.1, qualifiers: { creatinine: "<" } }),
      lft(4, { creatinine: 0.5 }, 10),
    ];
    const graded = (happenings: readonly Happening[]) =>
      said({ ...named("CREATININE_INCREASED"), referenceRanges: RANGES }, ...happenings).at(-1);
    expect(graded(story)).toBe("e4 CREATININE_INCREASED 0");
    expect(graded([...story.slice(0, 3), dose(5, 4), lft(6, { creatinine: 0.31 })])).toBe("e5 CREATININE_INCREASED 2");
  });
});
