import { describe, expect, test } from "vitest";
import type { RecordedEntry } from "@/lib/contracts/animal-record";
import { entryDetails } from "@/lib/contracts/entries/entry-details";
import { readBundle } from "@/lib/domain/record/read-bundle";
import { explainEvents } from "@/lib/domain/rules/explain";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { entryRecords } from "./entry-records";
import { entryParts, reasonText } from "./entry-words";
import { conditionWords, missingByWhat, recoveryTitle, ruleTitle } from "@/lib/domain/language/explanation-words";
import { measurementTable } from "./measurement-rows";

type Row = Readonly<Record<string, unknown>> & { readonly day: number };

const at = (day: number, hour = 9): string =>
  `2026-01-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;

const ROWS: readonly Row[] = [
  { day: 4, kind: "weight", grams: 22, reported: { grams: { text: "22.0", unit: "g" } } },
  { day: 5, kind: "dose", amount: 10 },
  { day: 6, kind: "dose", amount: 10 },
  { day: 7, kind: "dose", amount: 10 },
  {
    day: 12,
    kind: "cbc",
    neutrophils: 0.8,
    reported: { neutrophils: { text: "800", unit: "cells/µL", firstReading: "80" } },
    notDone: { platelets: "CLOTTED" },
  },
  {
    day: 12,
    kind: "observation",
    temperature: 37,
    findings: [{ term: "RASH", grade: 1 }],
    signs: [{ category: "Appetite", text: "Reduced", severity: "mild" }],
  },
  { day: 13, kind: "weight", grams: 20.1, recordedAt: at(14, 11) },
  {
    day: 15,
    kind: "weight",
    grams: 21,
    observedAt: at(13),
    corrects: "e6",
    reasonCode: "TRANSCRIPTION",
    reason: "read as 20.1",
  },
  { day: 16, kind: "weight", grams: 50 },
  { day: 17, voids: "e8", reasonCode: "WRONG_ANIMAL", reason: "it was M2" },
];

const study = (() => {
  const documents = ROWS.map(({ day, ...entry }, index) => ({
    id: `e${String(index)}`,
    animal: "M1",
    recordedAt: at(day),
    ...("voids" in entry ? {} : { observedAt: at(day) }),
    ...entry,
  }));
  const read = readBundle({
    format: "dose-history/1",
    study: { code: "S", species: "mouse", timeZone: "UTC" },
    protocols: [
      {
        version: 1,
        effectiveFrom: null,
        doseUnit: "mg/kg",
        doseLevels: [10, 7.5],
        referenceRanges: { alt: { upper: 60 } },
      },
    ],
    animals: [{ id: "M1", startingDose: 10, control: false }],
    entries: documents,
  });
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  const { protocols, animals, entries } = read.value;
  const [animal] = animals;
  if (animal === undefined) throw new Error("no animal");
  const log = entries.map((entry, index): RecordedEntry => ({
    entry,
    details: entryDetails(documents[index] ?? {}),
    recordedBy: "tim",
    recorderId: null,
  }));
  return { protocols, animal, entries, log, replayed: replayAnimal(protocols, animal, entries) };
})();

const UNITS = { dose: "mg/kg", bilirubin: "" };
const records = entryRecords(study.log);
const recordOf = (id: string) => {
  const record = records.find((candidate) => candidate.id === id);
  if (record === undefined) throw new Error(`no record ${id}`);
  return record;
};

describe("the records of an animal", () => {
  test("a corrected entry keeps what it replaced, a voided one what voided it", () => {
    const corrected = recordOf("e6");
    expect(corrected.latest.entry.id).toBe("e7");
    expect(corrected.former.map(({ entry }) => entry.id)).toEqual(["e6"]);
    expect(reasonText(corrected.latest.details)).toBe("Written down wrongly: read as 20.1");
    expect(recordOf("e8").voided?.entry.id).toBe("e9");
    expect(records.map(({ id }) => id)).toEqual(["e8", "e6", "e4", "e5", "e3", "e2", "e1", "e0"]);
  });

  test("parts say the canonical value, what was typed, and why there is no value", () => {
    const { entry, details } = recordOf("e4").latest;
    expect(entryParts(entry, details, UNITS)).toEqual([
      {
        key: "neutrophils",
        name: "Neutrophils",
        value: "0.8",
        unit: "10⁹/L",
        typed: "typed 800 cells/µL, first read 80",
      },
      { key: "platelets", name: "Platelets", value: "not done: CLOTTED", unit: null, typed: null },
    ]);
    const weight = recordOf("e0").latest;
    expect(entryParts(weight.entry, weight.details, UNITS)).toEqual([
      { key: "grams", name: null, value: "22.0", unit: "g", typed: null },
    ]);
  });
});

describe("the numbers as a table", () => {
  const table = measurementTable(records, [], {
    days: { firstDoseMs: study.replayed.state.animal.firstDoseMs, timeZone: "UTC" },
    units: UNITS,
    history: study.replayed.history,
    baselineGrams: "22",
  });

  test("a row a date, latest first, and days on which nothing but doses was recorded in one", () => {
    expect(table.rows.map(({ day }) => day)).toEqual(["day 12", "day 9", "day 8", "days 2 to 3", "day 1", "day −1"]);
    expect(table.rows[3]?.date).toBe("6 Jan – 7 Jan 2026");
    expect(table.rows[3]?.given.map(({ text, deviation }) => [text, deviation])).toEqual([
      ["10", null],
      ["10", null],
    ]);
    expect(table.rows[4]?.given).toMatchObject([
      { deviation: "First dose before the baseline was complete", fault: true },
    ]);
  });

  test("values carry grade, as-typed text and lateness; what was corrected or voided is struck through, by whom and when", () => {
    const [day12, day9, day8] = table.rows;
    expect(day9?.values.get("grams")).toMatchObject([
      { text: "21", grade: 0, struck: [{ text: "20.1", note: "corrected 15 Jan 2026, 09:00 by tim" }] },
    ]);
    expect(day12?.values.get("grams")).toMatchObject([
      { text: null, grade: null, struck: [{ text: "50", note: "voided 17 Jan 2026, 09:00 by tim" }] },
    ]);
    expect(day12?.values.get("change")).toBeUndefined();
    expect(day9?.values.get("change")).toMatchObject([{ text: "−4.5 %" }]);
    expect(day8?.values.get("neutrophils")).toMatchObject([
      { text: "0.8", grade: 3, notes: ["09:00", "typed 800 cells/µL, first read 80"] },
    ]);
    expect(day8?.values.get("platelets")).toMatchObject([{ text: "not done: CLOTTED", missing: true }]);
    expect(day8?.findings).toEqual([
      { text: "rash: grade 1", struck: null },
      { text: "Appetite: Reduced (mild)", struck: null },
    ]);
  });

  test("columns are those with a value; what was never measured takes no room", () => {
    expect(table.columns.map(({ field }) => field)).toEqual(["neutrophils", "grams", "temperature"]);
    expect(table.further).toEqual([]);
  });
});

describe("why", () => {
  const [, withheld] = explainEvents(study.protocols, study.animal, study.entries, { timeZone: "UTC" });
  if (withheld === undefined) throw new Error("no decision");
  const { met, unmet, recovery } = withheld.explanation;

  test("a rule that is met shows its values, the cut-off and where that comes from", () => {
    const [first] = met;
    if (first === undefined) throw new Error("no rule is met");
    expect(ruleTitle(first)).toBe("Neutropenia, grade 3");
    expect(first.conditions.map(conditionWords)).toMatchObject([
      {
        measured: "neutrophils 0.8 × 10⁹/L",
        comparison: "below 1.0 × 10⁹/L",
        origin: "Protocol: neutrophils, grade 3 below",
        entry: "e4",
      },
      { measured: "neutrophils 0.8 × 10⁹/L", comparison: "at least 0.5 × 10⁹/L" },
    ]);
    expect(recovery.map(recoveryTitle)).toEqual(["Neutropenia: not recovered"]);
  });

  test("what was missing is said once, with every rule that asked for it", () => {
    const missing = missingByWhat(unmet.filter(({ verdict }) => verdict === "NOT_EVALUABLE"));
    expect(missing).toContainEqual({
      what: "ALT: not in this entry",
      rules: ["Non-hematologic, grade 3", "Non-hematologic, grade 4"],
    });
    expect(new Set(missing.map(({ what }) => what)).size).toBe(missing.length);
  });
});

test("details of an imported document that holds other things than expected are left out, not failed over", () => {
  const details = entryDetails({
    id: "x",
    reported: { grams: 7 },
    notDone: "no",
    signs: [3, { text: "Hunched" }],
    comment: 9,
    volume: [],
    qualifiers: { alt: "~" },
  });
  expect(details).toMatchObject({
    typed: {},
    notDone: {},
    signs: [{ category: null, text: "Hunched", severity: null }],
    comment: null,
    volume: null,
    qualifiers: {},
  });
});
