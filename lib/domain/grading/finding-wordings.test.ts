import { describe, expect, test } from "vitest";
import { PROTOCOL_DEFAULTS } from "../study/defaults";
import { readFinding } from "../record/read-finding";
import { FINDING_WORDINGS, findingTerm, findingWording, gradeWording, meantTerm } from "./finding-wordings";

describe("the table of finding wordings", () => {
  test("every term is one that an observation may carry, and stands once", () => {
    for (const { term } of FINDING_WORDINGS) expect(readFinding({ term, grade: 1 }, "f")).toEqual({ term, grade: 1 });
    expect(new Set(FINDING_WORDINGS.map(({ term }) => term)).size).toBe(FINDING_WORDINGS.length);
    expect(new Set(FINDING_WORDINGS.map(({ label }) => findingTerm(label))).size).toBe(FINDING_WORDINGS.length);
  });

  test("no label is another row's term", () => {
    for (const row of FINDING_WORDINGS) {
      const named = findingWording(findingTerm(row.label));
      expect(named === null || named === row).toBe(true);
    }
  });

  test("every finding that discontinues by default is worded at the grade from which it does", () => {
    for (const { term, grade } of PROTOCOL_DEFAULTS.discontinueFindings) {
      const row = findingWording(term);
      expect(row, term).not.toBeNull();
      expect(([1, 2, 3, 4, 5] as const).some((level) => level >= grade && row?.grades[level] !== null)).toBe(true);
    }
  });

  test("grades of one term differ in their words, and are short", () => {
    for (const { term, grades } of FINDING_WORDINGS) {
      const texts = Object.values(grades).filter((text) => text !== null);
      expect(texts.length, term).toBeGreaterThan(0);
      expect(new Set(texts).size, term).toBe(texts.length);
      for (const text of texts) expect(text.length, text).toBeLessThanOrEqual(100);
    }
  });
});

describe("a typed term", () => {
  test.each([
    ["Skin ulceration", "SKIN_ULCERATION"],
    ["  skin-ulceration ", "SKIN_ULCERATION"],
    ["Stevens–Johnson syndrome", "STEVENS_JOHNSON_SYNDROME"],
    ["Œdème: patte 2", "DEME_PATTE_2"],
    ["crâne", "CRANE"],
    ["__rash__", "RASH"],
    [" – ", ""],
    ["", ""],
  ])("%j is %j", (typed, term) => {
    expect(findingTerm(typed)).toBe(term);
  });

  test("a label of the table means its term", () => {
    expect(meantTerm("hair loss")).toBe("ALOPECIA");
    expect(meantTerm("alopecia")).toBe("ALOPECIA");
    expect(meantTerm("Tail necrosis")).toBe("TAIL_NECROSIS");
  });
});

describe("the words of a grade", () => {
  test("come from the table, and from the general scale where the term is not in it", () => {
    expect(gradeWording("DIARRHEA", 3)).toEqual({
      text: "Watery stool, fur wet and stained; needs fluids",
      missing: false,
    });
    expect(gradeWording("TAIL_NECROSIS", 3).text).toContain("Severe");
    expect(gradeWording("TAIL_NECROSIS", 3).missing).toBe(false);
    expect(gradeWording("RASH", 0).text).toContain("not there");
  });

  test("a grade that CTCAE does not have of a term is said", () => {
    expect(gradeWording("STEVENS_JOHNSON_SYNDROME", 1).missing).toBe(true);
    expect(gradeWording("FATIGUE", 4).missing).toBe(true);
  });
});
