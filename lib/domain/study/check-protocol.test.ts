import { describe, expect, test } from "vitest";
import { readProtocol } from "../record/read-protocol";
import { Decimal } from "../decimal";
import { edgeOrderFindings } from "./check-counts";
import { checkDraft, type CheckedDraft } from "./check-protocol";
import type { Protocol } from "./protocol";

const RANGES = {
  neutrophils: { lower: 1.6 },
  platelets: { lower: 150 },
  alt: { upper: 60, unit: "U/L" },
  ast: { upper: 120 },
  bilirubin: { upper: 0.9, unit: "mg/dL" },
};

/** Nothing can be said against it but that rash ends at grade 3 in CTCAE: so a test sees what its own change adds. */
const protocol = (settings: object = {}): Protocol => {
  const clean = { version: 2, doseUnit: "mg/kg", doseLevels: [4, 3, 2, 1], referenceRanges: RANGES };
  const read = readProtocol({ ...clean, discontinueFindings: [{ term: "ANGIOEDEMA", grade: 1 }], ...settings }, "");
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  return read.value;
};

const levels = (...amounts: number[]) => amounts.map((amount) => new Decimal(amount));
const GROUP = { code: "G2", control: false, doseLevels: levels(4, 3, 2, 1) };

const said = (draft: Partial<CheckedDraft>) =>
  checkDraft({ protocol: protocol(), groups: [GROUP], resumePolicyChosen: true, amends: null, ...draft }).map(
    ({ severity, path }) => `${severity} ${path}`,
  );

test("nothing is said against a draft that is in order", () => {
  expect(said({})).toEqual([]);
});

describe("a warning for", () => {
  test.each([
    ["a grade that is never reached", { neutrophils: { grade3Below: 0.5, recoverAt: 0.5 } }, "neutrophils.grade4Below"],
    [
      "grades 2 and 3 that begin at one number",
      { platelets: { grade2Below: 50, grade3Below: 50 } },
      "platelets.grade2Below",
    ],
    ["counts that neither withhold nor recover", { neutrophils: { recoverAt: 1.5 } }, "neutrophils.recoverAt"],
    ["a fever that no animal has", { feverCelsius: 101 }, "feverCelsius"],
    ["a fever that every animal has", { feverCelsius: 36 }, "feverCelsius"],
    ["a window of no length", { febrileWindowHours: 0 }, "febrileWindowHours"],
    ["levels within the tolerance", { doseTolerancePercent: 25 }, "doseTolerancePercent"],
    ["a decrement to between two levels", { restartDecrement: 0.5 }, "restartDecrement"],
    ["a decrement below the lowest level", { restartDecrement: 3.5 }, "restartDecrement"],
    ["rash from grade 4", { discontinueFindings: [{ term: "RASH", grade: 4 }] }, "discontinueFindings[0].grade"],
    [
      "a finding recorded as absent",
      { discontinueFindings: [{ term: "ANGIOEDEMA", grade: 0 }] },
      "discontinueFindings[0].grade",
    ],
    ["a liver value that cannot be graded", { referenceRanges: { ...RANGES, ast: null } }, "referenceRanges.ast.upper"],
    [
      "a laboratory term whose rising value cannot be graded",
      { laboratoryTerms: { GGT_INCREASED: "hold" } },
      "referenceRanges.ggt.upper",
    ],
    [
      "a laboratory term whose grade 1 cannot be told",
      { laboratoryTerms: { ANEMIA: "grade" } },
      "referenceRanges.hemoglobin.lower",
    ],
    [
      "a count whose grade 1 cannot be told",
      { referenceRanges: { ...RANGES, platelets: null } },
      "referenceRanges.platelets.lower",
    ],
    [
      "a healthy animal that would be withheld",
      { referenceRanges: { ...RANGES, neutrophils: { lower: 0.8 } } },
      "referenceRanges.neutrophils.lower",
    ],
  ])("%s", (_what, settings, path) => {
    expect(said({ protocol: protocol(settings) })).toEqual([`warning ${path}`]);
  });

  test("grades that per cent of baseline leaves out, and what no animal reaches by it", () => {
    const percent = { basis: "percentOfBaseline", grade3Below: 50, recoverAt: 120 };
    expect(said({ protocol: protocol({ neutrophils: percent }) })).toEqual([
      "warning neutrophils.grade4Below",
      "warning neutrophils.grade2Below",
      "warning neutrophils.recoverAt",
      "warning neutrophils.recoverAt",
    ]);
  });

  test("a level that is taken away under animals on it, with where the next hold leads them", () => {
    const before = protocol();
    const onOwnLevels = [
      ...["M001", "M002"].map((animal) => ({ animal, dose: new Decimal(3) })),
      { animal: "M003", dose: new Decimal(4) },
      { animal: "M004", dose: new Decimal(1) },
    ];
    const amends = { before, reason: "Because", onOwnLevels };
    const after = protocol({ doseLevels: [4, 2], restartDecrement: 2 });
    const found = checkDraft({ protocol: after, groups: [], resumePolicyChosen: true, amends });
    expect(found.map(({ severity, path, message }) => `${severity} ${path}: ${message}`)).toEqual([
      "warning doseLevels: 3 mg/kg would be no level any more, and M001, M002 are on it: they stay there, and after the next hold for a count are restarted at 2 mg/kg.",
      "warning doseLevels: 1 mg/kg would be no level any more, and M004 is on it: it stays there, and after the next hold for a count is discontinued for good.",
    ]);
  });

  test("a ladder of one level", () => {
    expect(said({ groups: [{ ...GROUP, doseLevels: levels(4) }] })).toEqual(["warning groups[0].doseLevels"]);
    const one = protocol({ doseLevels: [4] });
    expect(said({ protocol: one, groups: [{ ...GROUP, doseLevels: [] }] })).toEqual(["warning doseLevels"]);
    expect(said({ groups: [{ code: "C", control: true, doseLevels: [] }] })).toEqual([]);
  });
});

describe("an error for", () => {
  test("a choice that nobody made, and cut-offs above every baseline", () => {
    expect(said({ resumePolicyChosen: false })).toEqual(["error resumePolicy"]);
    const percent = { basis: "percentOfBaseline", grade2Below: 130, grade3Below: 110, grade4Below: 20, recoverAt: 110 };
    expect(said({ protocol: protocol({ platelets: percent }) })).toEqual(["error platelets.grade3Below"]);
  });

  test.each([
    [{ bilirubin: { upper: 0.9 } }, "referenceRanges.bilirubin.unit"],
    [{ alt: { upper: 1, unit: "µkat/L" } }, "referenceRanges.alt.unit"],
    [{ neutrophils: { lower: 1600, unit: "cells/µL" } }, "referenceRanges.neutrophils.unit"],
    [{ hemoglobin: { lower: 120, unit: "g/L" } }, "referenceRanges.hemoglobin.unit"],
  ])("a unit that is missing or another one: %j", (range, path) => {
    const findings = said({ protocol: protocol({ referenceRanges: { ...RANGES, ...range } }) });
    expect(findings.filter((finding) => finding.startsWith("error"))).toEqual([`error ${path}`]);
  });

  test("K/µL is 10⁹/L by another name", () => {
    const ranges = { ...RANGES, neutrophils: { lower: 1.6, unit: "K/µL" } };
    expect(said({ protocol: protocol({ referenceRanges: ranges }) })).toEqual([]);
  });

  test("an amendment without a reason, without a difference, in another unit", () => {
    const before = protocol();
    expect(said({ amends: { before, reason: " ", onOwnLevels: [] } })).toEqual(["error reason", "error $"]);
    const other = protocol({ doseUnit: "mg" });
    expect(said({ protocol: other, amends: { before, reason: "Because", onOwnLevels: [] } })).toEqual([
      "error doseUnit",
    ]);
    const fever = protocol({ feverCelsius: 39 });
    expect(said({ protocol: fever, amends: { before, reason: "Because", onOwnLevels: [] } })).toEqual([]);
  });

  test("an amendment in force before the version that it amends", () => {
    const before = { ...protocol(), effectiveFrom: { ms: 2000, text: "later" } };
    const early = { ...protocol({ feverCelsius: 39 }), effectiveFrom: { ms: 2000, text: "as late" } };
    expect(said({ protocol: early, amends: { before, reason: "Because", onOwnLevels: [] } })).toEqual([
      "error effectiveFrom",
    ]);
  });

  test.each([
    ["mg/dL", "µmol/L", ["error referenceRanges.bilirubin.unit"]],
    ["µmol/L", "umol/L", []],
    ["mg/dL", null, ["error referenceRanges.bilirubin.unit"]],
    // Imported limits that name no unit: whoever amends them says which it was.
    [null, "µmol/L", []],
  ])("bilirubin in %s so far, and in %s from the amendment on", (was, is, expected) => {
    const before = protocol({ referenceRanges: { ...RANGES, bilirubin: { upper: 0.9, unit: was } } });
    const after = protocol({ referenceRanges: { ...RANGES, bilirubin: { upper: 15, unit: is } } });
    expect(said({ protocol: after, amends: { before, reason: "Because", onOwnLevels: [] } })).toEqual(expected);
  });

  test("bilirubin without limits so far is kept in mg/dL", () => {
    const before = protocol({ referenceRanges: { ...RANGES, bilirubin: null } });
    const after = protocol({ referenceRanges: { ...RANGES, bilirubin: { upper: 15, unit: "µmol/L" } } });
    expect(said({ protocol: after, amends: { before, reason: "Because", onOwnLevels: [] } })).toEqual([
      "error referenceRanges.bilirubin.unit",
    ]);
  });

  test("edges out of order, each where it stands", () => {
    const block = { grade2Below: 1, grade3Below: 1.5, grade4Below: 2, recoverAt: 1 };
    expect(edgeOrderFindings("neutrophils", block).map(({ path }) => path)).toEqual([
      "neutrophils.grade4Below",
      "neutrophils.grade3Below",
      "neutrophils.recoverAt",
    ]);
    expect(edgeOrderFindings("platelets", { grade3Below: 50, recoverAt: 50, grade4Below: null })).toEqual([]);
  });
});
