import { describe, expect, test } from "vitest";
import { packTimeline, unpackTimeline } from "./packed-timeline";
import type { TimelineData } from "./timeline-data";

const POINT = { qualifier: null, detail: null, grade: null, known: null, formerly: [] } as const;

const DATA: TimelineData = {
  animal: "M1",
  description: "Dose and response of M1.",
  axis: {
    from: -1,
    until: 2,
    started: false,
    dates: [
      { dayMonth: "31 Dec", year: 2025 },
      { dayMonth: "1 Jan", year: 2026 },
      { dayMonth: "2 Jan", year: 2026 },
    ],
  },
  dose: {
    unit: "mg/kg",
    control: false,
    levels: [],
    steps: [{ at: 0.5, dose: 0 }],
    until: 2,
    given: [
      { at: 0.5, amount: 0, notGiven: true, text: "0", deviations: [], fault: false, known: null },
      {
        at: 1.5,
        amount: 4,
        notGiven: false,
        text: "4",
        deviations: ["wrong dose"],
        fault: true,
        known: { at: 2, late: "3 d" },
      },
    ],
  },
  holds: [{ from: null, until: 1 }],
  markers: [{ at: 0.5, kind: "start", texts: ["Started at 4 mg/kg", "4"], byOrder: false, reduced: false }],
  panels: [
    {
      key: "neutrophils",
      name: "Neutrophils",
      unit: "10^9/L",
      scale: "log",
      points: [
        { ...POINT, at: -0.75, value: 0, text: "0" },
        { ...POINT, at: 1.25, value: 0.8, text: "0.8", qualifier: "<", grade: 3, formerly: [{ value: 8, text: "8" }] },
      ],
      bands: [{ from: null, until: 1, grade: 3, low: null, high: 1 }],
      references: [{ from: null, until: null, value: 1.2, text: "LLN 1.2" }],
      baseline: null,
      groupRange: [],
      missingAt: [0.25],
    },
  ],
  findings: [{ name: "Rash", dots: [{ at: 1, grade: null, text: "seen", known: null }] }],
  now: null,
};

describe("a packed timeline", () => {
  test("is the same again once it is unpacked", () => {
    expect(unpackTimeline(packTimeline(DATA))).toEqual(DATA);
  });

  test("keeps a place on the axis to the minute", () => {
    const at = 1 / 3;
    const packed = packTimeline({ ...DATA, now: { at, text: "today" } });
    expect(unpackTimeline(packed).now?.at).toBe(0.3333);
  });
});
