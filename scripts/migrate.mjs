// @ts-check
// npm run migrate: applies the migrations to the database of DATABASE_URL, or to the one that comes with Doseline.
import { withDatabase } from "./database/with-database.mjs";
import { migrateDatabase } from "./database/migrate-database.mjs";
import { loginOf } from "./database/connection.mjs";
import { readEnvironment, WRONG_INPUT } from "./setup/environment.mjs";
import { PlainFault, runCommand } from "./setup/plain-fault.mjs";

await runCommand(async () => {
  const environment = readEnvironment();
  return withDatabase(environment, async ({ databaseUrl, databaseOwnerUrl }) => {
    if (databaseOwnerUrl === undefined) {
      throw new PlainFault(
        "DATABASE_OWNER_URL is missing: migrations need the login that owns the tables.",
        WRONG_INPUT,
      );
    }
    const applied = await migrateDatabase({ ownerUrl: databaseOwnerUrl, login: loginOf(databaseUrl) });
    console.log(applied.length === 0 ? "No migration waits." : `Applied: ${applied.join(", ")}`);
    return 0;
  });
});
