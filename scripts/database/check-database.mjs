// @ts-check
// What a database must be before anything is recorded in it.
import { PlainFault } from "../setup/plain-fault.mjs";
import { withConnection } from "./connection.mjs";

const OLDEST = 140_000;

const QUESTIONS = `
  SELECT current_setting('TimeZone') AS "timeZone",
         current_setting('server_version_num')::int AS "version",
         current_setting('server_version') AS "versionText",
         (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS "isSuperuser",
         EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                   AND pg_has_role(current_user, relowner, 'MEMBER')) AS "ownsTables",
         has_schema_privilege(current_user, 'public', 'CREATE') AS "creates",
         ARRAY(SELECT name FROM pg_settings
                WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off') AS "unsafe",
         current_setting('server_encoding') AS "encoding"`;

/**
 * Refuses a database in which times would be wrong, what is acknowledged could be lost, or the application could
 * change what must stay.
 * @param {string} databaseUrl the application's
 */
export const checkDatabase = (databaseUrl) =>
  withConnection(databaseUrl, async (client) => {
    const { rows } = await client.query(QUESTIONS);
    const found = rows[0];
    if (found.version < OLDEST) {
      throw new PlainFault(`The database is PostgreSQL ${found.versionText}; Doseline needs 14 or later.`);
    }
    if (found.timeZone !== "UTC") {
      throw new PlainFault(
        `The database's sessions are in ${found.timeZone} and must be in UTC: something between drops the connection option TimeZone=UTC.`,
      );
    }
    if (found.encoding !== "UTF8") {
      throw new PlainFault(`The database keeps text as ${found.encoding} and must keep it as UTF8.`);
    }
    if (found.isSuperuser === true || found.ownsTables === true) {
      throw new PlainFault(
        "The login of DATABASE_URL is a superuser or owns the tables, so it could change what was recorded. Give it a login of its own, and the owner's to DATABASE_OWNER_URL.",
      );
    }
    if (found.creates === true) {
      throw new PlainFault(
        "The login of DATABASE_URL may create functions among those that protect the record. Take that away: REVOKE CREATE ON SCHEMA public FROM PUBLIC (and from the login).",
      );
    }
    if (found.unsafe.length > 0) {
      throw new PlainFault(`The database may lose what it acknowledged: ${found.unsafe.join(", ")} is off.`);
    }
  });
