// @ts-check
// The server's database: one's own, or the embedded one for as long as the server lives. Imported once the packages are there.
import { runConsoleCommand } from "../console/run-console-command.mjs";
import { claimData, completeClaim, releaseClaim } from "../database/claim.mjs";
import { withConnection } from "../database/connection.mjs";
import { startEmbeddedDatabase } from "../database/embedded-postgres.mjs";
import { makeReady } from "../database/make-ready.mjs";
import { readOrMakeSecrets } from "../database/secrets.mjs";
import { PlainFault } from "../setup/plain-fault.mjs";
import { makeDataDirectory } from "../setup/private-file.mjs";
import { showSignIns } from "./demonstration-sign-ins.mjs";

/**
 * @typedef {ReturnType<typeof import("../../lib/server/config/variables.mjs").readVariables>} Variables
 * @typedef {(line: string) => void} Say
 */

/** @param {string} databaseUrl @param {Say} say */
const sayHowToBegin = async (databaseUrl, say) => {
  const users = await withConnection(databaseUrl, (client) => client.query("SELECT FROM users LIMIT 1"));
  if (users.rowCount === 0)
    say("There is no account yet. Make the first: npm run -s administrator -- EMAIL --name NAME");
};

/** @param {Variables} environment @param {Say} say */
const openOwn = async ({ databaseUrl, databaseOwnerUrl }, say) => {
  if (databaseUrl === undefined) return null;
  say(`Using the database at ${new URL(databaseUrl).host}`);
  await makeReady({ databaseUrl, databaseOwnerUrl }, say);
  return { databaseUrl, ensureDemonstration: async () => undefined, saySignIns: () => sayHowToBegin(databaseUrl, say) };
};

/** @param {string} databaseUrl */
const hasStudies = (databaseUrl) =>
  withConnection(databaseUrl, async (client) => (await client.query("SELECT FROM studies LIMIT 1")).rowCount !== 0);

/**
 * @param {Variables} environment
 * @param {{ say: Say, onStop: import("./life.mjs").Life["onStop"] }} life
 */
const openEmbedded = async ({ dataDirectory, address }, { say, onStop }) => {
  const { isOurs, claim } = await claimData(dataDirectory, "server");
  if (!isOurs) {
    throw new PlainFault(
      `Doseline already runs on ${dataDirectory}, as process ${claim.pid}. Stop it first, or set DATA_DIR and PORT for a second one.`,
    );
  }
  onStop(async () => releaseClaim(dataDirectory, claim));
  say("Starting the database");
  const { databaseUrl, databaseOwnerUrl, stop } = await startEmbeddedDatabase(dataDirectory, say);
  onStop(stop);
  await makeReady({ databaseUrl, databaseOwnerUrl }, say);
  completeClaim(dataDirectory, claim, { address, database: { databaseUrl, databaseOwnerUrl } });

  /** @param {AbortSignal} signal */
  const ensureDemonstration = async (signal) => {
    if (await hasStudies(databaseUrl)) return;
    say("Filling the empty database with the demonstration");
    const code = await runConsoleCommand("seed:demo", [], { databaseUrl, dataDirectory, signal, isQuiet: true });
    if (code !== 0) throw new PlainFault("The demonstration could not be made; the reason is above.");
  };
  return { databaseUrl, ensureDemonstration, saySignIns: async () => showSignIns(dataDirectory, say) };
};

/**
 * @param {Variables} environment
 * @param {{ say: Say, onStop: import("./life.mjs").Life["onStop"] }} life
 */
export const openDatabase = async (environment, life) => {
  makeDataDirectory(environment.dataDirectory);
  const database = (await openOwn(environment, life.say)) ?? (await openEmbedded(environment, life));
  const nextAuthSecret = environment.nextAuthSecret ?? readOrMakeSecrets(environment.dataDirectory).nextAuthSecret;
  return { ...database, nextAuthSecret };
};
