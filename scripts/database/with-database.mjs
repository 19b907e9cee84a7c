// @ts-check
// A database for one command: one's own, the running server's, or the embedded one started for as long as it takes.
import { PlainFault } from "../setup/plain-fault.mjs";
import { makeDataDirectory } from "../setup/private-file.mjs";
import { claimData, completeClaim, databaseOfServer, releaseClaim } from "./claim.mjs";
import { startEmbeddedDatabase } from "./embedded-postgres.mjs";

/** @typedef {{ readonly databaseUrl: string, readonly databaseOwnerUrl: string | undefined }} Reachable */

const INTERRUPTED = 130;

/**
 * Work that ends early, and in order, when it is interrupted: the database is stopped after it.
 * @template T @param {(signal: AbortSignal) => Promise<T>} work @returns {Promise<T>}
 */
const interruptible = async (work) => {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  for (const name of signals) process.on(name, interrupt);
  try {
    return await work(interruption.signal);
  } catch (error) {
    throw interruption.signal.aborted ? new PlainFault("Interrupted.", INTERRUPTED) : error;
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
};

/** Messages of the database go where they do not mix with what the command prints. @param {string} line */
const sayOnStderr = (line) => console.error(line);

/**
 * Does some work on the database that a command is for.
 * @template T
 * @param {{ databaseUrl: string | undefined, databaseOwnerUrl: string | undefined, dataDirectory: string }} environment
 * @param {(database: Reachable, signal?: AbortSignal) => Promise<T>} work @returns {Promise<T>}
 */
export const withDatabase = async (environment, work) => {
  const { databaseUrl, databaseOwnerUrl, dataDirectory } = environment;
  makeDataDirectory(dataDirectory);
  if (databaseUrl !== undefined) return work({ databaseUrl, databaseOwnerUrl });

  const { isOurs, claim } = await claimData(dataDirectory, "command");
  if (!isOurs) {
    const running = await databaseOfServer(dataDirectory, claim);
    return running === null ? withDatabase(environment, work) : work(running);
  }
  return interruptible(async (signal) => {
    try {
      const { stop, ...database } = await startEmbeddedDatabase(dataDirectory, sayOnStderr);
      completeClaim(dataDirectory, claim, { database });
      try {
        signal.throwIfAborted();
        return await work(database, signal);
      } finally {
        await stop();
      }
    } finally {
      releaseClaim(dataDirectory, claim);
    }
  });
};
