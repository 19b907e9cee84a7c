import { expect, test } from "vitest";
import { contentWords } from "./content-words";

const entry = { animal: "M001", reason: "Pale" };

test("an order is said with its dose and unit, and why", () => {
  const content = { doseUnit: "mg/kg", entry: { ...entry, action: "RESUME", dose: 3 } };
  expect(contentWords("override", "x", content)).toEqual({
    animal: "M001",
    says: "resume at 3 mg/kg",
    reason: "Pale",
  });
  const set = { doseUnit: "mg/kg", entry: { ...entry, action: "SET_DOSE", dose: 2.5 } };
  expect(contentWords("override", "x", set).says).toBe("set dose to 2.5 mg/kg");
  expect(contentWords("order", "x", { entry: { ...entry, action: "DISCONTINUE" } }).says).toBe("discontinue");
});

test("a dose off protocol is said with what was wrong about it and the reason that was given", () => {
  const content = {
    doseUnit: "mg/kg",
    deviations: ["WRONG_DOSE", "SOMETHING_NEW"],
    entry: { animal: "M001", amount: 4, deviation: { reason: "Syringe filled for the neighbour" } },
  };
  expect(contentWords("deviation", "x", content)).toEqual({
    animal: "M001",
    says: "4 mg/kg given: dose differs from prescribed dose; SOMETHING_NEW",
    reason: "Syringe filled for the neighbour",
  });
});

test("a review is said with what was changed and what was decided", () => {
  const review = { animal: "M009", kind: "cbc", impact: { cause: "correction" } };
  expect(contentWords("review", "r", { review, decision: "The hold stays" })).toEqual({
    animal: "M009",
    says: "CBC corrected: The hold stays",
    reason: null,
  });
});

test("a review of the trail is said with how much it marks and what was found", () => {
  const content = { items: [{ says: "late" }, { says: "late" }], note: "Both were noted on paper" };
  expect(contentWords("audit_review", "r", content)).toEqual({
    animal: null,
    says: "2 exceptions",
    reason: "Both were noted on paper",
  });
});

test("a lock is said with how much it covers", () => {
  const content = { study: "POM-001", reason: "All in", record: { animals: 40, entries: 2100 } };
  expect(contentWords("lock", "POM-001", content)).toEqual({
    animal: null,
    says: "40 animals, 2100 entries",
    reason: "All in",
  });
});

test.each([null, undefined, 3, "text", [], { entry: [], deviations: {} }])("%j is said without failing", (content) => {
  expect(contentWords("deviation", "x", content)).toMatchObject({ animal: null, reason: null });
  expect(contentWords("protocol", "2", content)).toMatchObject({ says: "version 2" });
  expect(contentWords("review", "r", content)).toMatchObject({ says: "r" });
});
