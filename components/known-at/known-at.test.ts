import { expect, test } from "vitest";
import { atInstant } from "./known-at-address";
import { fieldText, instantWords, readKnownAt } from "./known-at";

const at = (text: string) => readKnownAt({ asKnownAt: text }, "Europe/London").atMs;

test("an instant with its offset, or a time on the study's clock", () => {
  expect(at("2026-07-03T16:30:00+02:00")).toBe(Date.UTC(2026, 6, 3, 14, 30));
  expect(at("2026-07-03T16:30:00 02:00")).toBe(Date.UTC(2026, 6, 3, 14, 30));
  expect(at("2026-07-03T16:30")).toBe(Date.UTC(2026, 6, 3, 15, 30));
  expect(at("2026-07-03T16:30:09")).toBe(Date.UTC(2026, 6, 3, 15, 30, 9));
  expect(at("2026-07-03T16:30:09.04")).toBe(Date.UTC(2026, 6, 3, 15, 30, 9, 40));
  expect(at("2026-10-25T01:30")).toBe(Date.UTC(2026, 9, 25, 1, 30));
});

test("absent is now, and what is no time is said with the way out", () => {
  expect(readKnownAt({}, "UTC")).toEqual({ atMs: null, text: null, fault: null });
  for (const asKnownAt of ["yesterday", "2026-02-30T10:00", "2026-02-03T10:00:75"]) {
    expect(readKnownAt({ asKnownAt }, "UTC")).toMatchObject({
      atMs: null,
      text: null,
      fault: expect.stringContaining(`“${asKnownAt}”`),
    });
  }
});

test("what a field holds reads as the same instant, also one within a minute", () => {
  for (const ms of [
    Date.UTC(2026, 6, 3, 14, 30),
    Date.UTC(2026, 6, 3, 14, 30, 7),
    Date.UTC(2026, 6, 3, 14, 30, 7, 123),
  ])
    expect(at(fieldText(ms, "Europe/London"))).toBe(ms);
  expect(instantWords(Date.UTC(2026, 2, 3, 8, 35), "Asia/Kolkata")).toBe("3 Mar 2026, 14:05 Asia/Kolkata");
  expect(instantWords(Date.UTC(2026, 2, 3, 8, 35, 9, 50), "Asia/Kolkata")).toBe(
    "3 Mar 2026, 14:05:09.050 Asia/Kolkata",
  );
});

test("an address keeps the instant before its anchor; now adds nothing", () => {
  expect(atInstant("/a#b", null)).toBe("/a#b");
  expect(atInstant("/a?why=e#b", "2026-03-03T08:35:00.000Z")).toBe("/a?why=e&asKnownAt=2026-03-03T08%3A35%3A00.000Z#b");
  expect(atInstant("/a", "2026-03-03T08:35:00.000Z")).toBe("/a?asKnownAt=2026-03-03T08%3A35%3A00.000Z");
});
