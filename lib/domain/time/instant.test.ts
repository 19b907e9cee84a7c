import * as fc from "fast-check";
import { expect, test } from "vitest";

import { readInstant } from "../../../test/oracle/instants";
import { histories } from "../../../test/oracle/run-count.property";
import { parseInstant, writeInstant } from "./instant";

test.each([
  ["2026-01-05T09:00:00Z", Date.UTC(2026, 0, 5, 9)],
  ["2026-01-05T09:00Z", Date.UTC(2026, 0, 5, 9)],
  ["2026-01-05T09:00:00.5+01:00", Date.UTC(2026, 0, 5, 8, 0, 0, 500)],
  ["2024-02-29T23:59:59.999-11:30", Date.UTC(2024, 2, 1, 11, 29, 59, 999)],
  ["1969-12-31T23:59:59.999Z", -1],
])("%s is an instant", (text, ms) => {
  expect(parseInstant(text)).toEqual({ ms, text });
});

test.each([
  "2026-01-05",
  "2026-01-05T09:00:00",
  "2026-01-05 09:00:00Z",
  "2026-1-05T09:00Z",
  "2026-02-29T09:00Z",
  "2100-02-29T09:00Z",
  "2026-13-01T09:00Z",
  "2026-01-05T24:00Z",
  "2026-01-05T09:60Z",
  "2026-01-05T09:00:60Z",
  "2026-01-05T09:00:00.Z",
  "2026-01-05T09:00:00.1234Z",
  "2026-01-05T09:00:00,5Z",
  "2026-01-05T09:00:00+0100",
  "2026-01-05T09:00:00+24:00",
  "2026-01-05T09:00:00z",
  " 2026-01-05T09:00Z",
  "2026-01-05T09:00Z\n",
  "+002026-01-05T09:00Z",
  "",
])("%j is none", (text) => {
  expect(parseInstant(text)).toBeNull();
});

test("every millisecond of ten thousand years is written as it is read, and as the platform's calendar has it", () => {
  const year0 = Date.parse("0000-01-01T00:00:00Z");
  const year9999 = Date.parse("9999-12-31T23:59:59.999Z");
  fc.assert(
    fc.property(fc.integer({ min: year0, max: year9999 }), (ms) => {
      const text = writeInstant(ms);
      expect(text).toBe(new Date(ms).toISOString());
      expect(parseInstant(text)?.ms).toBe(ms);
    }),
    histories(5000),
  );
});

test("texts that look like instants are told apart as the oracle tells them", () => {
  const two = fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constantFrom(0, 1, 2, 12, 23, 24, 28, 29, 30, 31, 59, 60));
  const digits = two.map((number) => String(number).padStart(2, "0"));
  const zone = fc.oneof(
    fc.constantFrom("Z", ""),
    fc.tuple(fc.constantFrom("+", "-"), digits, digits).map(([sign, h, m]) => `${sign}${h}:${m}`),
  );
  const seconds = fc.oneof(
    fc.constant(""),
    digits.map((s) => `:${s}`),
    fc.tuple(digits, fc.nat(9999)).map(([s, f]) => `:${s}.${f}`),
  );
  const year = fc.constantFrom("2024", "2025", "2000", "1900", "0000", "9999");
  fc.assert(
    fc.property(year, digits, digits, digits, digits, seconds, zone, (y, mo, d, h, mi, s, z) => {
      const text = `${y}-${mo}-${d}T${h}:${mi}${s}${z}`;
      expect(parseInstant(text)?.ms ?? null).toBe(readInstant(text));
    }),
    histories(5000),
  );
});
