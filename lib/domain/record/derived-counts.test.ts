import { describe, expect, test } from "vitest";
import { derivedAbsoluteCounts, derivedCountText } from "./derived-counts";

const derived = (...given: Parameters<typeof derivedAbsoluteCounts>) =>
  derivedAbsoluteCounts(...given).map(({ count, value }) => [count, value.toFixed()]);

describe("derivedAbsoluteCounts", () => {
  test("returns white cells × percent ÷ 100 exactly when percents are given", () => {
    expect(derived({ wbc: "7.5", neutrophilsPercent: "33.3", basophilsPercent: "0" })).toEqual([
      ["neutrophils", "2.4975"],
      ["basophils", "0"],
    ]);
  });

  test("returns reticulocytes in 10⁹/L when their percent of red cells is given", () => {
    expect(derived({ rbc: "8.21", reticulocytesPercent: "2.5" })).toEqual([["reticulocytes", "205.25"]]);
  });

  test("returns nothing for a count that was measured", () => {
    expect(derived({ wbc: "7.5", neutrophilsPercent: "33.3", neutrophils: "2.4" })).toEqual([]);
  });

  test.each([{ wbc: "<" }, { neutrophilsPercent: ">" }])(
    "returns nothing when a part is qualified: %o",
    (qualifiers) => {
      expect(derived({ wbc: "7.5", neutrophilsPercent: "33.3" }, qualifiers)).toEqual([]);
    },
  );

  test("returns nothing when the total is missing", () => {
    expect(derived({ neutrophilsPercent: "33.3" })).toEqual([]);
  });

  test("is shown with the decimals of a measured count", () => {
    const [neutrophils] = derivedAbsoluteCounts({ wbc: "7.5", neutrophilsPercent: "33.3" });
    expect(neutrophils && derivedCountText(neutrophils)).toBe("2.50");
  });
});
