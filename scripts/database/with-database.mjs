// @ts-check
// A database for one command: one's own, the running server's, or the embedded one started for as long as it takes.
import { makeDataDirectory } from "../setup/private-file.mjs";
import { claimData, completeClaim, databaseOfServer, releaseClaim } from "./claim.mjs";
import { startEmbeddedDatabase } from "./embedded-postgres.mjs";

/** @typedef {{ readonly databaseUrl: string, readonly databaseOwnerUrl: string | undefined }} Reachable */

/** Messages of the database go where they do not mix with what the command prints. @param {string} line */
const sayOnStderr = (line) => console.error(line);

/**
 * @template T
 * @param {{ databaseUrl: string | undefined, databaseOwnerUrl: string | undefined, dataDirectory: string }} environment
 * @param {(database: Reachable) => Promise<T>} work @returns {Promise<T>}
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
  try {
    const { stop, ...database } = await startEmbeddedDatabase(dataDirectory, sayOnStderr);
    completeClaim(dataDirectory, claim, { database });
    try {
      return await work(database);
    } finally {
      await stop();
    }
  } finally {
    releaseClaim(dataDirectory, claim);
  }
};
