import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AuditFault } from "@/lib/domain/trail/audit-fault";
import { animalChain } from "@/lib/domain/trail/chain";
import { makeAllCheckpoints } from "@/lib/server/verifying/make-checkpoint";
import { connection } from "@/lib/server/db/connection";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { copyTestDatabase, createTestDatabase } from "@/test/database/test-database";
import type { TestDatabase } from "@/test/database/test-database";
import { verifyDatabase } from "@/lib/server/operations/audit/verify-database";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { pastTriggers } from "@/test/database/past-triggers";
import type { Superuser } from "@/test/database/past-triggers";
import { attacks } from "./attacks";
import type { Named, Target } from "./attacks";

const CODE = "KEPT";
const DAYS = 8;

const folder = mkdtempSync(join(tmpdir(), "doseline-attacks-"));
const file = join(folder, "checkpoints.jsonl");
const wholeFile = join(folder, "whole.jsonl");

/** As it was before the last of it was recorded, and as it is. */
let earlier: TestDatabase;
let whole: TestDatabase;
let targets: readonly Target[];

/** Each of the first five is attacked with a seed of its own; the last is left alone. */
const TAGS = ["M1", "M2", "M3", "M4", "M5", "M6"];

const entries = TAGS.flatMap((animal) =>
  Array.from({ length: DAYS }, (_, day) => {
    const at = `2026-01-${String(day + 10)}T09:00:00Z`;
    const entry = { id: `${animal}-${String(day)}`, animal, observedAt: at, recordedAt: at };
    return day === 1 ? { ...entry, kind: "dose", amount: 4 } : { ...entry, kind: "weight", grams: 20 + day };
  }),
);

const bundle = {
  format: "dose-history/1",
  study: { code: CODE, species: "mouse", timeZone: "UTC" },
  protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2] }],
  animals: TAGS.map((id) => ({ id, startingDose: 4, cage: "C1" })),
  entries,
};

const withDatabase = async (urls: TestDatabase, work: () => Promise<void>): Promise<void> => {
  useDatabase(openDatabase(urls.databaseUrl, { connections: 2 }));
  try {
    await work();
  } finally {
    await database().close();
  }
};

const asSuperuser = async <Value>(
  urls: TestDatabase,
  work: (superuser: Superuser) => Promise<Value>,
): Promise<Value> => {
  const client = new pg.Client({ connectionString: urls.superuserUrl, options: "-c TimeZone=UTC" });
  await client.connect();
  try {
    return await work({ query: (text, values) => client.query(text, values === undefined ? [] : [...values]) });
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  process.env["CHECKPOINT_KEY_FILE"] = join(folder, "key.pem");
  process.env["CHECKPOINT_FILE"] = file;
  whole = await createTestDatabase();
  await withDatabase(whole, async () => {
    expect(await importBundle(null, CODE, bundle)).toMatchObject({ ok: true });
    const animals = await connection.query<{ readonly id: number; readonly tag: string }>({
      text: "SELECT id, tag FROM animals ORDER BY id",
    });
    targets = animals
      .map(({ id, tag }, index) => ({ animalId: id, tag, chain: animalChain(CODE, id), seed: index + 1 }))
      .slice(0, -1);
  });
  earlier = await copyTestDatabase(whole);
  await withDatabase(whole, async () => {
    expect(await importBundle(null, "LATER", { ...bundle, entries: entries.slice(0, 3) })).toMatchObject({ ok: true });
    await asSuperuser(whole, addEvents);
    await makeAllCheckpoints("entry");
  });
  copyFileSync(file, wholeFile);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => copyFileSync(wholeFile, file));

/** What happened to every animal after the earlier copy was made: written by the database, as any event is. */
const addEvents = async (superuser: Superuser): Promise<void> => {
  await superuser.query("BEGIN");
  await superuser.query("SET LOCAL doseline.origin = 'system'");
  for (const { chain, animalId } of targets)
    await superuser.query(
      `INSERT INTO audit_events (chain, kind, study_id, animal_id, subject, reason) SELECT $1, 'REVIEW_DECIDED', study_id, id, tag, 'later' FROM animals WHERE id = $2`,
      [chain, animalId],
    );
  await superuser.query("COMMIT");
};

const found = async (urls: TestDatabase): Promise<readonly AuditFault[]> => {
  let faults: readonly AuditFault[] = [];
  await withDatabase(urls, async () => {
    faults = (await verifyDatabase(null)).faults;
  });
  return faults;
};

const isNamed = (fault: AuditFault, { kinds, sequences, subject }: Named): boolean =>
  fault.study === CODE &&
  fault.subject === subject &&
  kinds.includes(fault.kind) &&
  (sequences === null || sequences.includes(fault.sequence ?? 0));

const expectNamed = (faults: readonly AuditFault[], expected: readonly Named[]): void => {
  expect(expected).toHaveLength(targets.length);
  const missed = expected.filter((named) => !faults.some((fault) => isNamed(fault, named)));
  expect({ missed, faults: missed.length === 0 ? [] : faults }).toEqual({ missed: [], faults: [] });
};

/** Of each animal in its turn. */
const eachTarget = async <Value>(work: (target: Target) => Promise<Value>): Promise<readonly Value[]> => {
  const done: Value[] = [];
  for (const target of targets) done.push(await work(target));
  return done;
};

test("as it was recorded there is nothing to name", async () => {
  expect(await found(await copyTestDatabase(whole))).toEqual([]);
});

test.each(attacks)("%s, with five seeds: found and named, and no other animal", async (name, attack) => {
  const copy = await copyTestDatabase(whole);
  const expected = await asSuperuser(copy, (superuser) => eachTarget((target) => attack(superuser, target)));
  const faults = await found(copy);
  expectNamed(faults, expected);
  const attacked = new Set(expected.map(({ subject }) => subject));
  const others = faults.filter(({ study, subject }) => study !== CODE || !attacked.has(subject ?? ""));
  const expectedOthers = name === "a trigger disabled and a row edited" ? ["unprotected"] : [];
  expect(others.map(({ kind }) => kind)).toEqual(expectedOthers);
});

const END = DAYS + 2;
const cutOff = (): readonly Named[] =>
  targets.map(({ tag }) => ({ kinds: ["truncated"], sequences: [END], subject: `animal ${tag}` }));
const CHECKPOINTS_CUT = { study: CODE, subject: "checkpoints", kind: "truncated", sequence: 2 };

test("an old backup restored: every chain that went on since, and the study that is not there, are named", async () => {
  const faults = await found(await copyTestDatabase(earlier));
  expectNamed(faults, cutOff());
  expect(faults).toContainEqual(expect.objectContaining(CHECKPOINTS_CUT));
  expect(faults).toContainEqual(expect.objectContaining({ study: "LATER", kind: "removed" }));
});

test("a head rolled back, with the checkpoints that knew it: the file outside still does", async () => {
  const copy = await copyTestDatabase(whole);
  await asSuperuser(copy, async (superuser) => {
    await eachTarget(({ chain }) =>
      pastTriggers(superuser, "audit_events", () =>
        superuser.query("DELETE FROM audit_events WHERE chain = $1 AND sequence = $2", [chain, END]),
      ),
    );
    const checkpoint = "number = 2 AND study_id = (SELECT id FROM studies WHERE code = $1)";
    await pastTriggers(superuser, "audit_checkpoints", () =>
      superuser.query(`DELETE FROM audit_checkpoints WHERE ${checkpoint}`, [CODE]),
    );
  });
  const faults = await found(copy);
  expectNamed(faults, cutOff());
  expect(faults).toContainEqual(expect.objectContaining(CHECKPOINTS_CUT));
});

test.each([
  ["heads", "UPDATE audit_checkpoints SET heads = replace(heads, ',2,', ',1,')", ["changed"]],
  ["signature", "UPDATE audit_checkpoints SET signature = public_key || public_key", ["changed"]],
  ["instant", "UPDATE audit_checkpoints SET at = at + interval '1 second'", ["changed"]],
  ["all of the first", "DELETE FROM audit_checkpoints WHERE number = 1", ["removed", "rewritten"]],
])("of the checkpoints %s", async (_, change, kinds) => {
  const copy = await copyTestDatabase(whole);
  await asSuperuser(copy, (superuser) => pastTriggers(superuser, "audit_checkpoints", () => superuser.query(change)));
  const ofCheckpoints = (await found(copy)).filter(({ subject }) => subject === "checkpoints");
  expect(ofCheckpoints.filter(({ study, kind }) => study === CODE && kinds.includes(kind))).not.toEqual([]);
});

test("the file outside gone, a line of it gone, or a line of it changed", async () => {
  const copy = await copyTestDatabase(whole);
  const ofCheckpoints = async () => (await found(copy)).map(({ subject, kind }) => [subject, kind]);
  const lines = readFileSync(wholeFile, "utf8").trimEnd().split("\n");
  const number = lines.findIndex((line) => line.includes('"number":1'));
  writeFileSync(file, `${lines.filter((_, index) => index !== number).join("\n")}\n`);
  expect(await ofCheckpoints()).toEqual([["checkpoints", "removed"]]);
  writeFileSync(
    file,
    `${lines.map((line, index) => (index === number ? line.replace('"cause"', '"because"') : line)).join("\n")}\n`,
  );
  expect(await ofCheckpoints()).toContainEqual(["checkpoints", "changed"]);
  rmSync(file);
  expect(await ofCheckpoints()).toEqual([["checkpoints", "removed"]]);
});
