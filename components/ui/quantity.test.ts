import { describe, expect, test } from "vitest";
import { numberText, unitText } from "./quantity";

describe("units and numbers as shown", () => {
  test("a power of ten gets a real superscript", () => {
    expect(unitText("10^9/L")).toBe("10⁹/L");
    expect(unitText("10*12/L")).toBe("10¹²/L");
    expect(unitText("10^-3/mL")).toBe("10⁻³/mL");
    expect(unitText("10⁹/L")).toBe("10⁹/L");
  });

  test("other units stay as they are", () => {
    for (const unit of ["mg/kg", "U/L", "µkat/L", "K/µL", "°C", "%", "cells/µL"]) expect(unitText(unit)).toBe(unit);
  });

  test("a leading hyphen becomes a minus sign, a hyphen inside a word does not", () => {
    expect(numberText("-8.6")).toBe("−8.6");
    expect(numberText("7.50")).toBe("7.50");
    expect(numberText("1F-07")).toBe("1F-07");
  });
});
