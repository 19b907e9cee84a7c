import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateText, dayText } from "./day-text";
import { dayTicks } from "./day-ticks";
import type { TimelineAxis } from "./timeline-data";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const axis = (from: number, until: number, started = true): TimelineAxis => ({
  from,
  until,
  started,
  dates: Array.from({ length: until - from }, (_, day) => {
    const date = new Date(Date.UTC(2026, 0, 5 + from + day));
    return {
      dayMonth: `${String(date.getUTCDate())} ${MONTHS[date.getUTCMonth()] ?? ""}`,
      year: date.getUTCFullYear(),
    };
  }),
});

describe("the axis of study days", () => {
  test("five days are named one by one, without a day 0", () => {
    expect(dayTicks(axis(-2, 5), 120).major.map(({ text }) => text)).toEqual([
      "day −2",
      "day −1",
      "day 1",
      "day 2",
      "day 3",
      "day 4",
      "day 5",
    ]);
  });

  test("sixty days are named by week, from day 1, with each day marked", () => {
    const { major, minor } = dayTicks(axis(-3, 60), 14);
    expect(major.slice(0, 3)).toEqual([
      { at: 0, text: "day 1", date: "5 Jan 2026" },
      { at: 7, text: "day 8", date: "12 Jan" },
      { at: 14, text: "day 15", date: "19 Jan" },
    ]);
    expect(minor.length).toBe(63);
  });

  test("two years are named by quarters of whole weeks, with the year where it changes", () => {
    const { major } = dayTicks(axis(-2, 730), 1.1);
    expect(major.map(({ text }) => text).slice(0, 3)).toEqual(["day 1", "day 85", "day 169"]);
    expect(major.filter(({ date }) => /20\d\d/.test(date)).map(({ date }) => date)).toEqual([
      "5 Jan 2026",
      "1 Mar 2027",
    ]);
  });

  test("before a first dose there are dates and no study days", () => {
    expect(dayTicks(axis(0, 3, false), 200).major).toEqual([
      { at: 0, text: "5 Jan 2026", date: "" },
      { at: 1, text: "6 Jan", date: "" },
      { at: 2, text: "7 Jan", date: "" },
    ]);
  });

  test("labels never stand closer than their texts need, from five days to three years", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -40, max: 0 }),
        fc.integer({ min: 5, max: 1100 }),
        fc.integer({ min: 450, max: 1200 }),
        (from, length, width) => {
          const pxPerDay = width / length;
          const places = dayTicks(axis(from, from + length), pxPerDay).major.map(({ at }) => at * pxPerDay);
          const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
          expect(Math.min(Infinity, ...gaps)).toBeGreaterThanOrEqual(62);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a point of the axis has its day and its date", () => {
    expect([dayText(-0.2), dayText(0), dayText(7.99)]).toEqual(["day −1", "day 1", "day 8"]);
    expect([dateText(axis(-2, 5), -2), dateText(axis(-2, 5), 4.5), dateText(axis(-2, 5), 9)]).toEqual([
      "3 Jan 2026",
      "9 Jan 2026",
      "",
    ]);
  });
});
