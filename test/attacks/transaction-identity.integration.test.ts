import { afterAll, beforeAll, expect, test } from "vitest";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { person } from "@/test/people/test-people";
import { database, openDatabase, useDatabase } from "../../lib/server/db/database";
import { ONE_WEIGHT } from "../database/protected-bundles";
import { REFUSED_BY_CHECK, acting, sqlStateAtCommit, sqlStateOf } from "../database/sql-state";
import { createTestDatabase } from "../database/test-database";
import type { TestDatabase } from "../database/test-database";

let urls: TestDatabase;
let userId = "";

beforeAll(async () => {
  urls = await createTestDatabase();
  useDatabase(openDatabase(urls.databaseUrl));
  expect(await importBundle(null, "PROTECTED", ONE_WEIGHT)).toMatchObject({ ok: true });
  ({ userId } = await person("dora@example.org"));
});
afterAll(() => database().close());

const NOW = "date_trunc('milliseconds', transaction_timestamp())";
const run = (at: string): string =>
  `INSERT INTO decision_runs (study_id, animal_id, recorded_at, run_number, judged, status, dose, open_toxicities, engine_version)
   VALUES (1, 1, ${at}, 2, 'continued', 'OFF_STUDY', 0, '{}', '1')`;

test("an entry, its parts, its run and its event are of one transaction, also each within a SAVEPOINT of its own", async () => {
  const parts = [
    run(NOW),
    `INSERT INTO entries (study_id, id, animal_id, kind, observed_at, observed_at_text, recorded_at, record_id, content_hash, recorded_by, recorded_by_text)
     VALUES (1, 'e', 1, 'weight', '2026-01-05', 'x', ${NOW}, 'e', sha256('x'), '${userId}', 'dora@example.org')`,
    "INSERT INTO body_weights (study_id, entry_id, grams) VALUES (1, 'e', 20)",
    "INSERT INTO audit_events (chain, kind, study_id, animal_id, entry_id) VALUES ('animal:PROTECTED:1', 'ENTRY_RECORDED', 1, 1, 'e')",
  ];
  const within = parts.flatMap((part) => ["SAVEPOINT each", part, "RELEASE SAVEPOINT each"]);
  expect(await sqlStateAtCommit(urls.databaseUrl, acting(userId), ...within)).toBe("done");
  const nested = parts.flatMap((part, depth) => [`SAVEPOINT s${String(depth)}`, part]);
  expect(await sqlStateAtCommit(urls.databaseUrl, acting(userId), ...nested)).toBe("done");
});

/** A back-dated run in a transaction that the study says, by `createdIn`, that it was made in. */
const backDated = (createdIn: string): Promise<string> =>
  sqlStateOf(
    urls.superuserUrl,
    "BEGIN",
    "ALTER TABLE studies DISABLE TRIGGER USER",
    `UPDATE studies SET created_in = ${createdIn}`,
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE studies ENABLE TRIGGER USER",
    run("'2026-02-01T00:00:00Z'"),
    "ROLLBACK",
  );

test("a transaction's number that comes again, as in a cluster that a dump was restored into, opens no study to other instants", async () => {
  expect(await backDated("this_transaction()")).toBe("done");
  expect(await backDated("concat(pg_current_xact_id(), '@1767225600.000001')")).toBe(REFUSED_BY_CHECK);
  expect(await backDated("pg_current_xact_id()::text")).toBe(REFUSED_BY_CHECK);
});
