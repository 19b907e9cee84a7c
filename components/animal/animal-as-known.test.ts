import { expect, test } from "vitest";
import type { MadeChange } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";
import { animalAsKnown } from "./animal-as-known";

const NOW: Animal = {
  id: "M013",
  sex: "F",
  group: "G2",
  room: "1",
  cage: "A9",
  birthDate: null,
  strain: null,
  genotype: null,
  startingDose: 5,
  control: false,
  doseLevels: null,
};

const change = (day: number, fields: MadeChange["fields"]): MadeChange => ({
  id: `c${String(day)}`,
  changedAt: `2026-01-0${String(day)}T09:00:00.000Z`,
  changedBy: "Ines",
  reason: "Moved",
  fields,
});
const CHANGES = [
  change(6, [{ field: "cage", before: "A5", after: "A9" }]),
  change(5, [{ field: "cage", before: "A4", after: "A5" }]),
  change(4, [{ field: "tag", before: "M031", after: "M013" }]),
];
const at = (text: string | null) => {
  const { id, cage } = animalAsKnown(NOW, CHANGES, text === null ? null : Date.parse(text));
  return [id, cage];
};

test("what was changed later is as it had been, step by step", () => {
  expect(at(null)).toEqual(["M013", "A9"]);
  expect(at("2026-01-06T09:00:00Z")).toEqual(["M013", "A9"]);
  expect(at("2026-01-06T08:59:59Z")).toEqual(["M013", "A5"]);
  expect(at("2026-01-04T12:00:00Z")).toEqual(["M013", "A4"]);
  expect(at("2026-01-01T00:00:00Z")).toEqual(["M031", "A4"]);
});
