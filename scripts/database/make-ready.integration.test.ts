import { expect, test } from "vitest";
import { createEmptyTestDatabase } from "../../test/database/test-database";
import { withConnection } from "./connection.mjs";
import { makeReady } from "./make-ready.mjs";
import { pendingMigrations } from "./migrate-database.mjs";

const said: string[] = [];
const say = (line: string) => said.push(line);

test("a database that waits for migrations is refused without the owner's login, by its variable", async () => {
  const { databaseUrl } = await createEmptyTestDatabase();
  const ready = makeReady({ databaseUrl, databaseOwnerUrl: undefined }, say);
  await expect(ready).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining("DATABASE_OWNER_URL is missing"),
  });
});

test("a login that nobody put into the application's group gets its rights with the migrations", async () => {
  const database = await createEmptyTestDatabase();
  const own = new URL(database.databaseUrl);
  own.username = `lab_${own.pathname.slice(-6)}`;
  await withConnection(database.superuserUrl, async (client) => {
    await client.query(`CREATE ROLE ${own.username} LOGIN PASSWORD '${own.password}'`);
    await client.query(`GRANT CONNECT ON DATABASE ${own.pathname.slice(1)} TO ${own.username}`);
  });
  const asSuperuser = { databaseUrl: own.href, databaseOwnerUrl: database.superuserUrl };
  // The tests' server does not wait for the disk, which is refused, after everything else.
  await expect(makeReady(asSuperuser, say)).rejects.toThrow("fsync");
  expect((await pendingMigrations(own.href)).pending).toEqual([]);
  const studies = await withConnection(own.href, (client) => client.query("SELECT count(*)::int AS n FROM studies"));
  expect(studies.rows).toEqual([{ n: 0 }]);
});

test("an owner who may not give rights is told what the administrator has to run", async () => {
  const database = await createEmptyTestDatabase();
  const own = new URL(database.databaseUrl);
  own.username = `lab_${own.pathname.slice(-6)}`;
  await withConnection(database.superuserUrl, (client) =>
    client.query(`CREATE ROLE ${own.username} LOGIN PASSWORD '${own.password}'`),
  );
  const { databaseOwnerUrl } = database;
  await expect(makeReady({ databaseUrl: own.href, databaseOwnerUrl }, say)).rejects.toThrow(
    `GRANT doseline_app TO "${own.username}"`,
  );
});
