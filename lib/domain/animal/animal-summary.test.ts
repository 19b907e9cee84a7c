import { describe, expect, test } from "vitest";
import { hasShared, sharedText } from "../../../test/cases/shared-files.property";
import { readBundle, type StudyBundle } from "../record/read-bundle";
import { continueReplay, INITIAL_REPLAY_STATE } from "../rules/continue";
import { replayAnimal, type ReplayState } from "../rules/replay";
import type { LogEntry } from "../record/log-entry";
import { EMPTY_SUMMARY, summaryAfter, summaryOfLog, type AnimalSummary } from "./animal-summary";

const PROTOCOL = {
  version: 1,
  effectiveFrom: null,
  doseUnit: "mg/kg",
  doseLevels: [10, 7.5, 5],
  referenceRanges: { neutrophils: { lower: 1 }, platelets: { lower: 500 }, alt: { upper: 60 } },
};

type Row = Readonly<Record<string, unknown>> & { readonly day: number };

const bundleOf = (rows: readonly Row[]): StudyBundle => {
  const entries = rows.map(({ day, ...entry }, index) => {
    const at = `2026-01-${String(day).padStart(2, "0")}T09:00:00Z`;
    return {
      id: `e${String(index)}`,
      animal: "M1",
      ...("voids" in entry ? {} : { observedAt: at }),
      recordedAt: at,
      ...entry,
    };
  });
  const read = readBundle({
    format: "dose-history/1",
    study: { code: "S", species: "mouse", timeZone: "UTC" },
    protocols: [PROTOCOL],
    animals: [{ id: "M1", startingDose: 10, control: false }],
    entries,
  });
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  return read.value;
};

const summaryOf = ({ protocols, animals, entries }: StudyBundle): AnimalSummary => {
  const [animal] = animals;
  if (animal === undefined) throw new Error("no animal");
  return summaryOfLog(entries, replayAnimal(protocols, animal, entries));
};

const ROWS: readonly Row[] = [
  { day: 1, kind: "weight", grams: 21.5 },
  { day: 2, kind: "weight", grams: 22 },
  { day: 3, kind: "dose", amount: 10 },
  { day: 4, kind: "weight", grams: 20 },
  { day: 5, kind: "cbc", neutrophils: 0.8, platelets: null },
];

describe("the summary of an animal", () => {
  test("holds the latest values with their grades, and the weight that changes are a percentage of", () => {
    const summary = summaryOf(bundleOf(ROWS));
    expect(summary.baselineWeight).toMatchObject({ value: "22", entry: "e1" });
    expect(summary.latest.weight).toMatchObject({ value: "20", entry: "e3", grade: 1 });
    expect(summary.latest.neutrophils).toMatchObject({ value: "0.8", grade: 3 });
    expect(summary.latest.platelets).toBeUndefined();
    expect(summary.hold).toEqual({ doseBefore: "10", byOrder: false });
    expect(summary.firstDoseMs).toBe(Date.UTC(2026, 0, 3, 9));
  });

  test("what was voided is gone, what was corrected stands as corrected, at its own time", () => {
    const summary = summaryOf(
      bundleOf([
        ...ROWS,
        { day: 6, kind: "weight", grams: 19 },
        { day: 7, voids: "e5", reason: "other animal" },
        { day: 8, kind: "weight", observedAt: "2026-01-02T09:00:00Z", grams: 23, corrects: "e1", reason: "slip" },
      ]),
    );
    expect(summary.latest.weight).toMatchObject({ value: "20", entry: "e3", grade: 2 });
    expect(summary.baselineWeight).toMatchObject({ value: "23", entry: "e7" });
  });

  test("keeps the latest fault and the latest exposure apart", () => {
    const summary = summaryOf(
      bundleOf([
        ...ROWS,
        { day: 6, kind: "dose", amount: 10 },
        { day: 7, kind: "cbc", neutrophils: 2, observedAt: "2026-01-05T10:00:00Z" },
      ]),
    );
    expect(summary.lastFault).toMatchObject({ entry: "e5", code: "DOSED_WHILE_WITHHELD" });
    expect(summary.lastExposure).toBeNull();
  });
});

const continued = (study: StudyBundle): ReadonlyMap<string, AnimalSummary> => {
  const carried = new Map<
    string,
    { readonly state: ReplayState; readonly summary: AnimalSummary; readonly log: LogEntry[] }
  >();
  for (const entry of study.entries) {
    const animal = study.animals.find(({ id }) => id === entry.animal);
    if (animal === undefined) throw new Error(`no animal ${entry.animal}`);
    const { state, summary, log } = carried.get(animal.id) ?? {
      state: INITIAL_REPLAY_STATE,
      summary: EMPTY_SUMMARY,
      log: [],
    };
    log.push(entry);
    const next = entry.kind === "void" ? null : continueReplay(study.protocols, animal, state, entry);
    if (next === null || entry.kind === "void") {
      const replayed = replayAnimal(study.protocols, animal, log);
      carried.set(animal.id, { state: replayed.state, summary: summaryOfLog(log, replayed), log });
    } else carried.set(animal.id, { state: next.state, summary: summaryAfter(summary, entry, next, next.state), log });
  }
  return new Map([...carried].map(([id, { summary }]) => [id, summary]));
};

describe("carried on entry by entry, the summary is that of the whole log", () => {
  test("of a short study", () => {
    const study = bundleOf([
      ...ROWS,
      { day: 6, kind: "dose", amount: 10 },
      { day: 7, voids: "e3", reason: "other animal" },
    ]);
    expect(continued(study).get("M1")).toEqual(summaryOf(study));
  });

  const REAL_STUDY = "data/dog-35449/bundle.json";
  test.skipIf(!hasShared(REAL_STUDY))("32 dogs (skipped: ../shared/data is not beside this checkout)", () => {
    const read = readBundle(JSON.parse(sharedText(REAL_STUDY)));
    if (!read.ok) throw new Error(read.fault.message);
    const study = read.value;
    const carried = continued(study);
    for (const animal of study.animals) {
      const log = study.entries.filter((entry) => entry.animal === animal.id);
      expect(carried.get(animal.id)).toEqual(summaryOfLog(log, replayAnimal(study.protocols, animal, log)));
    }
  });
});
