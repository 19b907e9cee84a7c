import { describe, expect, test } from "vitest";

import type { RangedField } from "../../../test/oracle/document";
import { cbc, dose, historyOf, lft, weight, type Happening } from "../../../test/oracle/tell-history";
import { LABORATORY_TERMS } from "./criteria";

const JUST = 1e-9;

type Qualifier = "<" | ">" | null;

/** The grade just below, at and just above an edge, and of a result reported as "<" or ">" the edge. */
type EdgeRow = readonly [edge: number, below: number, at: number, above: number];

const RANGES = {
  neutrophils: { lower: 1.8 },
  platelets: { lower: 150 },
  alt: { upper: 60 },
  ast: { upper: 120 },
  bilirubin: { upper: 0.9 },
  alp: { upper: 200 },
  ggt: { upper: 10 },
  creatinine: { upper: 0.6 },
  hemoglobin: { lower: 12 },
  wbc: { lower: 4 },
  lymphocytes: { lower: 2 },
};

const LABORATORY = { laboratoryTerms: Object.fromEntries(LABORATORY_TERMS.map((term) => [term, "grade"])) };

const gradeAfter = (baseline: Happening, term: string, entry: Happening, settings: object = {}): number | undefined =>
  historyOf([baseline, dose(5, 4), entry], { protocols: [{ referenceRanges: RANGES, ...settings }] }).grades.find(
    (grade) => grade.entry === "e3" && grade.term === term,
  )?.grade;

const onEdges = (
  rows: readonly EdgeRow[],
  gradeOf: (value: number, qualifier: Qualifier) => number | undefined,
): void => {
  for (const [edge, below, at, above] of rows) {
    const grades = [gradeOf(edge - JUST, null), gradeOf(edge, null), gradeOf(edge + JUST, null)];
    expect(grades, `around ${edge}`).toEqual([below, at, above]);
    expect([gradeOf(edge, "<"), gradeOf(edge, ">")], `beside ${edge}`).toEqual([below, above]);
  }
};

const counts =
  (field: "neutrophils" | "platelets", term: string, settings?: object) => (value: number, mark: Qualifier) =>
    gradeAfter(
      cbc(4, { neutrophils: 2, platelets: 200 }),
      term,
      cbc(12, { [field]: value, qualifiers: { [field]: mark } }),
      settings,
    );

const liver = (field: RangedField, term: string, baseline: number) => (value: number, mark: Qualifier) =>
  gradeAfter(
    lft(4, { [field]: baseline }),
    term,
    lft(12, { [field]: value, qualifiers: { [field]: mark } }),
    LABORATORY,
  );

describe("falling counts: the lower end of a range belongs to the milder grade", () => {
  test("neutrophils", () => {
    onEdges(
      [
        [0.5, 4, 3, 3],
        [1, 3, 2, 2],
        [1.5, 2, 1, 1],
        [1.8, 1, 0, 0],
      ],
      counts("neutrophils", "NEUTROPENIA"),
    );
  });
  test("platelets", () => {
    onEdges(
      [
        [25, 4, 3, 3],
        [50, 3, 2, 2],
        [75, 2, 1, 1],
        [150, 1, 0, 0],
      ],
      counts("platelets", "THROMBOCYTOPENIA"),
    );
  });
  test("in per cent of the animal's own baseline, without a grade 1", () => {
    const neutrophils = {
      basis: "percentOfBaseline",
      grade2Below: 75,
      grade3Below: 50,
      grade4Below: 25,
      recoverAt: 60,
    };
    const edges: EdgeRow[] = [
      [0.5, 4, 3, 3],
      [1, 3, 2, 2],
      [1.5, 2, 0, 0],
    ];
    onEdges(edges, counts("neutrophils", "NEUTROPENIA", { neutrophils }));
  });
  test("in per cent, only with the cut-offs that are given", () => {
    const neutrophils = { basis: "percentOfBaseline", grade3Below: 33.3, recoverAt: 33.3 };
    onEdges([[0.666, 3, 0, 0]], counts("neutrophils", "NEUTROPENIA", { neutrophils }));
  });
});

describe("rising liver values: the upper end of a range belongs to the milder grade", () => {
  test.each([
    ["alt", "ALT_INCREASED", 60],
    ["ast", "AST_INCREASED", 120],
  ] as const)("%s from a normal baseline, in multiples of the upper limit", (field, term, upper) => {
    const edges: EdgeRow[] = [
      [upper, 0, 0, 1],
      [3 * upper, 1, 1, 2],
      [5 * upper, 2, 2, 3],
      [20 * upper, 3, 3, 4],
    ];
    onEdges(edges, liver(field, term, upper));
  });
  test.each([
    ["alt", "ALT_INCREASED", 80],
    ["ast", "AST_INCREASED", 160],
  ] as const)("%s from a high baseline, in multiples of it, 1.5 times included", (field, term, high) => {
    const edges: EdgeRow[] = [
      [1.5 * high, 0, 1, 1],
      [3 * high, 1, 1, 2],
      [5 * high, 2, 2, 3],
      [20 * high, 3, 3, 4],
    ];
    onEdges(edges, liver(field, term, high));
  });
  test("bilirubin, from a normal and from a high baseline", () => {
    onEdges(
      [
        [0.9, 0, 0, 1],
        [1.35, 1, 1, 2],
        [2.7, 2, 2, 3],
        [9, 3, 3, 4],
      ],
      liver("bilirubin", "BILIRUBIN_INCREASED", 0.4),
    );
    onEdges(
      [
        [2, 0, 0, 1],
        [3, 1, 1, 2],
        [6, 2, 2, 3],
        [20, 3, 3, 4],
      ],
      liver("bilirubin", "BILIRUBIN_INCREASED", 2),
    );
  });
});

describe("laboratory terms", () => {
  test.each([
    [
      "hemoglobin",
      "ANEMIA",
      [
        [8, 3, 2, 2],
        [10, 2, 1, 1],
        [12, 1, 0, 0],
      ],
    ],
    [
      "wbc",
      "WHITE_BLOOD_CELL_DECREASED",
      [
        [1, 4, 3, 3],
        [2, 3, 2, 2],
        [3, 2, 1, 1],
        [4, 1, 0, 0],
      ],
    ],
    [
      "lymphocytes",
      "LYMPHOCYTE_COUNT_DECREASED",
      [
        [0.2, 4, 3, 3],
        [0.5, 3, 2, 2],
        [0.8, 2, 1, 1],
        [2, 1, 0, 0],
      ],
    ],
  ] as const)("%s falls: the lower end belongs to the milder grade", (field, term, edges) => {
    onEdges(edges, (value, mark) =>
      gradeAfter(cbc(4, { [field]: 20 }), term, cbc(12, { [field]: value, qualifiers: { [field]: mark } }), LABORATORY),
    );
  });
  test.each([
    ["alp", "ALP_INCREASED", 200],
    ["ggt", "GGT_INCREASED", 10],
  ] as const)("%s rises: from a normal baseline, and from a high one, 2 times included", (field, term, upper) => {
    const above = (unit: number): EdgeRow[] => [
      [2.5 * unit, 1, 1, 2],
      [5 * unit, 2, 2, 3],
      [20 * unit, 3, 3, 4],
    ];
    onEdges([[upper, 0, 0, 1], ...above(upper)], liver(field, term, upper));
    const high = 1.5 * upper;
    onEdges([[2 * high, 0, 1, 1], ...above(high)], liver(field, term, high));
  });
  test("creatinine has the higher of its two readings", () => {
    const creatinine = (baseline: number) => liver("creatinine", "CREATININE_INCREASED", baseline);
    onEdges(
      [
        [0.6, 0, 0, 1],
        [0.9, 1, 1, 2],
        [1.8, 2, 2, 3],
        [3.6, 3, 3, 4],
      ],
      creatinine(0.6),
    );
    // From a low baseline grades 2 and 3 begin within the reference range, and there is no grade 4 by it.
    onEdges(
      [
        [0.3, 0, 0, 2],
        [0.6, 2, 2, 3],
        [1.8, 3, 3, 3],
        [3.6, 3, 3, 4],
      ],
      creatinine(0.2),
    );
    // A baseline above the limit is the milder reading of the two.
    onEdges(
      [
        [0.6, 0, 0, 1],
        [0.9, 1, 1, 2],
        [1.8, 2, 2, 3],
        [3.6, 3, 3, 4],
      ],
      creatinine(1.2),
    );
    // Of 0 there is no baseline.
    onEdges(
      [
        [0.6, 0, 0, 1],
        [0.9, 1, 1, 2],
      ],
      creatinine(0),
    );
  });
});

test("weight loss from baseline: 5, 10 and 20 % included, without a grade 4", () => {
  const edges: EdgeRow[] = [
    [19, 1, 1, 0],
    [18, 2, 2, 1],
    [16, 3, 3, 2],
    [4, 3, 3, 3],
  ];
  onEdges(edges, (grams, mark) =>
    gradeAfter(weight(4, { grams: 20 }), "WEIGHT_LOSS", weight(12, { grams, qualifiers: { grams: mark } })),
  );
});

describe("what cannot be graded is said", () => {
  const reasons = (happenings: readonly Happening[], settings: object = {}): readonly string[] =>
    historyOf(happenings, { protocols: [settings] }).notEvaluable.map(
      ({ entry, term, reason }) => `${entry} ${term} ${reason}`,
    );

  test("a count or liver value that was not reported, before the first dose as well", () => {
    expect(reasons([cbc(4, { platelets: 200 }), lft(4, { ast: 60, bilirubin: null })])).toEqual([
      "e1 NEUTROPENIA NOT_REPORTED",
      "e2 ALT_INCREASED NOT_REPORTED",
      "e2 BILIRUBIN_INCREASED NOT_REPORTED",
    ]);
  });
  test("a count that only a lower limit could tell from normal, though a low one is graded", () => {
    const settings = { referenceRanges: {} };
    expect(reasons([cbc(4, { neutrophils: 2, platelets: 70 })], settings)).toEqual([
      "e1 NEUTROPENIA NO_REFERENCE_RANGE",
    ]);
  });
  test("weight and per cent of baseline want a baseline, and nothing is said of them before the first dose", () => {
    const platelets = { basis: "percentOfBaseline", grade3Below: 50, recoverAt: 60 };
    const story = [
      weight(3, { grams: 20, qualifiers: { grams: ">" } }),
      cbc(3, { neutrophils: 2, platelets: 0 }),
      dose(5, 4),
    ];
    expect(
      reasons([...story, weight(6, { grams: 10 }), cbc(6, { neutrophils: 2, platelets: 5 })], { platelets }),
    ).toEqual(["e4 WEIGHT_LOSS NO_BASELINE", "e5 THROMBOCYTOPENIA NO_BASELINE"]);
  });
  test("a high baseline needs no upper limit later", () => {
    const protocols = [{}, { effectiveFrom: "2026-01-08T00:00:00Z", referenceRanges: {} }];
    const story = [
      lft(4, { alt: 80, ast: 60, bilirubin: 0.4 }),
      dose(5, 4),
      lft(12, { alt: 500, ast: 600, bilirubin: 1 }),
    ];
    const history = historyOf(story, { protocols });
    expect(history.grades.filter(({ entry }) => entry === "e3")).toEqual([
      { entry: "e3", term: "ALT_INCREASED", grade: 3 },
    ]);
    expect(history.notEvaluable.map(({ reason }) => reason)).toEqual(["NO_REFERENCE_RANGE", "NO_REFERENCE_RANGE"]);
  });
});
