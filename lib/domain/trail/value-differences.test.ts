import { expect, test } from "vitest";
import { kindTitle, valueDifferences } from "./value-differences";

const of = (oldValue: string | null, newValue: string | null) =>
  valueDifferences({ oldValue, newValue, timeZone: "Asia/Kolkata" });

const before = JSON.stringify({ id: "c1", kind: "cbc", neutrophils: 0.8, reported: { neutrophils: { text: "0.80" } } });
const after = JSON.stringify({
  id: "c2",
  kind: "cbc",
  neutrophils: 1.8,
  corrects: "c1",
  findings: [{ term: "RASH", grade: 2 }],
  skin: { bullae: false },
  doseLevels: [4, 3],
});

test("what differs, in the field's words, before and after side by side", () => {
  expect(of(before, after)).toEqual([
    { field: "Neutrophils", before: "0.8 × 10⁹/L", after: "1.8 × 10⁹/L" },
    { field: "Findings 1, term", before: null, after: "rash" },
    { field: "Findings 1, grade", before: null, after: "2" },
    { field: "Skin, bullae", before: null, after: "no" },
    { field: "Dose levels", before: null, after: "4, 3" },
    { field: "As typed, neutrophils", before: "0.80", after: null },
    { field: "Id", before: "c1", after: "c2" },
    { field: "Corrects entry", before: null, after: "c1" },
  ]);
});

test("of an event with one value every field is told, what the event says anyway last", () => {
  expect(of(null, before).map(({ field }) => field)).toEqual(["Kind", "Neutrophils", "As typed, neutrophils", "Id"]);
  expect(of(null, null)).toEqual([]);
});

test("a value that is no object, and one that cannot be read, are shown as they are", () => {
  expect(of(null, "3")).toEqual([{ field: "Value", before: null, after: "3" }]);
  expect(of(null, "{")).toEqual([{ field: "Value", before: null, after: "{" }]);
});

test("a kind is said as a sentence begins", () => {
  expect(kindTitle("SIGN_IN_FAILED")).toBe("Sign in failed");
});

test("numbers have their unit, codes are words, instants are on the study's clock, what was typed is one line", () => {
  const entry = {
    kind: "cbc",
    reasonCode: "WRONG_UNIT",
    grams: 24.5,
    observedAt: "2026-03-03T20:00:00.000Z",
    reported: { grams: { text: "24.50", unit: "g", firstReading: "2.45" } },
  };
  expect(of(null, JSON.stringify(entry)).map(({ field, after }) => `${field}: ${after ?? ""}`)).toEqual([
    "Kind: CBC",
    "Reason code: wrong unit",
    "Body weight: 24.5 g",
    "As typed, body weight: 24.50 g, first reading 2.45",
    "Observed at: 4 Mar 2026, 01:30:00",
  ]);
  expect(of(JSON.stringify([]), JSON.stringify(["study_director", "technician"]))).toEqual([
    { field: "Value", before: "none", after: "study director, technician" },
  ]);
  const signed = { meaning: "FOLLOW_UP" };
  expect(of(null, JSON.stringify(signed))[0]?.after).toBe("Reviewed; follow-up required");
});

test("of a protocol its settings are told by their own names, and its dose groups after them", () => {
  const version = {
    version: 2,
    groups: [{ code: "G1" }],
    settings: { neutrophils: { recoverAt: 1.5 }, groups: [{ code: "G1" }] },
  };
  expect(of(null, JSON.stringify(version)).map(({ field }) => field)).toEqual([
    "Version",
    "Neutrophils, recovers at",
    "Groups 1, code",
  ]);
});
