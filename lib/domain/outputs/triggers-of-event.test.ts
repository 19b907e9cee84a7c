import { describe, expect, test } from "vitest";
import { readBundle } from "../record/read-bundle";
import { explainEvents } from "../rules/explain";
import type { Trigger } from "./dose-modification-row";
import { triggersOf } from "./triggers-of-event";

type Keys = Readonly<Record<string, unknown>>;

const at = (day: number, time: string): Keys => {
  const instant = `2026-01-${String(day).padStart(2, "0")}T${time}:00Z`;
  return { observedAt: instant, recordedAt: instant };
};

/** The triggers of each event of one animal that started on 5 January, with these entries after its first dose. */
const triggersAfterStart = (...entries: readonly Keys[]): readonly (readonly Trigger[])[] => {
  const log = [
    { kind: "weight", grams: 20, ...at(4, "08:00") },
    { kind: "cbc", neutrophils: 2.4, platelets: 900, ...at(4, "08:10") },
    { kind: "lft", alt: 30, ast: 90, bilirubin: 0.3, ...at(4, "08:10") },
    { kind: "dose", amount: 4, ...at(5, "09:00") },
    ...entries,
  ];
  const bundle = readBundle({
    format: "dose-history/1",
    study: { code: "T", species: "mouse", timeZone: "UTC" },
    protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2, 1], referenceRanges: { alt: { upper: 60 } } }],
    animals: [{ id: "A1", startingDose: 4 }],
    entries: log.map((entry, index) => ({ id: `e${index}`, animal: "A1", ...entry })),
  });
  if (!bundle.ok) throw new Error(`${bundle.fault.path} ${bundle.fault.message}`);
  const { protocols, animals, entries: read } = bundle.value;
  const [animal] = animals;
  if (animal === undefined) throw new Error("no animal");
  return explainEvents(protocols, animal, read, { timeZone: "UTC" }).map(triggersOf);
};

describe("the values that led to an event", () => {
  test("a start has none; a hold has the count and the edge it crossed, a resume what recovered", () => {
    const triggers = triggersAfterStart(
      { kind: "cbc", neutrophils: 0.8, platelets: 900, ...at(12, "09:00") },
      { kind: "cbc", neutrophils: 1, platelets: 900, ...at(19, "09:00") },
    );
    expect(triggers).toEqual([
      [],
      [{ term: "NEUTROPENIA", value: "0.8", unit: "10⁹/L", cutOff: "< 1", baseline: null, grade: 3 }],
      [{ term: "NEUTROPENIA", value: "1", unit: "10⁹/L", cutOff: "≥ 1", baseline: null, grade: null }],
    ]);
  });

  test("a qualifier stays before its number", () => {
    const triggers = triggersAfterStart({
      kind: "cbc",
      neutrophils: 0.2,
      platelets: 900,
      qualifiers: { neutrophils: "<" },
      ...at(12, "09:00"),
    });
    expect(triggers[1]).toEqual([
      { term: "NEUTROPENIA", value: "<0.2", unit: "10⁹/L", cutOff: "< 0.5", baseline: null, grade: 4 },
    ]);
  });

  test("febrile neutropenia has the count and the temperature, and not the hours between them", () => {
    const triggers = triggersAfterStart(
      { kind: "observation", temperature: 38.9, findings: [], ...at(12, "08:00") },
      { kind: "cbc", neutrophils: 0.8, platelets: 900, ...at(12, "09:00") },
    );
    expect(triggers[1]?.map(({ term, value, unit }) => [term, value, unit])).toEqual([
      ["NEUTROPENIA", "0.8", "10⁹/L"],
      ["FEBRILE_NEUTROPENIA", "0.8", "10⁹/L"],
      ["FEBRILE_NEUTROPENIA", "38.9", "°C"],
    ]);
  });

  test("a weight loss has its baseline, a liver value its multiple of the limit, a finding its grade only", () => {
    expect(triggersAfterStart({ kind: "weight", grams: 15.9, ...at(12, "09:00") })[1]).toEqual([
      { term: "WEIGHT_LOSS", value: "15.9", unit: "g", cutOff: "≤ 16", baseline: "20 g", grade: 3 },
    ]);
    expect(triggersAfterStart({ kind: "lft", alt: 301, ...at(12, "09:00") })[1]).toEqual([
      { term: "ALT_INCREASED", value: "301", unit: "U/L", cutOff: "> 300", baseline: null, grade: 3 },
    ]);
    const rash = { kind: "observation", findings: [{ term: "RASH", grade: 3 }], ...at(12, "09:00") };
    expect(triggersAfterStart(rash)[1]).toEqual([
      { term: "RASH", value: null, unit: null, cutOff: "≥ grade 3", baseline: null, grade: 3 },
    ]);
  });

  test("what was open before is not told again: only what opened in the step", () => {
    const triggers = triggersAfterStart(
      { kind: "cbc", neutrophils: 0.8, platelets: 900, ...at(12, "09:00") },
      { kind: "cbc", neutrophils: 0.7, platelets: 40, ...at(19, "09:00") },
    );
    expect(triggers[2]?.map(({ term, value }) => [term, value])).toEqual([["THROMBOCYTOPENIA", "40"]]);
  });

  test("bullae are seen, and have neither value nor grade; an order has nothing", () => {
    const bullae = { kind: "observation", findings: [], skin: { bullae: true }, ...at(12, "09:00") };
    expect(triggersAfterStart(bullae)[1]).toEqual([
      { term: "skin bullae", value: null, unit: null, cutOff: null, baseline: null, grade: null },
    ]);
    const order = { kind: "order", action: "WITHHOLD", reason: "eye", ...at(12, "09:00") };
    expect(triggersAfterStart(order)[1]).toEqual([]);
  });
});
