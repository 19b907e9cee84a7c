import { describe, expect, test } from "vitest";
import { readBundle, type StudyBundle } from "@/lib/domain/record/read-bundle";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { buildTimeline } from "./build-timeline";
import { crosshairStops } from "./crosshair-stops";
import type { PanelKey, TimelineData, ValuePanel } from "./timeline-data";

type Entry = Readonly<Record<string, unknown>> & { readonly kind: string; readonly at: string };

const RANGES = {
  neutrophils: { lower: 1.2 },
  platelets: { lower: 150 },
  alt: { upper: 60 },
  ast: { upper: 120 },
  bilirubin: { upper: 0.9, unit: "mg/dL" },
};

const studyOf = (
  entries: readonly Entry[],
  more: Readonly<Record<string, unknown>> = {},
  control = false,
): StudyBundle => {
  const bundle = readBundle({
    format: "dose-history/1",
    study: { code: "T", species: "mouse", timeZone: "America/Chicago" },
    protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2, 1], referenceRanges: RANGES, ...more }],
    animals: [{ id: "M001", startingDose: control ? 0 : 4, control }],
    entries: entries.map(({ at, ...entry }, index) => ({
      id: `e${String(index).padStart(2, "0")}`,
      animal: "M001",
      observedAt: at,
      recordedAt: at,
      ...entry,
    })),
  });
  if (!bundle.ok) throw new Error(`${bundle.fault.path}: ${bundle.fault.message}`);
  return bundle.value;
};

const timelineOf = (study: StudyBundle, now: string): TimelineData => {
  const [animal] = study.animals;
  if (animal === undefined) throw new Error("no animal");
  const replayed = replayAnimal(study.protocols, animal, study.entries);
  return buildTimeline({
    animal,
    protocols: study.protocols,
    log: study.entries,
    replayed,
    timeZone: study.study.timeZone,
    now: { ms: Date.parse(now), text: "today" },
  });
};

const panelOf = (data: TimelineData, key: PanelKey): ValuePanel => {
  const panel = data.panels.find((candidate) => candidate.key === key);
  if (panel === undefined) throw new Error(`no panel ${key}`);
  return panel;
};

const BASELINE: readonly Entry[] = [
  { at: "2026-01-04T09:00:00-06:00", kind: "weight", grams: 22 },
  { at: "2026-01-04T09:00:00-06:00", kind: "cbc", neutrophils: 2.4, platelets: 900 },
];
const FIRST_DOSE: Entry = { at: "2026-01-05T12:00:00-06:00", kind: "dose", amount: 4 };

describe("an animal on dose", () => {
  const entries: readonly Entry[] = [
    ...BASELINE,
    FIRST_DOSE,
    {
      at: "2026-01-12T18:00:00-06:00",
      recordedAt: "2026-01-14T06:00:00-06:00",
      kind: "cbc",
      neutrophils: 0.8,
      platelets: null,
    },
    { at: "2026-01-13T12:00:00-06:00", kind: "dose", amount: 4 },
    { at: "2026-01-15T12:00:00-06:00", kind: "dose", amount: 4 },
    { at: "2026-01-19T12:00:00-06:00", kind: "cbc", neutrophils: 1.3, platelets: 700, qualifiers: { platelets: ">" } },
    { at: "2026-01-19T12:00:00-06:00", kind: "weight", grams: 19.8 },
  ];
  const data = timelineOf(studyOf(entries), "2026-01-20T18:00:00-06:00");

  test("lies on an axis of study days in the study's time zone", () => {
    expect(data.axis).toMatchObject({ from: -1, until: 16, started: true });
    expect(data.axis.dates[0]).toEqual({ dayMonth: "4 Jan", year: 2026 });
    expect(data.now).toEqual({ at: 15.75, text: "today" });
    expect(panelOf(data, "neutrophils").points.map(({ at }) => at)).toEqual([-0.625, 7.75, 14.5]);
  });

  test("steps from dose to hold to the lower dose, until now", () => {
    expect(data.dose.steps).toEqual([
      { at: 0.5, dose: 4 },
      { at: 7.75, dose: 0 },
      { at: 14.5, dose: 3 },
    ]);
    expect(data.dose.until).toBe(15.75);
    expect(data.holds).toEqual([{ from: 7.75, until: 14.5 }]);
    expect(data.markers.map(({ kind, texts, reduced }) => [kind, texts[0], reduced])).toEqual([
      ["start", "start 4 mg/kg", false],
      ["withhold", "withheld", false],
      ["resume", "resumed 3, was 4", true],
    ]);
  });

  test("tells a dose before the result was known from one against a known hold", () => {
    expect(data.dose.given.map(({ deviations, fault }) => [deviations, fault])).toEqual([
      [["baseline incomplete"], true],
      [["before result known"], false],
      [["while withheld"], true],
    ]);
  });

  test("marks what was learnt on a later day, what has no value, and results beyond their number", () => {
    const neutrophils = panelOf(data, "neutrophils");
    expect(neutrophils.points[1]).toMatchObject({ value: 0.8, grade: 3, known: { at: 9.25, late: "36 h" } });
    expect(neutrophils.points[0]?.known).toBeNull();
    expect(panelOf(data, "platelets")).toMatchObject({ missingAt: [7.75] });
    expect(panelOf(data, "platelets").points[1]).toMatchObject({ value: 700, qualifier: ">" });
  });

  test("shows weight as a percentage with its denominator", () => {
    const weight = panelOf(data, "weight");
    expect(weight.unit).toBe("% of 22 g, day −1");
    expect(weight.points.map(({ text, detail, grade }) => [text, detail, grade])).toEqual([
      ["100.0", "22 g", null],
      ["90.0", "19.8 g", 2],
    ]);
    expect(weight.bands.map(({ grade, low, high }) => [grade, low, high])).toEqual([
      [1, 90, 95],
      [2, 80, 90],
      [3, null, 80],
    ]);
  });

  test("has the protocol's edges as bands, each grade from where it begins", () => {
    const bands = panelOf(data, "neutrophils").bands.map(({ grade, low, high, from, until }) => [
      grade,
      low,
      high,
      from,
      until,
    ]);
    expect(bands).toEqual([
      [3, 0.5, 1, null, null],
      [4, null, 0.5, null, null],
      [2, 1, 1.5, null, null],
    ]);
    expect(panelOf(data, "alt").bands.map(({ grade, low, high }) => [grade, low, high])).toEqual([
      [1, 60, 180],
      [2, 180, 300],
      [3, 300, 1200],
      [4, 1200, null],
    ]);
    expect(panelOf(data, "temperature").references).toEqual([
      { value: 38.5, text: "fever 38.5", from: null, until: null },
    ]);
  });

  test("gives the crosshair one stop a day, with all of that day's values", () => {
    const { measures, stops } = crosshairStops(data);
    expect(stops.map(([, day]) => day)).toEqual(["day −1", "day 1", "day 8", "day 9", "day 11", "day 15"]);
    const [share, , date, lines] = stops[2] ?? [0, "", "", []];
    expect(share).toBeCloseTo(8.75 / 17, 3);
    expect(date).toBe("12 Jan 2026");
    expect(lines.map(([measure, text]) => `${measures[measure] ?? ""}: ${text}`)).toEqual([
      "Decision: withheld",
      "Neutrophils: 0.8 × 10⁹/L, grade 3, known day 10, late 36 h",
      "Platelets: not reported",
    ]);
  });
});

describe("other animals", () => {
  test("one that has not started has dates, no study days and no bands that need a baseline", () => {
    const data = timelineOf(studyOf(BASELINE), "2026-01-04T15:00:00-06:00");
    expect(data.axis.started).toBe(false);
    expect(data.axis.dates[0]).toEqual({ dayMonth: "4 Jan", year: 2026 });
    expect(data.dose.steps).toEqual([]);
    expect(panelOf(data, "weight")).toMatchObject({ unit: "g", bands: [], baseline: null });
  });

  test("one without any entry has an axis all the same", () => {
    const data = timelineOf(studyOf([]), "2026-01-04T15:00:00-06:00");
    expect(data.axis.until).toBeGreaterThan(data.axis.from);
    expect(data.panels.every(({ points }) => points.length === 0)).toBe(true);
  });

  test("a control animal is dosed with vehicle, and graded", () => {
    const entries = [
      ...BASELINE,
      { ...FIRST_DOSE, amount: 0 },
      { at: "2026-01-12T09:00:00-06:00", kind: "cbc", neutrophils: 0.4, platelets: 800 },
    ];
    const data = timelineOf(studyOf(entries, {}, true), "2026-01-13T09:00:00-06:00");
    expect(data.dose).toMatchObject({ control: true });
    expect(data.holds).toEqual([]);
    expect(panelOf(data, "neutrophils").points[1]?.grade).toBe(4);
  });

  test("one off study has no line for today, and its dose ends there", () => {
    const entries = [
      ...BASELINE,
      FIRST_DOSE,
      { at: "2026-01-08T12:00:00-06:00", kind: "disposition", outcome: "DIED" },
    ];
    const data = timelineOf(studyOf(entries), "2026-02-20T09:00:00-06:00");
    expect(data.now).toBeNull();
    expect(data.dose.until).toBe(3.5);
    expect(data.axis.until).toBeLessThan(10);
    expect(data.markers.at(-1)?.texts).toEqual(["off study, found dead", "found dead"]);
  });

  test("a study that was left long ago is not drawn until today", () => {
    const data = timelineOf(studyOf([...BASELINE, FIRST_DOSE]), "2029-01-01T09:00:00-06:00");
    expect(data.now).toBeNull();
    expect(data.axis.until).toBeLessThan(10);
  });
});

describe("what changed", () => {
  test("a corrected value keeps what it was, and a voided one is gone", () => {
    const entries: readonly Entry[] = [
      ...BASELINE,
      FIRST_DOSE,
      { at: "2026-01-12T09:00:00-06:00", kind: "cbc", neutrophils: 0.8, platelets: 600 },
      {
        at: "2026-01-12T09:00:00-06:00",
        recordedAt: "2026-01-13T09:00:00-06:00",
        kind: "cbc",
        neutrophils: 1.8,
        platelets: 600,
        corrects: "e03",
        reason: "transcription",
      },
      { at: "2026-01-13T09:00:00-06:00", kind: "weight", grams: 9 },
      { at: "2026-01-13T10:00:00-06:00", kind: "void", voids: "e05", reason: "wrong animal" },
    ];
    const data = timelineOf(studyOf(entries), "2026-01-14T09:00:00-06:00");
    expect(panelOf(data, "neutrophils").points[1]).toMatchObject({
      text: "1.8",
      known: null,
      formerly: [{ value: 0.8, text: "0.8" }],
    });
    expect(panelOf(data, "platelets").points[1]?.formerly).toEqual([]);
    expect(panelOf(data, "weight").points).toHaveLength(1);
  });

  test("percent of baseline gives bands only from the first dose on", () => {
    const basis = { basis: "percentOfBaseline", grade3Below: 50, grade4Below: 25, recoverAt: 60 };
    const data = timelineOf(studyOf([...BASELINE, FIRST_DOSE], { platelets: basis }), "2026-01-06T09:00:00-06:00");
    expect(panelOf(data, "platelets").bands).toEqual([
      { grade: 3, low: 225, high: 450, from: 0.5, until: null },
      { grade: 4, low: null, high: 225, from: 0.5, until: null },
    ]);
  });
});
