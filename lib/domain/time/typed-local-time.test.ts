import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantsOfLocalTime, localTimeTyped, offsetTextAt } from "./typed-local-time";

const iso = (ms: number): string => new Date(ms).toISOString();

describe("a local time as typed", () => {
  test("is one instant on most days", () => {
    expect(instantsOfLocalTime("2026-02-04T09:41", "Europe/London").map(iso)).toEqual(["2026-02-04T09:41:00.000Z"]);
    expect(instantsOfLocalTime("2026-07-04T09:41", "America/Chicago").map(iso)).toEqual(["2026-07-04T14:41:00.000Z"]);
  });

  test("is two where clocks are set back, the earlier first", () => {
    expect(instantsOfLocalTime("2026-10-25T01:30", "Europe/London").map(iso)).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-25T01:30:00.000Z",
    ]);
  });

  test("is none where clocks are set forward, and where it is no time", () => {
    expect(instantsOfLocalTime("2026-03-29T01:30", "Europe/London")).toEqual([]);
    for (const text of ["", "2026-02-30T10:00", "2026-02-04", "2026-02-04T25:00", "2026-02-04T09:41:10", "today"]) {
      expect(instantsOfLocalTime(text, "Europe/London"), text).toEqual([]);
    }
  });

  test("what the clock shows at an instant is typed as that instant again, to the minute", () => {
    const zones = fc.constantFrom("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 2_000_000_000_000 }), (zone, ms) => {
        const minute = ms - (ms % 60_000);
        expect(instantsOfLocalTime(localTimeTyped(ms, zone), zone)).toContain(minute);
      }),
    );
  });

  test("says its offset", () => {
    expect(offsetTextAt(Date.UTC(2026, 6, 1), "Europe/London")).toBe("+01:00");
    expect(offsetTextAt(Date.UTC(2026, 0, 1), "America/St_Johns")).toBe("-03:30");
  });
});
