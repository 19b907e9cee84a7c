import { expect, test } from "vitest";
import { Decimal } from "../decimal";
import { LABORATORY_TERMS } from "../grading/criteria";
import { readProtocol } from "../record/read-protocol";
import { cutOffReading, withReading } from "./cut-off-readings";
import { protocolDifference } from "./difference";
import type { Protocol } from "./protocol";

const protocol = (settings: object = {}): Protocol => {
  const read = readProtocol({ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2, 1], ...settings }, "");
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  return read.value;
};

test("a version does not differ from itself, however it is written", () => {
  expect(protocolDifference(protocol(), protocol({ neutrophils: {}, feverCelsius: 38.5 }))).toEqual([]);
});

test.each([
  [{ doseLevels: [4, 2] }, "doseLevels", "4, 3, 2, 1 mg/kg", "4, 2 mg/kg"],
  [{ restartDecrement: 0.5 }, "restartDecrement", "1 mg/kg", "0.5 mg/kg"],
  [{ feverCelsius: 39 }, "feverCelsius", "38.5 °C", "39 °C"],
  [{ febrileWindowHours: 12 }, "febrileWindowHours", "24 hours", "12 hours"],
  [{ neutrophils: { grade3Below: 0.5 } }, "neutrophils.grade3Below", "1 × 10⁹/L", "0.5 × 10⁹/L"],
  [{ platelets: { recoverAt: 75 } }, "platelets.recoverAt", "50 × 10⁹/L", "75 × 10⁹/L"],
  [{ otherRecoverGrade: 1 }, "otherRecoverGrade", "grade 2 or lower", "grade 1 or lower"],
  [{ doseTolerancePercent: 5 }, "doseTolerancePercent", "0 % of the dose in force", "5 % of the dose in force"],
  [{ referenceRanges: { alt: { upper: 60 } } }, "referenceRanges.alt.upper", "none", "60 U/L"],
  [
    { referenceRanges: { bilirubin: { upper: 0.9, unit: "mg/dL" } } },
    "referenceRanges.bilirubin.upper",
    "none",
    "0.9 mg/dL",
  ],
  [
    { laboratoryTerms: { GGT_INCREASED: "hold" } },
    "laboratoryTerms.GGT_INCREASED",
    "not graded",
    "graded, and withholds",
  ],
  [{ laboratoryTerms: { ANEMIA: "grade" } }, "laboratoryTerms.ANEMIA", "not graded", "graded"],
  [{ referenceRanges: { wbc: { lower: 2.5 } } }, "referenceRanges.wbc.lower", "none", "2.5 × 10⁹/L"],
  [{ referenceRanges: { alp: { upper: 140 } } }, "referenceRanges.alp.upper", "none", "140 U/L"],
])("%j is told at its path, from what to what", (settings, path, before, after) => {
  expect(protocolDifference(protocol(), protocol(settings))).toMatchObject([{ path, before, after }]);
});

test("every limit of normal and every laboratory term is told", () => {
  const before = protocol();
  const limit = { lower: new Decimal(1), upper: new Decimal(2), unit: "u" };
  const ranges = Object.keys(before.referenceRanges);
  const after = {
    ...before,
    laboratoryTerms: new Map(LABORATORY_TERMS.map((term) => [term, "grade"] as const)),
    referenceRanges: Object.fromEntries(ranges.map((key) => [key, limit])) as unknown as Protocol["referenceRanges"],
  };
  const paths = protocolDifference(before, after).map(({ path }) => path);
  const limits = ranges.flatMap((key) => [`referenceRanges.${key}.lower`, `referenceRanges.${key}.upper`]);
  expect(paths.toSorted()).toEqual(
    [...LABORATORY_TERMS.map((term) => `laboratoryTerms.${term}`), ...limits].toSorted(),
  );
});

test("another rule set is told by its id", () => {
  const later = { ...protocol(), ruleSet: "2027-1" as Protocol["ruleSet"] };
  expect(protocolDifference(protocol(), later)).toMatchObject([{ path: "ruleSet", before: "2026-1", after: "2027-1" }]);
});

test("in another unit every dose is another one", () => {
  const paths = protocolDifference(protocol(), protocol({ doseUnit: "mg" })).map(({ path }) => path);
  expect(paths).toEqual(["doseUnit", "doseLevels", "restartDecrement"]);
});

test("the findings that discontinue are told in words", () => {
  const [change] = protocolDifference(protocol(), protocol({ discontinueFindings: [{ term: "RASH", grade: 3 }] }));
  expect(change?.after).toBe("rash from grade 3");
  expect(change?.before).toContain("angioedema from grade 1");
});

test("what a cut-off means for the animals", () => {
  const lower = protocol({ neutrophils: { grade3Below: 0.5, recoverAt: 0.5 } });
  expect(protocolDifference(protocol(), lower).map(({ meaning }) => meaning)).toEqual([
    "Neutrophils from 0.5 to below 1 × 10⁹/L no longer withhold.",
    "Neutrophils from 0.5 to below 1 × 10⁹/L now count as recovered.",
  ]);
  expect(protocolDifference(lower, protocol()).map(({ meaning }) => meaning)).toEqual([
    "Neutrophils from 0.5 to below 1 × 10⁹/L now withhold as well.",
    "Neutrophils from 0.5 to below 1 × 10⁹/L no longer count as recovered.",
  ]);
  const relative = protocol({ platelets: { basis: "percentOfBaseline", grade3Below: 50, recoverAt: 75 } });
  expect(protocolDifference(protocol(), relative).map(({ path, meaning }) => [path, meaning])).toEqual([
    ["platelets.basis", null],
    ["platelets.grade2Below", null],
    ["platelets.grade3Below", null],
    ["platelets.grade4Below", null],
    ["platelets.recoverAt", null],
  ]);
  const [resumes] = protocolDifference(protocol(), protocol({ resumePolicy: "on-order" }));
  expect(resumes?.meaning).toContain("stays withheld until it is ordered");
});

test("another reading changes the counts, and nothing else", () => {
  const paths = (key: "us-label" | "ctcae-v6") =>
    protocolDifference(protocol(), withReading(protocol(), key)).map(({ path, after }) => `${path} ${after}`);
  expect(paths("us-label")).toEqual([
    "neutrophils.grade3Below 0.5 × 10⁹/L",
    "neutrophils.recoverAt 0.5 × 10⁹/L",
    "platelets.grade3Below 25 × 10⁹/L",
  ]);
  expect(paths("ctcae-v6")).toEqual([
    "neutrophils.grade2Below 1 × 10⁹/L",
    "neutrophils.grade3Below 0.5 × 10⁹/L",
    "neutrophils.grade4Below 0.1 × 10⁹/L",
    "platelets.grade4Below 10 × 10⁹/L",
  ]);
  expect(cutOffReading("us-label").limits.join(" ")).toContain("fever");
});
