// @ts-check
import { WRONG_INPUT } from "../setup/environment.mjs";
import { PlainFault } from "../setup/plain-fault.mjs";
import { checkDatabase } from "./check-database.mjs";
import { loginOf } from "./connection.mjs";
import { migrateDatabase, pendingMigrations } from "./migrate-database.mjs";

/**
 * Brings a database up to date, with the owner's login when it is given, and refuses one that is not safe to use.
 * @param {{ databaseUrl: string, databaseOwnerUrl: string | undefined }} database
 * @param {(line: string) => void} say
 */
export const makeReady = async ({ databaseUrl, databaseOwnerUrl }, say) => {
  if (databaseOwnerUrl === undefined) {
    const { pending } = await pendingMigrations(databaseUrl);
    if (pending.length > 0) {
      throw new PlainFault(
        `DATABASE_OWNER_URL is missing, and migrations wait (${pending.join(", ")}): they need the login that owns the tables.`,
        WRONG_INPUT,
      );
    }
  } else {
    const applied = await migrateDatabase({ ownerUrl: databaseOwnerUrl, login: loginOf(databaseUrl) });
    if (applied.length > 0) say(`Brought the database up to date: ${applied.join(", ")}`);
  }
  await checkDatabase(databaseUrl);
};
