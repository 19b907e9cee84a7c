// @ts-check
// Brings a database to the state that prisma/migrations describes, and gives the application its rights.
import { PlainFault } from "../setup/plain-fault.mjs";
import { isForbidden, withConnection } from "./connection.mjs";
import { MIGRATIONS, readMigrationFiles } from "./migration-files.mjs";
import { APPLICATION_GROUP, AUDITOR_GROUP } from "./provision.mjs";

/** @typedef {import("./migration-files.mjs").MigrationFile} MigrationFile */
/** @typedef {{ readonly name: string, readonly checksum: string, readonly isFinished: boolean }} Recorded */

/** What the database says of its migrations; one rolled back does not count. @param {string} url @returns {Promise<Recorded[]>} */
const readRecorded = (url) =>
  withConnection(url, async (client) => {
    const { rows: tables } = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "isThere"`);
    if (tables[0]?.isThere !== true) return [];
    const { rows } = await client.query(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
         FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
    );
    return rows;
  });

/** What version 0.1 began with. Its databases are not brought up to date: nobody had recorded anything for good. */
const FIRST_OF_0_1 = "20261122000000_record";

/** @param {readonly MigrationFile[]} files @param {readonly Recorded[]} recorded */
const refuseForeignHistory = (files, recorded) => {
  if (recorded.some(({ name }) => name === FIRST_OF_0_1)) {
    throw new PlainFault(
      "The database is of version 0.1, which this version does not take over. Export the bundle of each study with version 0.1, start this version with an empty database, and import them: npm run import:bundle -- FILE --code CODE",
    );
  }
  for (const { name, checksum, isFinished } of recorded) {
    const file = files.find((candidate) => candidate.name === name);
    if (file === undefined) {
      throw new PlainFault(
        `The database has the migration ${name}, which this version of Doseline does not know. Start the version that made it.`,
      );
    }
    if (isFinished && file.checksum !== checksum) {
      throw new PlainFault(
        `The migration ${name} was changed after it was applied. Put the applied file back, and write a new migration.`,
      );
    }
  }
};

/**
 * The names of the migrations that wait; refuses a history that is not this version's.
 * @param {string} url @param {string} [directory]
 */
export const pendingMigrations = async (url, directory = MIGRATIONS) => {
  const files = readMigrationFiles(directory);
  const recorded = await readRecorded(url);
  refuseForeignHistory(files, recorded);
  const finished = new Set(recorded.filter(({ isFinished }) => isFinished).map(({ name }) => name));
  const failed = recorded.filter(({ isFinished }) => !isFinished).map(({ name }) => name);
  return { files, failed, pending: files.map(({ name }) => name).filter((name) => !finished.has(name)) };
};

/**
 * Does what the owner may or may not be allowed to do, and what is no loss when not.
 * @param {import("pg").Client} client @param {string} sql
 */
const whenAllowed = async (client, sql) => {
  try {
    await client.query(sql);
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
};

/** @param {import("pg").Client} client @param {string} group */
const makeGroup = async (client, group) => {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [group]);
  if (rowCount !== 0) return;
  try {
    await client.query(`CREATE ROLE ${group} NOLOGIN`);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new PlainFault(
      `DATABASE_OWNER_URL may not create roles. As the database's administrator run once: CREATE ROLE ${group} NOLOGIN;`,
    );
  }
};

/** Before the migrations, which grant rights to the groups. @param {string} ownerUrl */
const prepare = (ownerUrl) =>
  withConnection(ownerUrl, async (client) => {
    const { rows } = await client.query("SELECT current_database() AS name");
    const database = client.escapeIdentifier(rows[0]?.name);
    await whenAllowed(client, `ALTER DATABASE ${database} SET timezone = 'UTC'`);
    await whenAllowed(client, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    await makeGroup(client, APPLICATION_GROUP);
    await makeGroup(client, AUDITOR_GROUP);
  });

/**
 * After the migrations: the application may see which were applied, and its login is in the group.
 * @param {string} ownerUrl @param {string} login the application's
 */
const grantToApplication = (ownerUrl, login) =>
  withConnection(ownerUrl, async (client) => {
    await client.query(`GRANT SELECT ON _prisma_migrations TO ${APPLICATION_GROUP}`);
    const { rows } = await client.query(
      "SELECT rolname FROM pg_roles WHERE rolname = $1 AND pg_has_role(oid, $2, 'MEMBER')",
      [login, APPLICATION_GROUP],
    );
    if (rows.length > 0) return;
    const grant = `GRANT ${APPLICATION_GROUP} TO ${client.escapeIdentifier(login)}`;
    try {
      await client.query(grant);
    } catch {
      throw new PlainFault(
        `The login of DATABASE_URL has no rights yet. As the database's administrator run once: ${grant};`,
      );
    }
  });

/** @param {unknown} error */
const firstLines = (error) =>
  (error instanceof Error ? error.message : String(error)).split("\n").slice(0, 2).join(" ");

/**
 * Applies the migrations that wait.
 * @param {{ ownerUrl: string, login: string, directory?: string }} target the owner's address, the application's login
 * @returns {Promise<readonly string[]>} the names of the applied
 */
export const migrateDatabase = async ({ ownerUrl, login, directory = MIGRATIONS }) => {
  const { files, failed, pending } = await pendingMigrations(ownerUrl, directory);
  if (pending.length > 0) {
    await prepare(ownerUrl);
    // Five megabytes of WebAssembly, which a start without migrations does without.
    const { applyWithEngine } = await import("./schema-engine.mjs");
    try {
      await applyWithEngine(ownerUrl, directory, files, failed);
    } catch (error) {
      throw new PlainFault(`A migration was not applied, and left nothing behind. ${firstLines(error)}`);
    }
  }
  await grantToApplication(ownerUrl, login);
  return pending;
};
