import { afterAll, beforeAll, expect, test } from "vitest";
import { connection } from "@/lib/server/db/connection";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { createTestDatabase } from "@/test/database/test-database";
import type { TestDatabase } from "@/test/database/test-database";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { checkStudies } from "@/lib/server/operations/studies/check-studies";
import { withConnection } from "../../../scripts/database/connection.mjs";

let urls: TestDatabase;

const animal = (tag: string): readonly object[] => [
  {
    id: `${tag}-d`,
    animal: tag,
    kind: "dose",
    observedAt: "2026-01-05T09:00:00Z",
    recordedAt: "2026-01-05T09:00:00Z",
    amount: 4,
  },
  {
    id: `${tag}-c`,
    animal: tag,
    kind: "cbc",
    observedAt: "2026-01-10T09:00:00Z",
    recordedAt: "2026-01-10T12:00:00Z",
    neutrophils: 0.8,
  },
  {
    id: `${tag}-l`,
    animal: tag,
    kind: "cbc",
    observedAt: "2026-01-08T09:00:00Z",
    recordedAt: "2026-01-12T12:00:00Z",
    neutrophils: 0.4,
  },
];

const TAGS = ["run", "event", "closure", "state", "value", "untouched"] as const;

beforeAll(async () => {
  urls = await createTestDatabase();
  useDatabase(openDatabase(urls.databaseUrl));
  const bundle = {
    format: "dose-history/1",
    study: { code: "X", species: "mouse", timeZone: "UTC" },
    protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2] }],
    animals: TAGS.map((id) => ({ id, startingDose: 4 })),
    entries: TAGS.flatMap(animal),
  };
  expect(await importBundle(null, "CHECKED", bundle)).toMatchObject({ ok: true });
});
afterAll(() => database().close());

const faults = async (): Promise<readonly string[]> => {
  const result = await checkStudies("CHECKED");
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value.flatMap((study) => study.faults.map(({ animal: tag, what }) => `${tag}: ${what}`));
};

/** As only somebody with all rights can: the trigger is taken away first. */
const tamper = (table: string, change: string): Promise<unknown> =>
  withConnection(urls.superuserUrl, async (client) => {
    await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await client.query(change);
  });

const idOf = (tag: string): string => `(SELECT id FROM animals WHERE tag = '${tag}')`;

test("nothing is found where nothing was changed, and every change is found, at its animal", async () => {
  expect(await faults()).toEqual([]);
  await tamper(
    "decision_runs",
    `UPDATE decision_runs SET dose = 2 WHERE run_number = 2 AND animal_id = ${idOf("run")}`,
  );
  await tamper(
    "decision_events",
    `UPDATE decision_events SET to_dose = 3 WHERE action = 'START' AND animal_id = ${idOf("event")}`,
  );
  await tamper("decision_event_closures", `DELETE FROM decision_event_closures WHERE animal_id = ${idOf("closure")}`);
  await tamper("animal_states", `UPDATE animal_states SET dose = 3 WHERE animal_id = ${idOf("state")}`);
  await tamper(
    "complete_blood_counts",
    `UPDATE complete_blood_counts SET neutrophils = 1.8 WHERE entry_id = 'value-c'`,
  );
  const found = await faults();
  expect(new Set(found.map((fault) => fault.split(":")[0]))).toEqual(
    new Set(TAGS.filter((tag) => tag !== "untouched")),
  );
  expect(found).toContain("run: its runs are not those that follow from its log");
  expect(found).toContain("event: its events are not those that follow from its log");
  expect(found).toContain("closure: its events are not those that follow from its log");
  expect(found).toContain("state: its state is not the one that follows from its log");
});

test("a study that is not there", async () => {
  expect(await checkStudies("NOWHERE")).toMatchObject({ ok: false, fault: { code: "NOT_FOUND" } });
  expect(await connection.query({ text: "SELECT FROM studies" })).toHaveLength(1);
});
