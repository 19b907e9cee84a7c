import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEmptyTestDatabase } from "../../test/database/test-database";
import type { TestDatabase } from "../../test/database/test-database";
import { loginOf, withConnection } from "./connection.mjs";
import { migrateDatabase, pendingMigrations } from "./migrate-database.mjs";

let directory = "";
let database: TestDatabase;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "doseline-migrations-"));
  database = await createEmptyTestDatabase();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const write = (name: string, script: string): void => {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, "migration.sql"), script);
};

const migrate = () =>
  migrateDatabase({ ownerUrl: database.databaseOwnerUrl, login: loginOf(database.databaseUrl), directory });

const ask = (sql: string): Promise<readonly Record<string, unknown>[]> =>
  withConnection(database.databaseOwnerUrl, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

/** A function whose body, and a comment, hold semicolons; a trigger that always fires; a guarded role. */
const WITH_SEMICOLONS = `
CREATE TABLE kept (id int PRIMARY KEY); -- one; two
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept; for good'; END; $$;
CREATE TRIGGER stays BEFORE UPDATE ON kept FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE kept ENABLE ALWAYS TRIGGER stays;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'doseline_app') THEN CREATE ROLE doseline_app; END IF; END; $$;
GRANT SELECT, INSERT ON kept TO doseline_app`;

test("scripts are applied whole, functions and all, and recorded as Prisma does", async () => {
  write("0001_kept", WITH_SEMICOLONS);
  expect(await migrate()).toEqual(["0001_kept"]);
  await ask("INSERT INTO kept VALUES (1)");
  await expect(ask("UPDATE kept SET id = 2")).rejects.toThrow("kept; for good");
  expect(
    await ask(
      `SELECT migration_name, length(checksum) AS length, finished_at IS NOT NULL AS finished, rolled_back_at, applied_steps_count
         FROM _prisma_migrations`,
    ),
  ).toEqual([
    { migration_name: "0001_kept", length: 64, finished: true, rolled_back_at: null, applied_steps_count: 1 },
  ]);
});

test("what is applied is not applied again; what is new is", async () => {
  write("0001_kept", WITH_SEMICOLONS);
  await migrate();
  expect(await migrate()).toEqual([]);
  write("0002_more", "CREATE TABLE more ()");
  expect((await pendingMigrations(database.databaseOwnerUrl, directory)).pending).toEqual(["0002_more"]);
  expect(await migrate()).toEqual(["0002_more"]);
});

test("the application's login may see what was applied, and has the rights that were granted", async () => {
  write("0001_kept", WITH_SEMICOLONS);
  await migrate();
  expect((await pendingMigrations(database.databaseUrl, directory)).pending).toEqual([]);
  const asApplication = (sql: string) => withConnection(database.databaseUrl, (client) => client.query(sql));
  await asApplication("INSERT INTO kept VALUES (7)");
  await expect(asApplication("DELETE FROM kept")).rejects.toMatchObject({ code: "42501" });
});

test("a script that fails leaves nothing behind, and is tried again when it has been put right", async () => {
  write("0001_kept", WITH_SEMICOLONS);
  await migrate();
  write("0002_half", "CREATE TABLE half (); SELECT 1 / 0; CREATE TABLE rest ()");
  await expect(migrate()).rejects.toThrow(/division by zero/);
  expect(await ask("SELECT to_regclass('half') AS half, to_regclass('rest') AS rest")).toEqual([
    { half: null, rest: null },
  ]);
  await expect(migrate()).rejects.toThrow(/division by zero/);

  write("0002_half", "CREATE TABLE half ()");
  expect(await migrate()).toEqual(["0002_half"]);
  expect(await ask("SELECT to_regclass('half')::text AS half")).toEqual([{ half: "half" }]);
});

test("an applied migration that was edited is refused by name", async () => {
  write("0001_kept", WITH_SEMICOLONS);
  await migrate();
  write("0001_kept", `${WITH_SEMICOLONS};\nSELECT 1`);
  write("0002_more", "CREATE TABLE more ()");
  await expect(migrate()).rejects.toThrow("0001_kept was changed after it was applied");
  expect(await ask("SELECT to_regclass('more') AS more")).toEqual([{ more: null }]);
});

test("a database of a newer version is refused by the migration it has", async () => {
  write("0001_kept", WITH_SEMICOLONS);
  write("0002_more", "CREATE TABLE more ()");
  await migrate();
  rmSync(join(directory, "0002_more"), { recursive: true });
  await expect(migrate()).rejects.toThrow("0002_more, which this version of Doseline does not know");
});

test("a database of version 0.1 is refused in one line, with the way out, and stays as it is", async () => {
  write("0001_kept", WITH_SEMICOLONS);
  await migrate();
  await ask("UPDATE _prisma_migrations SET migration_name = '20261122000000_record'");
  write("0002_more", "CREATE TABLE more ()");
  const refused = expect.objectContaining({
    message: expect.stringMatching(/^The database is of version 0\.1, .*Export the bundle .* import them: [^\n]*$/u),
  });
  await expect(migrate()).rejects.toEqual(refused);
  await expect(pendingMigrations(database.databaseUrl, directory)).rejects.toEqual(refused);
  expect(await ask("SELECT to_regclass('more') AS more")).toEqual([{ more: null }]);
});

test("a process that ends right after a script leaves it applied, and known to be", async () => {
  write("0001_kept", WITH_SEMICOLONS);
  // From here on what the engine notes after a script fails, as if the process had been killed before.
  const killed = `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END; $$;
    CREATE TRIGGER die BEFORE UPDATE ON _prisma_migrations FOR EACH ROW
      WHEN (NEW.applied_steps_count > OLD.applied_steps_count) EXECUTE FUNCTION die()`;
  write("0002_last_words", killed);
  await expect(migrate()).rejects.toThrow("killed");
  await ask("DROP TRIGGER die ON _prisma_migrations");
  expect(await migrate()).toEqual([]);
  expect(await ask("SELECT count(*)::int AS n FROM _prisma_migrations")).toEqual([{ n: 2 }]);
});

test("migrations run in UTC, whatever the login's own zone", async () => {
  await withConnection(database.superuserUrl, (client) =>
    client.query(
      "ALTER ROLE doseline_owner IN DATABASE " +
        new URL(database.superuserUrl).pathname.slice(1) +
        " SET timezone = 'America/New_York'",
    ),
  );
  write(
    "0001_zone",
    "CREATE TABLE zone AS SELECT current_setting('TimeZone') AS name, timestamptz '2026-07-01 12:00' AS at",
  );
  await migrate();
  expect(await ask("SELECT name, extract(epoch FROM at)::int AS at FROM zone")).toEqual([
    { name: "UTC", at: Date.UTC(2026, 6, 1, 12) / 1000 },
  ]);
});
