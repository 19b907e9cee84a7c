import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { person } from "@/test/people/test-people";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { withConnection } from "../../scripts/database/connection.mjs";
import { connection } from "../../lib/server/db/connection";
import { database, openDatabase, useDatabase } from "../../lib/server/db/database";
import { EVERY_TABLE } from "../database/protected-bundles";
import { NOT_ALLOWED, REFUSED_BY_CHECK, REFUSED_BY_TRIGGER, sqlStateOf } from "../database/sql-state";
import { createTestDatabase } from "../database/test-database";
import { pastTriggers } from "../database/past-triggers";
import type { TestDatabase } from "../database/test-database";

const KEPT = [
  "entries",
  "body_weights",
  "complete_blood_counts",
  "chemistries",
  "clinical_observations",
  "observation_findings",
  "observation_signs",
  "doses_given",
  "orders",
  "dispositions",
  "decision_runs",
  "decision_events",
  "decision_event_closures",
  "review_items",
  "animal_changes",
] as const;

let urls: TestDatabase;

beforeAll(async () => {
  urls = await createTestDatabase();
  useDatabase(openDatabase(urls.databaseUrl));
  expect(await importBundle(null, "PROTECTED", EVERY_TABLE)).toMatchObject({ ok: true });
  // What only comes with work: the late result's item for the director, and a change of the animal's own record.
  const { userId } = await person("dora@example.org");
  await withConnection(urls.superuserUrl, async (client) => {
    const superuser = { query: (text: string, values?: readonly unknown[]) => client.query(text, [...(values ?? [])]) };
    await pastTriggers(superuser, "review_items", () =>
      client.query(`INSERT INTO review_items (study_id, animal_id, recorded_at, entry_id, cause, impact)
        SELECT study_id, animal_id, recorded_at, id, 'late', '{}' FROM entries WHERE id = 'o'`),
    );
    await pastTriggers(superuser, "animal_changes", () =>
      client.query(
        `INSERT INTO animal_changes (id, study_id, animal_id, changed_by, reason, before, after, content_hash)
         SELECT gen_random_uuid(), study_id, id, $1, 'Seen', '{}', '{}', sha256('x') FROM animals`,
        [userId],
      ),
    );
  });
});
afterAll(() => database().close());

const changesOf = (table: string): readonly string[] => [
  `UPDATE ${table} SET ${table === "decision_event_closures" || table.startsWith("decision") ? "animal_id = animal_id" : "study_id = study_id"}`,
  `DELETE FROM ${table}`,
  `TRUNCATE ${table} CASCADE`,
];

describe.each(KEPT)("%s", (table) => {
  test("has a row to be protected", async () => {
    const [count] = await connection.query<{ rows: number }>({ text: `SELECT count(*)::int AS rows FROM ${table}` });
    expect(count?.rows).toBeGreaterThan(0);
  });

  test("is not changed by the application's login", async () => {
    for (const change of changesOf(table)) expect(await sqlStateOf(urls.databaseUrl, change)).toBe(NOT_ALLOWED);
  });

  test("is not changed by its owner, nor by a superuser as a replica", async () => {
    for (const change of changesOf(table)) {
      expect(await sqlStateOf(urls.databaseOwnerUrl, change)).toBe(REFUSED_BY_TRIGGER);
      expect(await sqlStateOf(urls.superuserUrl, "SET session_replication_role = replica", change)).toBe(
        REFUSED_BY_TRIGGER,
      );
    }
  });
});

describe("what stands once it is in force", () => {
  test.each([
    ["an imported protocol version", "UPDATE protocol_versions SET drafted_at = drafted_at"],
    ["its removal", "DELETE FROM protocol_versions"],
    ["a dose group of it", "UPDATE dose_groups SET label = 'other'"],
    ["a dosed animal's starting dose", "UPDATE animals SET starting_dose = 3"],
    ["a dosed animal's group", "UPDATE animals SET group_code = NULL"],
    ["another tag without a reason", "UPDATE animals SET tag = 'other'"],
    ["another cage without a reason", "UPDATE animals SET cage = 'other'"],
  ])("%s is refused to the application and to the owner", async (_name, change) => {
    expect(await sqlStateOf(urls.databaseUrl, change)).toBe(REFUSED_BY_TRIGGER);
    expect(await sqlStateOf(urls.databaseOwnerUrl, change)).toBe(REFUSED_BY_TRIGGER);
  });

  test.each([
    ["DELETE FROM animals", NOT_ALLOWED],
    ["UPDATE studies SET rules_revision = 0", NOT_ALLOWED],
    ["DELETE FROM animal_states", NOT_ALLOWED],
    ["INSERT INTO studies (code, species, time_zone, created_in) VALUES ('Y', 'mouse', 'UTC', '3')", NOT_ALLOWED],
    ["ALTER TABLE entries DISABLE TRIGGER refuse_change", NOT_ALLOWED],
    ["DROP TRIGGER refuse_change ON entries", NOT_ALLOWED],
    ["SET session_replication_role = replica", NOT_ALLOWED],
    ["SET ROLE doseline_owner", NOT_ALLOWED],
    ["SET ROLE doseline_auditor", NOT_ALLOWED],
    ["SET SESSION AUTHORIZATION doseline_owner", NOT_ALLOWED],
    ["SELECT setval(pg_get_serial_sequence('entries', 'log_number'), 1)", NOT_ALLOWED],
    ["SELECT nextval(pg_get_serial_sequence('signatures', 'number'))", NOT_ALLOWED],
    ["COPY entries TO '/tmp/entries'", NOT_ALLOWED],
    ["COPY entries FROM PROGRAM 'true'", NOT_ALLOWED],
    ["SELECT lo_import('/etc/passwd')", NOT_ALLOWED],
    ["CREATE FUNCTION public.own() RETURNS integer LANGUAGE sql AS 'SELECT 1'", NOT_ALLOWED],
    ["CREATE TABLE public.own ()", NOT_ALLOWED],
    ["CREATE TEMPORARY TABLE own ()", NOT_ALLOWED],
    ["ALTER TABLE entries DROP CONSTRAINT entries_run_fkey", NOT_ALLOWED],
    ["ALTER FUNCTION doseline_refuse_change() RESET search_path", NOT_ALLOWED],
    ["UPDATE studies SET code = 'Z'", NOT_ALLOWED],
    ["UPDATE studies SET species = 'rat'", NOT_ALLOWED],
    ["UPDATE animals SET study_id = study_id", NOT_ALLOWED],
    ["UPDATE animal_states SET animal_id = animal_id", NOT_ALLOWED],
    ["INSERT INTO audit_checkpoints (scope) VALUES (1)", NOT_ALLOWED],
    ["UPDATE installations SET id = id", NOT_ALLOWED],
    ["DELETE FROM users", NOT_ALLOWED],
  ])("%s is refused to the application's login", async (statement, code) => {
    expect(await sqlStateOf(urls.databaseUrl, statement)).toBe(code);
  });

  test("the application's login owns nothing", async () => {
    const owned = await connection.query({
      text: "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)",
    });
    expect(owned).toEqual([]);
  });
});

const ANIMAL = `(SELECT id FROM animals WHERE tag = 'M1')`;
const STUDY = `(SELECT id FROM studies WHERE code = 'PROTECTED')`;

const insertRun = (recordedAt: string, number: string): string => `
  INSERT INTO decision_runs (study_id, animal_id, recorded_at, run_number, judged, status, dose, open_toxicities, engine_version)
  VALUES (${STUDY}, ${ANIMAL}, ${recordedAt}, ${number}, 'continued', 'OFF_STUDY', 0, '{}', '1')`;
const insertEntry = (recordedAt: string, more = { column: "comment", value: "'none'" }): string => `
  INSERT INTO entries (study_id, id, animal_id, kind, observed_at, observed_at_text, recorded_at, record_id, content_hash, ${more.column})
  OVERRIDING SYSTEM VALUE
  SELECT ${STUDY}, id, ${ANIMAL}, 'weight', ${recordedAt}, 'x', ${recordedAt}, id, sha256('x'), ${more.value}
  FROM (SELECT '${randomUUID()}' AS id) made`;
const NEXT = "(SELECT max(run_number) + 1 FROM decision_runs)";
const NOW = "date_trunc('milliseconds', transaction_timestamp())";

describe("the known-at axis and the runs", () => {
  test("an entry that no run has judged is refused at COMMIT, and not before", async () => {
    expect(await sqlStateOf(urls.databaseUrl, "BEGIN", insertEntry(NOW))).toBe("done");
    expect(await sqlStateOf(urls.databaseUrl, "BEGIN", insertEntry(NOW), "COMMIT")).toBe("23503");
    expect(await sqlStateOf(urls.databaseUrl, "BEGIN", insertEntry(NOW), insertRun(NOW, NEXT), "ROLLBACK")).toBe(
      "done",
    );
  });

  test("an entry's run is the one of its own instant", async () => {
    const earlier = `(SELECT max(recorded_at) FROM decision_runs)`;
    expect(
      await sqlStateOf(
        urls.databaseUrl,
        "BEGIN",
        insertRun(NOW, NEXT),
        insertEntry(`${NOW} - interval '1 day'`),
        "COMMIT",
      ),
    ).toBe("23503");
    expect(await sqlStateOf(urls.databaseUrl, "BEGIN", insertEntry(earlier), "ROLLBACK")).toBe("done");
  });

  test.each([
    ["an earlier one", "'2026-01-15T09:00:00Z'"],
    ["a later one", "clock_timestamp() + interval '1 minute'"],
    ["one between those before", "'2026-01-10T12:00:00Z'"],
  ])("the writer cannot set the instant: %s is refused", async (_name, instant) => {
    expect(await sqlStateOf(urls.databaseUrl, insertRun(instant, NEXT))).toBe(REFUSED_BY_CHECK);
  });

  test("runs are numbered without gaps", async () => {
    expect(await sqlStateOf(urls.databaseUrl, insertRun(NOW, `${NEXT} + 1`))).toBe(REFUSED_BY_CHECK);
    expect(await sqlStateOf(urls.databaseUrl, insertRun(NOW, "1"))).toBe("23505");
  });

  test("a study becomes active only with its protocol's signature", async () => {
    const made = (status: string): readonly string[] => [
      "BEGIN",
      "SELECT set_config('doseline.origin', 'system', true), set_config('doseline.actor', '', true)",
      "INSERT INTO studies (code, species, time_zone) VALUES ('DRAFT', 'mouse', 'UTC')",
      "INSERT INTO audit_events (chain, kind, study_id) SELECT 'study:DRAFT', 'STUDY_CREATED', id FROM studies WHERE code = 'DRAFT'",
      `UPDATE studies SET status = '${status}' WHERE code = 'DRAFT'`,
      "SET CONSTRAINTS ALL IMMEDIATE",
    ];
    expect(await sqlStateOf(urls.databaseUrl, ...made("draft"))).toBe("done");
    expect(await sqlStateOf(urls.databaseUrl, ...made("active"))).toBe(REFUSED_BY_CHECK);
  });

  test("what the database sets, nobody else does", async () => {
    expect(await sqlStateOf(urls.databaseUrl, insertEntry(NOW, { column: "stored_at", value: NOW }))).toBe(NOT_ALLOWED);
    expect(await sqlStateOf(urls.databaseUrl, insertEntry(NOW, { column: "log_number", value: "1" }))).toBe(
      NOT_ALLOWED,
    );
  });
});

describe("signatures", () => {
  const SIGNER = randomUUID();
  const made = (signer = SIGNER): readonly string[] => [
    "BEGIN",
    `INSERT INTO users (id, email, name) VALUES ('${SIGNER}', 'signer@example.org', 'Signer')`,
    `SELECT set_config('doseline.actor', '${signer}', true), set_config('doseline.origin', 'session', true)`,
    `INSERT INTO signatures (id, study_id, signer, meaning, subject_kind, subject, content)
     SELECT gen_random_uuid(), id, '${SIGNER}', 'APPROVED', 'protocol', '1', '{}' FROM studies`,
  ];

  test.each(["UPDATE signatures SET meaning = 'ORDERED'", "DELETE FROM signatures"])(
    "%s is refused to every login",
    async (change) => {
      expect(await sqlStateOf(urls.databaseUrl, ...made(), change)).toBe(NOT_ALLOWED);
      expect(await sqlStateOf(urls.databaseOwnerUrl, ...made(), change)).toBe(REFUSED_BY_TRIGGER);
      expect(await sqlStateOf(urls.superuserUrl, "SET session_replication_role = replica", ...made(), change)).toBe(
        REFUSED_BY_TRIGGER,
      );
    },
  );

  test("TRUNCATE is refused to every login", async () => {
    const change = "TRUNCATE signatures CASCADE";
    expect(await sqlStateOf(urls.databaseUrl, change)).toBe(NOT_ALLOWED);
    expect(await sqlStateOf(urls.databaseOwnerUrl, change)).toBe(REFUSED_BY_TRIGGER);
    expect(await sqlStateOf(urls.superuserUrl, "SET session_replication_role = replica", change)).toBe(
      REFUSED_BY_TRIGGER,
    );
  });

  test("name, instant and hash are not the writer's, and nobody signs as another", async () => {
    for (const column of ["signer_name", "signed_at", "content_hash", "created_in"]) {
      expect(await sqlStateOf(urls.databaseUrl, `INSERT INTO signatures (id, ${column}) VALUES (NULL, NULL)`)).toBe(
        NOT_ALLOWED,
      );
    }
    expect(await sqlStateOf(urls.databaseOwnerUrl, ...made(randomUUID()))).toBe(REFUSED_BY_CHECK);
  });

  test("one without its event in the audit trail is refused at COMMIT", async () => {
    expect(await sqlStateOf(urls.databaseOwnerUrl, ...made())).toBe("done");
    expect(await sqlStateOf(urls.databaseOwnerUrl, ...made(), "COMMIT")).toBe(REFUSED_BY_CHECK);
  });
});
