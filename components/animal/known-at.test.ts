import { expect, test } from "vitest";
import { readKnownAt } from "./known-at";

const at = (text: string) => readKnownAt({ asKnownAt: text }, "Europe/London").atMs;

test("an instant with its offset, or a time on the study's clock", () => {
  expect(at("2026-07-03T16:30:00+02:00")).toBe(Date.UTC(2026, 6, 3, 14, 30));
  expect(at("2026-07-03T16:30")).toBe(Date.UTC(2026, 6, 3, 15, 30));
  expect(at("2026-10-25T01:30")).toBe(Date.UTC(2026, 9, 25, 1, 30));
});

test("absent is now, and what is no time is said with the way out", () => {
  expect(readKnownAt({}, "UTC")).toEqual({ atMs: null, text: null, fault: null });
  expect(readKnownAt({ asKnownAt: "yesterday" }, "UTC")).toMatchObject({
    atMs: null,
    fault: expect.stringContaining("“yesterday”"),
  });
});
