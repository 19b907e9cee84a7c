import { expect, test } from "vitest";
import { withConnection } from "../../scripts/database/connection.mjs";
import { pendingMigrations } from "../../scripts/database/migrate-database.mjs";
import { createTestDatabase } from "./test-database";

test("a test's database is migrated, and empty", async () => {
  const { databaseOwnerUrl } = await createTestDatabase();
  expect((await pendingMigrations(databaseOwnerUrl)).pending).toEqual([]);
  const studies = await withConnection(databaseOwnerUrl, (client) => client.query("SELECT FROM studies"));
  expect(studies.rowCount).toBe(0);
});

test("two databases of one run do not see each other", async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await withConnection(one.databaseOwnerUrl, (client) => client.query("CREATE TABLE only_here ()"));
  const found = await withConnection(other.databaseOwnerUrl, (client) =>
    client.query("SELECT to_regclass('only_here') AS name"),
  );
  expect(found.rows).toEqual([{ name: null }]);
});
