import { expect, test } from "vitest";
import type { WhatIf } from "@/lib/contracts/what-if";
import { addWhatIf, partsOf } from "./add-what-if";

const part = (animal: string, differingDays: number): WhatIf => ({
  title: "The draft",
  version: 2,
  from: null,
  doseUnit: "mg/kg",
  limits: [],
  entries: 10,
  animals: 1,
  animalsThatDiffer: 1,
  animalDays: 20,
  animalDaysThatDiffer: differingDays,
  differences: [{ animal, group: null, days: 20, differingDays, stretches: [] }],
});

test("every animal is in one part, and the parts add up", () => {
  const tags = Array.from({ length: 85 }, (_, index) => `M${String(index)}`);
  expect(partsOf(tags).map(({ length }) => length)).toEqual([40, 40, 5]);
  expect(partsOf(tags).flat()).toEqual(tags);
  expect(partsOf([])).toEqual([]);
  const both = addWhatIf(addWhatIf(null, part("A", 3)), part("B", 4));
  expect(both).toMatchObject({
    entries: 20,
    animals: 2,
    animalsThatDiffer: 2,
    animalDays: 40,
    animalDaysThatDiffer: 7,
  });
  expect(both.differences.map(({ animal }) => animal)).toEqual(["A", "B"]);
});
