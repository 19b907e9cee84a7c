import { describe, expect, test } from "vitest";
import { readBundle } from "../record/read-bundle";
import { Decimal } from "../decimal";
import { checkBaselines } from "./baseline-check";

const PERCENTS = { neutrophils: new Decimal(50), platelets: new Decimal(50) };

let nextId = 0;
const entry = (animal: string, day: number, fields: object) => {
  nextId += 1;
  const at = `2026-01-${String(day).padStart(2, "0")}T09:00:00Z`;
  return { id: `e${nextId}`, animal, observedAt: at, recordedAt: at, ...fields };
};
const cbc = (animal: string, day: number, neutrophils: number, more: object = {}) =>
  entry(animal, day, { kind: "cbc", neutrophils, platelets: 600, ...more });

const check = (entries: readonly object[]) => {
  const read = readBundle({
    format: "dose-history/1",
    study: { code: "B", species: "mouse", timeZone: "UTC" },
    protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3], referenceRanges: { alt: { upper: 60 } } }],
    animals: [
      { id: "A", startingDose: 4 },
      { id: "B", startingDose: 4 },
      { id: "C", startingDose: 0, control: true },
    ],
    entries,
  });
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  const { protocols, animals, entries: log } = read.value;
  const logs = animals.map((animal) => ({ animal, log: log.filter(({ animal: tag }) => tag === animal.id) }));
  return checkBaselines(protocols, logs, PERCENTS);
};

describe("baselines before a signature", () => {
  test("without entries there is nothing to say", () => {
    expect(check([])).toMatchObject({ animals: 3, animalsWithResults: 0, holds: [] });
    expect(check([]).percentOfBaseline.map(({ heldBelow }) => heldBelow)).toEqual([null, null]);
  });

  test("an untreated count below the human cut-off would hold its animal, and the latest one counts", () => {
    const found = check([cbc("A", 1, 0.8), cbc("B", 1, 0.7), cbc("B", 2, 1.4), cbc("C", 1, 0.4)]);
    expect(found.animalsWithResults).toBe(3);
    expect(found.holds.map(({ animal, term, grade }) => `${animal} ${term} ${grade}`)).toEqual([
      "A NEUTROPENIA 3",
      "C NEUTROPENIA 4",
    ]);
  });

  test("liver values are looked at where there is a limit of normal", () => {
    const found = check([entry("A", 1, { kind: "lft", alt: 400, ast: 5000 })]);
    expect(found.holds.map(({ term, grade }) => `${term} ${grade}`)).toEqual(["ALT_INCREASED 3"]);
  });

  test("per cent of baseline follows each animal, and shows how its own counts vary", () => {
    const found = check([
      cbc("A", 1, 0.4),
      cbc("A", 2, 1),
      cbc("B", 1, 2),
      cbc("B", 2, 3),
      cbc("C", 1, 9, { qualifiers: { neutrophils: "<" } }),
    ]);
    const [neutrophils] = found.percentOfBaseline;
    expect(neutrophils).toMatchObject({ measurement: "neutrophils", animals: 2, animalsAlreadyBelow: ["A"] });
    expect([neutrophils?.heldBelow?.from.toFixed(), neutrophils?.heldBelow?.to.toFixed()]).toEqual(["0.5", "1.5"]);
  });

  test("corrections and voids count, and what came after the first dose does not", () => {
    const low = cbc("A", 1, 0.8);
    const lowToo = cbc("B", 1, 0.8);
    const found = check([
      low,
      { ...cbc("A", 2, 1.8), observedAt: low.observedAt, corrects: low.id, reason: "typed wrong" },
      lowToo,
      { id: "v1", animal: "B", recordedAt: "2026-01-03T09:00:00Z", voids: lowToo.id, reason: "wrong animal" },
      entry("C", 1, { kind: "dose", amount: 0 }),
      cbc("C", 2, 0.4),
    ]);
    expect(found).toMatchObject({ animalsWithResults: 1, holds: [] });
  });
});
