// @ts-check
// The logins and the database of a cluster of our own. Logins belong to the cluster; everything here can be run again.
import { withConnection } from "./connection.mjs";

const DATABASE = "doseline";
/** The group that migrations grant the application's rights to. */
export const APPLICATION_GROUP = "doseline_app";
/** The group that reads everything but what opens an account; who audits the database gets a login in it. */
export const AUDITOR_GROUP = "doseline_auditor";
const OWNER = "doseline_owner";
const APPLICATION = "doseline_web";

/**
 * An address on this machine.
 * @param {{ user: string, password: string, port: number, database: string }} login
 */
const localUrl = ({ user, password, port, database }) =>
  `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** @param {number} port @param {import("./secrets.mjs").Secrets} secrets @param {string} database */
export const superuserUrl = (port, secrets, database) =>
  localUrl({ user: "postgres", password: secrets.superuserPassword, port, database });

/** @param {import("pg").Client} client @param {string} name @param {string} attributes */
const makeRole = async (client, name, attributes) => {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  const verb = rowCount === 0 ? "CREATE" : "ALTER";
  await client.query(`${verb} ROLE ${name} ${attributes} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS`);
};

/**
 * The owner of the tables, who only migrates; the groups with the application's and the auditor's rights; the
 * application's login.
 * @param {number} port @param {import("./secrets.mjs").Secrets} secrets
 */
export const provisionRoles = async (port, secrets) => {
  await withConnection(superuserUrl(port, secrets, "postgres"), async (client) => {
    /** @param {string} text */
    const quoted = (text) => client.escapeLiteral(text);
    await makeRole(client, APPLICATION_GROUP, "NOLOGIN");
    await makeRole(client, AUDITOR_GROUP, "NOLOGIN");
    await makeRole(client, OWNER, `LOGIN PASSWORD ${quoted(secrets.ownerPassword)}`);
    await makeRole(client, APPLICATION, `LOGIN PASSWORD ${quoted(secrets.applicationPassword)}`);
    await client.query(`GRANT ${APPLICATION_GROUP} TO ${APPLICATION}`);
  });
};

/**
 * A database that the owner owns and the application may enter, in UTC.
 * @param {number} port @param {import("./secrets.mjs").Secrets} secrets
 * @param {string} [database] @param {string} [template] a database to copy
 */
export const provisionDatabase = async (port, secrets, database = DATABASE, template = "template1") => {
  await withConnection(superuserUrl(port, secrets, "postgres"), async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${OWNER} TEMPLATE ${template}`);
    await client.query(`ALTER DATABASE ${database} SET timezone = 'UTC'`);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${APPLICATION_GROUP}, ${AUDITOR_GROUP}`);
  });
  await withConnection(superuserUrl(port, secrets, database), async (client) => {
    await client.query("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    await client.query(`GRANT ALL ON SCHEMA public TO ${OWNER}`);
  });
};

/** @param {number} port @param {import("./secrets.mjs").Secrets} secrets @param {string} [database] */
export const localUrls = (port, secrets, database = DATABASE) => ({
  databaseUrl: localUrl({ user: APPLICATION, password: secrets.applicationPassword, port, database }),
  databaseOwnerUrl: localUrl({ user: OWNER, password: secrets.ownerPassword, port, database }),
});
