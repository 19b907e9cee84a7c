import { describe, expect, test } from "vitest";
import { connection } from "@/lib/server/db/connection";
import { ONE_WEIGHT } from "@/test/database/protected-bundles";
import { join, person, useTestDatabase } from "@/test/people/test-people";
import { readRecordingSheet } from "../entries/read-recording-sheet";
import { importBundle } from "./import-bundle";

useTestDatabase();

const ANIMALS = 20;
const WEIGHTS = 100;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const MANY_WEIGHTS = {
  ...ONE_WEIGHT,
  animals: numbers(ANIMALS).map((animal) => ({ id: `M${String(animal)}`, startingDose: 4, group: "G1" })),
  entries: numbers(WEIGHTS).flatMap((day) =>
    numbers(ANIMALS).map((animal) => {
      const at = new Date(Date.UTC(2025, 0, 1 + day, 9)).toISOString();
      const grams = 20 + day / 100;
      const id = `w-${String(animal)}-${String(day)}`;
      return { id, animal: `M${String(animal)}`, kind: "weight", grams, observedAt: at, recordedAt: at };
    }),
  ),
};

/** How many rows the planner takes each table for. */
const plannedRows = async (): Promise<unknown> => {
  const tables = await connection.query<{ readonly name: string; readonly rows: number }>({
    text: `SELECT relname AS name, reltuples AS rows FROM pg_class WHERE oid IN ('entries'::regclass, 'body_weights'::regclass, 'animals'::regclass)`,
  });
  return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
};

const imported = async (code: string, bundle: unknown): Promise<void> => {
  expect(await importBundle(null, code, bundle)).toMatchObject({ ok: true });
};

describe("the database after an import", () => {
  test("plans for the rows that were imported when it was analyzed just before", async () => {
    await imported("A-001", ONE_WEIGHT);
    expect(await plannedRows()).toEqual({ entries: 1, body_weights: 1, animals: 1 });

    await imported("A-002", MANY_WEIGHTS);
    const entries = ANIMALS * WEIGHTS + 1;
    expect(await plannedRows()).toEqual({ entries, body_weights: entries, animals: ANIMALS + 1 });

    const technician = await person("tim@example.org");
    await join(technician, "A-002", "technician");
    const sheet = await readRecordingSheet(technician, "A-002");
    if (!sheet.ok) throw new Error(sheet.fault.detail);
    expect(sheet.value.animals.map(({ last }) => last.grams?.value)).toEqual(numbers(ANIMALS).map(() => "20.99"));
  });
});
