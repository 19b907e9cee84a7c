import { withConnection } from "../../scripts/database/connection.mjs";

/** PostgreSQL's states of what is refused: for want of a right, by a trigger, by a check. */
export const NOT_ALLOWED = "42501";
export const REFUSED_BY_TRIGGER = "23001";
export const REFUSED_BY_CHECK = "23514";

/** The state of the first statement that is refused, or of the COMMIT; "done" where none is. */
export const sqlStateOf = (url: string, ...statements: readonly string[]): Promise<string> =>
  withConnection(url, async (client) => {
    try {
      for (const statement of statements) await client.query(statement);
      return "done";
    } catch (error) {
      return String(Reflect.get(error as object, "code"));
    }
  });

/** The same for what is then taken back or, where only COMMIT would have asked, refused. */
export const sqlStateAtCommit = (url: string, ...statements: readonly string[]): Promise<string> =>
  sqlStateOf(url, "BEGIN", ...statements, "SET CONSTRAINTS ALL IMMEDIATE", "ROLLBACK");

/** Statements that say who acts in a transaction, as the application does. */
export const SYSTEM = "SELECT set_config('doseline.origin', 'system', true), set_config('doseline.actor', '', true)";
export const acting = (actor: string, origin = "session"): string =>
  `SELECT set_config('doseline.origin', '${origin}', true), set_config('doseline.actor', '${actor}', true)`;
