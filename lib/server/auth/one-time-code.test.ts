import { describe, expect, test } from "vitest";
import { newSecret, readOneTimeCode, setUpOf, stepOfCode } from "./one-time-code";

const RFC_SECRET = Buffer.from("12345678901234567890");

describe("a one-time code", () => {
  // RFC 6238, appendix B, SHA-1; its eight digits end with the six that an app shows.
  test.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("at %i s is %s", (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(stepOfCode(RFC_SECRET, code, step)).toBe(step);
  });

  test("counts one step before and after its own, and no further", () => {
    const step = Math.floor(1_234_567_890 / 30);
    const found = [-2, -1, 0, 1, 2].map((drift) => stepOfCode(RFC_SECRET, "005924", step + drift));
    expect(found).toEqual([null, step, step, step, null]);
  });

  test("of another secret counts never", () => {
    expect(stepOfCode(Buffer.from("09876543210987654321"), "287082", 1)).toBeNull();
  });

  test.each([
    ["287082", "287082"],
    [" 287 082 ", "287082"],
    ["287-082", "287082"],
    ["28708", null],
    ["2870821", null],
    ["28708a", null],
    ["２８７０８２", null],
    ["", null],
  ])("typed as %j is %j", (typed, code) => {
    expect(readOneTimeCode(typed)).toBe(code);
  });
});

describe("a set-up", () => {
  test("says what an app needs to make the same codes", () => {
    const { secret, address } = setUpOf(RFC_SECRET, "dora@example.org");
    expect(secret).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    const { protocol, host, pathname, searchParams } = new URL(address);
    expect([protocol, host, decodeURIComponent(pathname)]).toEqual(["otpauth:", "totp", "/Doseline:dora@example.org"]);
    expect(Object.fromEntries(searchParams)).toEqual({
      issuer: "Doseline",
      secret,
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
  });

  test("draws its address with the three finders of a QR code", () => {
    const { size, path } = setUpOf(RFC_SECRET, "dora@example.org").picture;
    const dark = new Set(path.match(/M\d+ \d+/gu));
    const finder = (left: number, top: number): readonly boolean[] =>
      [0, 1, 2, 3, 4, 5, 6].map((step) => dark.has(`M${String(left + step)} ${String(top)}`));
    const line = [true, true, true, true, true, true, true];
    expect([finder(0, 0), finder(size - 7, 0), finder(0, size - 7)]).toEqual([line, line, line]);
    expect(dark.has("M1 1")).toBe(false);
  });

  test("has a secret of its own, of 160 bits", () => {
    const secrets = Array.from({ length: 50 }, () => newSecret().toString("hex"));
    expect(new Set(secrets).size).toBe(50);
    expect(secrets.every((secret) => secret.length === 40)).toBe(true);
  });
});
