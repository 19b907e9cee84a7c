import { describe, expect, test } from "vitest";
import { readTypedNumber } from "./typed-number";

describe("a typed number", () => {
  test.each([
    ["7.50", "7.5"],
    ["  7.5 ", "7.5"],
    ["0", "0"],
    ["007", "7"],
    ["0.000123", "0.000123"],
    ["123456789.012345", "123456789.012345"],
    ["0.000000123456789012345", "0.000000123456789012345"],
  ])("%j is %s", (text, value) => {
    const read = readTypedNumber(text);
    expect(read.ok && read.value.toFixed()).toBe(value);
  });

  test.each([
    ["", "BLANK_NUMBER"],
    ["   ", "BLANK_NUMBER"],
    ["\u00a0", "BLANK_NUMBER"],
    ["7,5", "DECIMAL_COMMA"],
    ["1,500", "DECIMAL_COMMA"],
    ["1.500,0", "DECIMAL_COMMA"],
    ["<0.2", "QUALIFIER_IN_NUMBER"],
    ["> 5", "QUALIFIER_IN_NUMBER"],
    ["1.5e3", "NOT_A_NUMBER"],
    ["+1.5", "NOT_A_NUMBER"],
    ["-1.5", "NOT_A_NUMBER"],
    ["−1.5", "NOT_A_NUMBER"],
    [".5", "NOT_A_NUMBER"],
    ["5.", "NOT_A_NUMBER"],
    ["1 500", "NOT_A_NUMBER"],
    ["1'500", "NOT_A_NUMBER"],
    ["1.2.3", "NOT_A_NUMBER"],
    ["0x10", "NOT_A_NUMBER"],
    ["NaN", "NOT_A_NUMBER"],
    ["Infinity", "NOT_A_NUMBER"],
    ["٧", "NOT_A_NUMBER"],
    ["ten", "NOT_A_NUMBER"],
    ["1234567890.123456", "TOO_MANY_DIGITS"],
    ["7.500000000000000", "TOO_MANY_DIGITS"],
    [`0.${"0".repeat(40)}1`, "TOO_MANY_DIGITS"],
    ["9".repeat(10_000), "TOO_MANY_DIGITS"],
  ])("%j is refused: %s", (text, code) => {
    const read = readTypedNumber(text);
    expect(read.ok ? "read" : read.fault.code).toBe(code);
  });

  test("a refusal names the way out", () => {
    const read = readTypedNumber("7,5");
    expect(read.ok ? "" : read.fault.message).toContain("7.5");
  });
});
