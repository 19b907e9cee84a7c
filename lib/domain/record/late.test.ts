import { expect, test } from "vitest";
import { LATE_FROM_HOURS, latenessMs, lateText } from "./late";

const HOUR_MS = 3_600_000;

test("an entry is late from the threshold on, not a millisecond before", () => {
  const edge = LATE_FROM_HOURS * HOUR_MS;
  expect(latenessMs(1000, 1000 + edge - 1)).toBeNull();
  expect(latenessMs(1000, 1000 + edge)).toBe(edge);
});

test.each([
  [0, null],
  [11.9, null],
  [12, "12 h"],
  [26.9, "26 h"],
  [71.9, "71 h"],
  [72, "3 d"],
  [95, "3 d"],
  [24 * 40, "40 d"],
])("%d hours read as %s", (hours, words) => {
  expect(lateText(0, hours * HOUR_MS)).toBe(words);
});
