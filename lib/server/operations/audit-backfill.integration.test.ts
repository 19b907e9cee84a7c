import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { verifyChain } from "@/lib/domain/trail/chain";
import { linkHash, readChain } from "@/lib/server/store/audit-chain";
import { connection } from "@/lib/server/db/connection";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { createTestDatabase } from "@/test/database/test-database";
import type { TestDatabase } from "@/test/database/test-database";
import { join, person } from "@/test/people/test-people";
import { loginOf, withConnection } from "../../../scripts/database/connection.mjs";
import { migrateDatabase } from "../../../scripts/database/migrate-database.mjs";
import { importBundle } from "./studies/import-bundle";
import { recordEntries } from "./entries/record-entries";
import { readInput } from "@/lib/contracts/field-faults";
import { entriesInput } from "@/lib/contracts/entries/entry";
import type { Actor } from "@/lib/server/command/actor";

/** Not part of the checkout: looked at where it is there. */
const SHARED = "../shared/data/dog-35449/bundle.json";

const at = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T09:00:00+01:00`;

/** Every kind of entry, unknown keys, explicit nulls, more digits than needed, corrections and voids. */
const BUNDLE = {
  format: "dose-history/1",
  study: { code: "X", species: "mouse", timeZone: "UTC", title: "Bündel", sponsor: { name: null, list: [1, 2.5] } },
  note: "beside everything",
  protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2], house: { rule: null } }],
  animals: [
    {
      id: "M1",
      startingDose: 4,
      group: "G1",
      sex: "F",
      birthDate: "2025-06-01",
      doseLevels: [4, 3, 2.5],
      colour: null,
    },
    { id: "M2", startingDose: 0, control: true, room: "R 1", cage: "" },
  ],
  entries: [
    {
      id: "w",
      animal: "M1",
      kind: "weight",
      observedAt: at(5),
      recordedAt: at(5),
      grams: 22.5,
      recordedBy: "Ana",
      reported: { grams: { text: "22.50", unit: "g", second: null } },
    },
    {
      id: "d",
      animal: "M1",
      kind: "dose",
      observedAt: at(6),
      recordedAt: at(6),
      amount: 4,
      lot: "L-1",
      volume: { value: 0.1, unit: "mL" },
      deviation: { reason: "late" },
    },
    {
      id: "c",
      animal: "M1",
      kind: "cbc",
      observedAt: at(10),
      recordedAt: at(10),
      neutrophils: 0.8,
      platelets: null,
      comment: "clotted?",
      qualifiers: { neutrophils: "<" },
    },
    {
      id: "c2",
      animal: "M1",
      kind: "cbc",
      observedAt: at(10),
      recordedAt: at(11),
      neutrophils: 1.25,
      corrects: "c",
      reason: "Typed wrong",
      reasonCode: "TRANSCRIPTION",
    },
    {
      id: "l",
      animal: "M1",
      kind: "lft",
      observedAt: at(11),
      recordedAt: at(11),
      alt: 40,
      bilirubin: 0.4,
      notDone: { ast: "haemolysed" },
    },
    {
      id: "o",
      animal: "M1",
      kind: "observation",
      observedAt: at(12),
      recordedAt: at(12),
      temperature: 37.5,
      skin: { bullae: false },
      findings: [{ term: "RASH", grade: 2 }],
      signs: [{ text: "Red", severity: null }, { category: "skin" }],
      more: { kept: true },
    },
    { id: "o2", animal: "M2", kind: "observation", observedAt: at(12), recordedAt: at(12), findings: [], signs: [] },
    {
      id: "q",
      animal: "M1",
      kind: "order",
      observedAt: at(13),
      recordedAt: at(13),
      action: "WITHHOLD",
      reason: "Seen",
    },
    { id: "v", animal: "M1", voids: "l", recordedAt: at(14), reason: "Another animal's" },
    { id: "x", animal: "M1", kind: "disposition", observedAt: at(20), recordedAt: at(20), outcome: "DIED" },
  ],
};

let urls: TestDatabase;
let tim: Actor;

const record = async (body: object): Promise<void> => {
  const read = readInput(entriesInput, body);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  expect(await recordEntries(tim, "BEFORE", read.value)).toMatchObject({ ok: true });
};

beforeAll(async () => {
  urls = await createTestDatabase();
  useDatabase(openDatabase(urls.databaseUrl));
  const made = await importBundle(null, "BEFORE", BUNDLE);
  expect(made).toMatchObject({ ok: true });
  tim = await person("tim@example.org");
  await join(tim, "BEFORE", "technician");
  const weight = {
    animal: "M2",
    kind: "weight",
    observedAt: "2026-02-01T09:00:00Z",
    grams: { text: "21.10", unit: "g" },
  };
  await record({ ...weight, id: "00000000-0000-4000-8000-000000000001" });
  await record({
    ...weight,
    id: "00000000-0000-4000-8000-000000000002",
    grams: { text: "21.90", unit: "g" },
    corrects: "00000000-0000-4000-8000-000000000001",
    reasonCode: "TRANSCRIPTION",
    reason: "A slip",
  });
  await record({
    id: "00000000-0000-4000-8000-000000000003",
    animal: "M2",
    kind: "void",
    voids: "00000000-0000-4000-8000-000000000002",
    reasonCode: "WRONG_ANIMAL",
    reason: "Not this one",
  });
  if (existsSync(SHARED)) {
    expect(await importBundle(null, "DOG", JSON.parse(readFileSync(SHARED, "utf8")) as unknown)).toMatchObject({
      ok: true,
    });
  }
  return () => database().close();
});

type Kept = {
  readonly chain: string;
  readonly kind: string;
  readonly entryId: string | null;
  readonly subject: string | null;
};

/** What an event says, without who said it and when. */
const saidOf = async (): Promise<readonly unknown[]> => {
  const rows = await connection.query<
    Kept & { oldValue: string | null; newValue: string | null; reason: string | null }
  >({
    text: `SELECT chain, kind, entry_id AS "entryId", subject, old_value AS "oldValue", new_value AS "newValue", reason FROM audit_events
           WHERE kind NOT IN ('SIGNED_IN', 'TOKEN_ISSUED') ORDER BY chain, sequence`,
  });
  return rows.map(({ oldValue, newValue, ...row }) => ({
    ...row,
    oldValue: oldValue === null ? null : (JSON.parse(oldValue) as unknown),
    newValue: newValue === null || row.kind === "USER_CREATED" ? null : (JSON.parse(newValue) as unknown),
  }));
};

/** As it was before there was a trail: only somebody with all rights gets there. */
const forgetTrail = (): Promise<unknown> =>
  withConnection(urls.superuserUrl, async (client) => {
    await client.query("DROP FUNCTION doseline_require_audit() CASCADE");
    await client.query("DROP FUNCTION doseline_require_audit_of_entry() CASCADE");
    await client.query("DROP TABLE audit_events CASCADE");
    await client.query("DROP FUNCTION doseline_chain_audit_event() CASCADE");
    await client.query(
      "DELETE FROM _prisma_migrations WHERE migration_name ~ '_(audit_trail|audit_required|audit_of_entries|clock_and_trail_by_key)$'",
    );
  });

describe("a database from before the trail", () => {
  test("gets by its migrations the events that recording would have left, as the system's", async () => {
    const before = await saidOf();
    expect(before.length).toBeGreaterThan(18);
    await forgetTrail();
    const applied = await migrateDatabase({ ownerUrl: urls.databaseOwnerUrl, login: loginOf(urls.databaseUrl) });
    expect(applied).toEqual([
      "20261123000100_audit_trail",
      "20261123000150_audit_required",
      "20261123000700_audit_of_entries",
      "20261123000710_clock_and_trail_by_key",
    ]);
    expect(await saidOf()).toEqual(before);
    const origins = await connection.query({ text: "SELECT DISTINCT origin, actor, actor_text FROM audit_events" });
    expect(origins).toEqual([{ origin: "system", actor: null, actor_text: "system" }]);
  });

  test("every chain verifies, and goes on", async () => {
    await record({
      id: "00000000-0000-4000-8000-000000000004",
      animal: "M2",
      kind: "weight",
      observedAt: "2026-02-02T09:00:00Z",
      grams: { text: "21.1", unit: "g" },
    });
    const chains = await connection.query<{ chain: string }>({ text: "SELECT DISTINCT chain FROM audit_events" });
    for (const { chain } of chains) expect(verifyChain(await readChain(connection, chain), linkHash)).toEqual([]);
    const [last] = await connection.query({
      text: "SELECT kind, actor_text FROM audit_events WHERE entry_id = '00000000-0000-4000-8000-000000000004'",
    });
    expect(last).toEqual({ kind: "ENTRY_RECORDED", actor_text: "tim@example.org" });
  });

  test("what is changed without an event is refused again", async () => {
    await expect(connection.query({ text: "UPDATE studies SET title = 'other'" })).rejects.toMatchObject({
      code: "23514",
    });
  });
});
