import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  localDate,
  localDateText,
  localDayMonthText,
  localEpochDay,
  localInstantText,
  localTimeText,
  startOfLocalDay,
} from "./local-time";
import { daysBetween, daysFromFirst, studyDayOf, studyDayText } from "./study-day";
import { isTimeZone, offsetMsAt } from "./time-zone";

const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const dayOf = (instant: string, firstDose: string, timeZone: string): number =>
  studyDayOf(ms(instant), ms(firstDose), timeZone);

describe("the study day", () => {
  const firstDose = "2026-01-05T09:00:00Z";

  test.each([
    ["2026-01-05T00:00:00Z", 1],
    ["2026-01-05T08:59:00Z", 1],
    ["2026-01-05T23:59:59.999Z", 1],
    ["2026-01-06T00:00:00Z", 2],
    ["2026-01-04T23:59:59.999Z", -1],
    ["2026-01-03T12:00:00Z", -2],
    ["2026-01-12T09:00:00Z", 8],
    ["2026-03-02T07:00:00Z", 57],
  ])("%s is day %i in London in winter", (instant, day) => {
    expect(dayOf(instant, firstDose, "Europe/London")).toBe(day);
  });

  test("an entry after 18:00 stays on its day, also where UTC is already tomorrow", () => {
    expect(dayOf("2026-01-12T19:30:00-06:00", "2026-01-05T09:00:00-06:00", "America/Chicago")).toBe(8);
    expect(dayOf("2026-01-12T23:59:00-06:00", "2026-01-05T18:30:00-06:00", "America/Chicago")).toBe(8);
  });

  test("an entry before 9:00 in Tokyo is not yesterday's", () => {
    expect(dayOf("2026-01-12T06:00:00+09:00", "2026-01-05T06:00:00+09:00", "Asia/Tokyo")).toBe(8);
  });

  test("days of 23 and of 25 hours count as one", () => {
    const spring = "2026-03-28T09:00:00Z";
    expect(dayOf("2026-03-28T23:30:00Z", spring, "Europe/London")).toBe(1);
    expect(dayOf("2026-03-29T22:59:00Z", spring, "Europe/London")).toBe(2);
    expect(dayOf("2026-03-29T23:00:00Z", spring, "Europe/London")).toBe(3);
    const autumn = "2026-10-24T09:00:00Z";
    expect(dayOf("2026-10-25T23:59:00Z", autumn, "Europe/London")).toBe(2);
    expect(dayOf("2026-10-26T00:00:00Z", autumn, "Europe/London")).toBe(3);
  });

  test("both sides of the date line, and the date that Samoa left out", () => {
    expect(dayOf("2026-01-05T10:30:00Z", "2026-01-05T09:00:00Z", "Pacific/Kiritimati")).toBe(2);
    expect(dayOf("2026-01-05T10:30:00Z", "2026-01-05T09:00:00Z", "Pacific/Niue")).toBe(1);
    expect(dayOf("2011-12-31T12:00:00+14:00", "2011-12-29T12:00:00-10:00", "Pacific/Apia")).toBe(3);
  });

  test("a day begins where the clocks skip midnight", () => {
    const first = "2024-09-07T12:00:00-04:00";
    expect(dayOf("2024-09-08T03:59:59.999Z", first, "America/Santiago")).toBe(1);
    expect(dayOf("2024-09-08T04:00:00Z", first, "America/Santiago")).toBe(2);
  });

  test("each day's first instant is on that day, and the millisecond before is not", () => {
    const zones = fc.constantFrom("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC");
    const days = fc.integer({ min: -400, max: 400 }).filter((day) => day !== 0);
    fc.assert(
      fc.property(zones, days, fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }), (zone, day, first) => {
        const start = startOfLocalDay(localEpochDay(first, zone) + (day > 0 ? day - 1 : day), zone);
        expect(studyDayOf(start, first, zone)).toBe(day);
        expect(studyDayOf(start - 1, first, zone)).toBe(day === 1 ? -1 : day - 1);
        expect(daysFromFirst(start, first, zone)).toBe(day > 0 ? day - 1 : day);
      }),
    );
  });

  test("there is no day 0", () => {
    fc.assert(
      fc.property(fc.integer({ min: -4e12, max: 4e12 }), fc.integer({ min: -4e12, max: 4e12 }), (at, first) => {
        expect(studyDayOf(at, first, "Europe/Paris")).not.toBe(0);
      }),
    );
  });

  test("dates between an evening and the next morning are one", () => {
    expect(daysBetween(ms("2026-01-05T23:00:00Z"), ms("2026-01-06T07:00:00Z"), "Europe/London")).toBe(1);
    expect(daysBetween(ms("2026-01-05T07:00:00Z"), ms("2026-01-05T23:00:00Z"), "Europe/London")).toBe(0);
  });
});

describe("local time", () => {
  test("is written in English, with the study's clock", () => {
    const at = ms("2026-02-02T16:20:00Z");
    expect(localDate(at, "Europe/London")).toBe("2026-02-02");
    expect(localDateText(at, "Europe/London")).toBe("2 Feb 2026");
    expect(localDayMonthText(at, "Asia/Tokyo")).toBe("3 Feb");
    expect(localTimeText(at, "Europe/London")).toBe("16:20");
    expect(localTimeText(at, "Asia/Kolkata")).toBe("21:50");
    expect(localInstantText(at, "Europe/Berlin")).toBe("2026-02-02T17:20:00.000+01:00");
    expect(localInstantText(ms("2026-07-02T03:20:09.007Z"), "America/St_Johns")).toBe("2026-07-02T00:50:09.007-02:30");
    expect(studyDayText(8)).toBe("day 8");
    expect(studyDayText(-1)).toBe("day −1");
  });

  test("agrees with the zone database at random instants, near the changes too", () => {
    const zones = fc.constantFrom(
      "Europe/London",
      "America/New_York",
      "Australia/Lord_Howe",
      "Africa/Casablanca",
      "+05:45",
    );
    const anywhere = fc.integer({ min: 0, max: 2_000_000_000_000 });
    const nearChange = fc.integer({ min: -2, max: 2 }).map((off) => ms("2026-03-29T01:00:00Z") + off);
    fc.assert(
      fc.property(zones, fc.oneof(anywhere, nearChange), (zone, at) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        expect(offsetMsAt(at, zone)).toBe(zoned.offsetNanoseconds / 1_000_000);
        expect(localDate(at, zone)).toBe(zoned.toPlainDate().toString());
        expect(ms(localInstantText(at, zone))).toBe(at);
      }),
      { numRuns: 500 },
    );
  });

  test("a name that is no zone is told", () => {
    expect(isTimeZone("Europe/London")).toBe(true);
    expect(isTimeZone("UTC")).toBe(true);
    expect(isTimeZone("Europe/Nowhere")).toBe(false);
    expect(isTimeZone("")).toBe(false);
  });
});
