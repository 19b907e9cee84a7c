import { beforeAll, describe, expect, test, vi } from "vitest";
import { knownAnimal } from "@/components/animal-page/as-known";
import { overviewOf } from "@/lib/domain/animal/overview-animal";
import { writeInstant } from "@/lib/domain/time/instant";
import { join, person, useTestDatabase } from "@/test/people/test-people";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/command/actor";
import { demonstrationBundle } from "@/prisma/seed/demonstration-bundle";
import { readAnimalRecord } from "./animal-record";
import { readBoard } from "./board";
import { importBundle } from "./import-bundle";
import { studiesOverview } from "./studies-overview";

const END = Date.UTC(2026, 1, 4, 12);
const DAY = 86_400_000;
const NOW = { ms: END, timeZone: "Europe/London" };
const ANIMALS = 500;

useTestDatabase();
let director: Actor;
let stranger: Actor;

/** A study as large as they come, its animals with the same few entries: a board's cost is in animals, not in entries. */
const largeBundle = () => {
  const tags = Array.from({ length: ANIMALS }, (_, index) => `L${String(index).padStart(3, "0")}`);
  const at = (day: number): string => writeInstant(END - (30 - day) * DAY);
  const entry = (id: string, animal: string, day: number, rest: object) => ({
    id,
    animal,
    observedAt: at(day),
    recordedAt: at(day),
    ...rest,
  });
  return {
    format: "dose-history/1",
    study: { code: "LARGE", species: "mouse", timeZone: "Europe/London" },
    protocols: [{ version: 1, effectiveFrom: null, doseUnit: "mg/kg", doseLevels: [10, 5] }],
    animals: tags.map((id) => ({ id, startingDose: 10, control: false })),
    entries: tags.flatMap((tag) => [
      entry(`${tag}-1`, tag, 1, { kind: "weight", grams: 20 }),
      entry(`${tag}-2`, tag, 2, { kind: "dose", amount: 10 }),
      entry(`${tag}-3`, tag, 20, { kind: "cbc", neutrophils: 0.8, platelets: 900 }),
      entry(`${tag}-4`, tag, 27, { kind: "weight", grams: 17 }),
    ]),
  };
};

beforeAll(async () => {
  const admin = await person("importer@example.org", { administrator: true });
  director = await person("director@example.org");
  stranger = await person("stranger@example.org");
  for (const [code, bundle] of [
    ["DEMO", demonstrationBundle({ endInstant: writeInstant(END) })],
    ["LARGE", largeBundle()],
  ] as const) {
    const imported = await importBundle(admin, code, bundle);
    if (!imported.ok) throw new Error(imported.fault.detail);
    await join(director, code, "study_director");
  }
}, 120_000);

const boardOf = async (code: string) => {
  const read = await readBoard(director, code);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
};

const statementsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const spy = vi.spyOn(database().pool, "query");
  try {
    await work();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
};

describe("a board", () => {
  test("is three statements, for 48 animals of a long study and for 500", async () => {
    expect(await statementsOf(() => boardOf("DEMO"))).toBe(3);
    expect(await statementsOf(() => boardOf("LARGE"))).toBe(3);
    expect((await boardOf("LARGE")).animals).toHaveLength(ANIMALS);
  });

  test("shows of every animal what its whole log comes to", async () => {
    const { animals } = await boardOf("DEMO");
    expect(animals).toHaveLength(48);
    for (const animal of animals) {
      const read = await readAnimalRecord(director, "DEMO", animal.tag);
      if (!read.ok) throw new Error(read.fault.detail);
      if (read.value.record === null) throw new Error("known now");
      const { overview } = knownAnimal(read.value.record, null);
      expect(overviewOf(overview, NOW)).toMatchObject(overviewOf(animal, NOW));
      expect({ status: animal.status, dose: animal.dose, open: animal.openToxicities, said: animal.said }).toEqual({
        status: overview.status,
        dose: overview.dose,
        open: overview.openToxicities,
        said: overview.said,
      });
    }
  });

  test("has the weight warning before the hold", async () => {
    const { animals, doseUnit } = await boardOf("LARGE");
    const [animal] = animals;
    if (animal === undefined) throw new Error("no animal");
    expect(doseUnit).toBe("mg/kg");
    expect(animal.status).toBe("WITHHELD");
    expect(overviewOf(animal, NOW).concerns).toEqual(["weight-warning"]);
  });

  test("is not there for somebody who has no part in the study", async () => {
    expect(await readBoard(stranger, "DEMO")).toMatchObject({ ok: false, fault: { code: "NOT_FOUND" } });
    expect(await readAnimalRecord(stranger, "DEMO", "M001")).toMatchObject({ ok: false, fault: { code: "NOT_FOUND" } });
    expect(await readAnimalRecord(director, "DEMO", "nobody")).toMatchObject({
      ok: false,
      fault: { code: "NOT_FOUND" },
    });
    expect(await readAnimalRecord(director, "DEMO", "M\u0000")).toMatchObject({
      ok: false,
      fault: { code: "NOT_FOUND" },
    });
  });
});

test("an animal as known at an instant is what the decisions stored by then say", async () => {
  const { animals } = await boardOf("DEMO");
  for (const { tag } of animals.filter(({ decisions }) => decisions.length > 1)) {
    const read = await readAnimalRecord(director, "DEMO", tag);
    if (!read.ok) throw new Error(read.fault.detail);
    const { record } = read.value;
    if (record === null) throw new Error("known now");
    for (const { entry } of record.log.filter((_, index) => index % 20 === 0)) {
      const { standing, replayed } = knownAnimal(record, entry.recordedAt.ms);
      expect(standing.map(({ entry: id, action, toDose }) => ({ id, action, toDose }))).toEqual(
        replayed?.history.events.map(({ entry: id, action, toDose }) => ({ id, action, toDose: toDose.toFixed() })),
      );
    }
  }
});

test("the list of studies counts what each board would show first", async () => {
  const overviews = await studiesOverview(director, END);
  expect(overviews.map(({ study }) => study.code)).toEqual(["DEMO", "LARGE"]);
  expect(overviews[1]?.concerns).toEqual({ "weight-warning": ANIMALS });
  const demonstration = (await boardOf("DEMO")).animals.flatMap((animal) => overviewOf(animal, NOW).concerns[0] ?? []);
  const counted = Object.values(overviews[0]?.concerns ?? {}).reduce((sum, count) => sum + count, 0);
  expect(counted).toBe(demonstration.length);
  expect(await studiesOverview(stranger, END)).toEqual([]);
});
