import { describe, expect, test } from "vitest";
import { doseStripData, type StripEvent } from "./dose-strip-data";

const event = (day: number, action: StripEvent["action"], toDose: number): StripEvent => ({
  at: day,
  action,
  toDose,
});

describe("the dose strip", () => {
  test("steps from dose to hold to lower dose, until now", () => {
    const events = [
      event(0, "START", 4),
      event(7, "WITHHOLD", 0),
      event(10, "REMAIN_WITHHELD", 0),
      event(14, "RESUME", 3),
    ];
    expect(doseStripData(events, false, 20)).toEqual({
      control: false,
      segments: [
        { from: 0, until: 7, share: 1 },
        { from: 7, until: 14, share: 0 },
        { from: 14, until: 20, share: 0.75 },
      ],
      end: null,
      days: 20,
    });
  });

  test("ends where dosing ended, whatever follows", () => {
    const strip = doseStripData(
      [event(0, "START", 4), event(9, "DISCONTINUE", 0), event(20, "OFF_STUDY", 0)],
      false,
      60,
    );
    expect(strip.end).toEqual({ at: 9, kind: "discontinued" });
    expect(strip.segments).toEqual([{ from: 0, until: 9, share: 1 }]);
  });

  test("a proposed dose is not a dose", () => {
    const events = [event(0, "START", 4), event(7, "WITHHOLD", 0), event(9, "RESUME_PROPOSED", 3)];
    expect(doseStripData(events, false, 12).segments).toEqual([
      { from: 0, until: 7, share: 1 },
      { from: 7, until: 12, share: 0 },
    ]);
  });

  test("an animal that has not started has nothing to show, a control animal a line", () => {
    expect(doseStripData([], false, 1)).toEqual({ control: false, segments: [], end: null, days: 0 });
    expect(doseStripData([event(0, "START", 0)], true, 5).segments).toEqual([{ from: 0, until: 5, share: 0 }]);
  });
});
