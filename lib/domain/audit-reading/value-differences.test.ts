import { expect, test } from "vitest";
import { kindTitle, valueDifferences } from "./value-differences";

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
  expect(valueDifferences(before, after)).toEqual([
    { field: "Neutrophils", before: "0.8", after: "1.8" },
    { field: "Corrects entry", before: null, after: "c1" },
    { field: "Findings 1, term", before: null, after: "RASH" },
    { field: "Findings 1, grade", before: null, after: "2" },
    { field: "Skin, bullae", before: null, after: "no" },
    { field: "Dose levels", before: null, after: "4, 3" },
    { field: "As typed, neutrophils, text", before: "0.80", after: null },
    { field: "Id", before: "c1", after: "c2" },
  ]);
});

test("of an event with one value every field is told, what the event says anyway last", () => {
  expect(valueDifferences(null, before).map(({ field }) => field)).toEqual([
    "Kind",
    "Neutrophils",
    "As typed, neutrophils, text",
    "Id",
  ]);
  expect(valueDifferences(null, null)).toEqual([]);
});

test("a value that is no object, and one that cannot be read, are shown as they are", () => {
  expect(valueDifferences(null, "3")).toEqual([{ field: "Value", before: null, after: "3" }]);
  expect(valueDifferences(null, "{")).toEqual([{ field: "Value", before: null, after: "{" }]);
});

test("a kind is said as a sentence begins", () => {
  expect(kindTitle("SIGN_IN_FAILED")).toBe("Sign in failed");
});
