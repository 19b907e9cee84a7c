import { describe, expect, test } from "vitest";
import { readingOf, shownIn, whenText, type Reading, type ReadingContext } from "./reading";
import { FIRST_DOSE_MS, MOUSE, NOW_MS, sheetOf, typed } from "@/test/pages/sheet-of-one";

const SHEET = sheetOf();
const CONTEXT: ReadingContext = { study: SHEET.study, units: SHEET.units, animal: MOUSE, observedMs: NOW_MS };

const changes = (reading: Reading): readonly string[] =>
  reading.state === "read"
    ? reading.changes.map(
        ({ percent, of, reference, when }) => `${percent} of ${of} ${reference.value} ${reference.unit} (${when})`,
      )
    : [reading.state];

describe("what a typed value is found to be", () => {
  test("a change says what it is a percentage of", () => {
    expect(changes(readingOf("grams", typed("20.1"), CONTEXT))).toEqual([
      "−5.6 % of last 21.3 g (day 29)",
      "−8.6 % of baseline 22 g (day −1)",
    ]);
  });

  test("in another unit the references are in that unit, and the change is the same", () => {
    expect(changes(readingOf("neutrophils", typed("800", { unit: "cells/µL" }), CONTEXT))).toEqual([
      "−66.7 % of last 2400 cells/µL (day 24)",
      "−70.1 % of baseline 2680 cells/µL (day −1)",
    ]);
    expect(
      changes(readingOf("neutrophils", typed("0.8", { unit: "10⁹/L" }), CONTEXT)).map((line) => line.split(" of")[0]),
    ).toEqual(["−66.7 %", "−70.1 %"]);
  });

  test("a blank is nothing, and no number says so", () => {
    expect(readingOf("grams", typed(" "), CONTEXT).state).toBe("blank");
    expect(readingOf("grams", typed("7,5"), CONTEXT).state).toBe("unreadable");
  });

  test("a loss of 15 and of 20 % from the baseline is an alarm, exactly at the limit", () => {
    const alarm = (text: string) => {
      const reading = readingOf("grams", typed(text), CONTEXT);
      return reading.state === "read" ? reading.alarm : "unread";
    };
    expect(alarm("18.8")).toBeNull();
    expect(alarm("18.7")).toBe("warning");
    expect(alarm("17.6")).toBe("humane-endpoint");
  });

  test("an earlier value is not compared with a later one, nor with a baseline that it comes before", () => {
    expect(changes(readingOf("grams", typed("20.1"), { ...CONTEXT, observedMs: NOW_MS - 5 * 86_400_000 }))).toEqual([
      "−8.6 % of baseline 22 g (day −1)",
    ]);
    expect(
      changes(readingOf("grams", typed("20.1"), { ...CONTEXT, observedMs: FIRST_DOSE_MS - 5 * 86_400_000 })),
    ).toEqual([]);
  });

  test("an animal's first value has nothing to be compared with", () => {
    expect(changes(readingOf("alt", typed("40", { unit: "U/L" }), CONTEXT))).toEqual([]);
  });
});

test("days are said with their date, and before the first dose the date alone", () => {
  expect(whenText(NOW_MS, MOUSE, "Europe/London")).toBe("day 31, 4 Feb");
  expect(whenText(NOW_MS, { firstDoseMs: null }, "Asia/Tokyo")).toBe("4 Feb");
});

test("a last value is shown in the unit that is being typed", () => {
  expect(shownIn("grams", "11600", "g", "kg")).toEqual({ value: "11.6", unit: "kg" });
  expect(shownIn("temperature", "37", "°C", "°F")).toEqual({ value: "98.6", unit: "°F" });
});
