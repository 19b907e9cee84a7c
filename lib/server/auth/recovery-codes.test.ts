import { describe, expect, test } from "vitest";
import { hashRecoveryCode, newRecoveryCodes, readRecoveryCode } from "./recovery-codes";

describe("recovery codes", () => {
  test("are ten, each found again by its hash", async () => {
    const { codes, salt, hashes } = await newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/u);
    const [first = ""] = codes;
    const hash = await hashRecoveryCode(readRecoveryCode(first.toUpperCase()) ?? "", salt);
    expect(hashes.findIndex((known) => known.equals(hash))).toBe(0);
  });

  test("have other hashes under another salt", async () => {
    const [one, other] = await Promise.all(
      [Buffer.alloc(16, 1), Buffer.alloc(16, 2)].map((salt) => hashRecoveryCode("0123456789", salt)),
    );
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
  });

  test.each([
    ["h4k2m-9xq7t", "h4k2m9xq7t"],
    ["H4K2M 9XQ7T", "h4k2m9xq7t"],
    ["hok2m-ixqlt", "h0k2m1xq1t"],
    ["287082", null],
    ["h4k2m-9xq7", null],
    ["h4k2m-9xq7u", null],
    ["", null],
  ])("typed as %j is %j", (typed, code) => {
    expect(readRecoveryCode(typed)).toBe(code);
  });
});
