import { describe, expect, test } from "vitest";
import { ALL_MEANINGS, SUBJECT_KINDS, canMean, meaningsOf, needsSignature, orderKind } from "./signing";
import { meaningText, subjectWord } from "../language/signature-words";

describe("what a signature can mean", () => {
  test.each(SUBJECT_KINDS)("%s has a word, and meanings of the closed list, none twice", (kind) => {
    const meanings = meaningsOf(kind);
    expect(subjectWord(kind)).not.toBe("");
    expect(new Set(meanings).size).toBe(meanings.length);
    for (const meaning of meanings) {
      expect(ALL_MEANINGS).toContain(meaning);
      expect(canMean(kind, meaning)).toBe(true);
      expect(meaningText(meaning)).toMatch(/^[A-Z]/u);
    }
  });

  test("every meaning can be given to something", () => {
    for (const meaning of ALL_MEANINGS) expect(SUBJECT_KINDS.some((kind) => canMean(kind, meaning))).toBe(true);
  });

  test("a lock is not an order, and a decision against the rules is said to be one", () => {
    expect(canMean("lock", "ORDERED")).toBe(false);
    expect(canMean("override", "ORDERED")).toBe(false);
    expect(canMean("order", "DECIDED_AGAINST_RULES")).toBe(false);
  });
});

describe("orders", () => {
  test("a hold is anybody's; every other order is signed", () => {
    expect(needsSignature("WITHHOLD")).toBe(false);
    for (const action of ["RESUME", "SET_DOSE", "DISCONTINUE"] as const) expect(needsSignature(action)).toBe(true);
  });

  test("to resume as proposed is an order; otherwise, and to set a dose, is against the rules", () => {
    expect(orderKind({ action: "RESUME", asProposed: true })).toBe("order");
    expect(orderKind({ action: "RESUME", asProposed: false })).toBe("override");
    expect(orderKind({ action: "SET_DOSE", asProposed: true })).toBe("override");
    expect(orderKind({ action: "SET_DOSE", asProposed: false })).toBe("override");
    expect(orderKind({ action: "DISCONTINUE", asProposed: false })).toBe("order");
    expect(orderKind({ action: "WITHHOLD", asProposed: false })).toBe("order");
  });
});
