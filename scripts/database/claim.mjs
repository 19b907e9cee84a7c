// @ts-check
// runtime.json in the data directory: which process has the data, and how its database is reached.
import { existsSync, linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomPassword, readJsonFile, writePrivateFile } from "../setup/private-file.mjs";
import { isSameProcess, pause, processMark } from "./processes.mjs";

/**
 * @typedef {object} Claim
 * @property {number} pid
 * @property {string} mark
 * @property {string} token one a claim
 * @property {"server" | "command"} by a command gives the data back within moments, a server keeps them
 * @property {string} [address]
 * @property {DatabaseUrls} [database] once the database takes connections
 *
 * @typedef {{ readonly databaseUrl: string, readonly databaseOwnerUrl: string }} DatabaseUrls
 */

const WAIT_BETWEEN_LOOKS_MS = 100;

/** @param {string} dataDirectory */
const fileIn = (dataDirectory) => join(dataDirectory, "runtime.json");

/** @param {string} file @returns {Claim | null} */
const livingClaim = (file) => {
  /** @type {Claim | null} */
  const claim = readJsonFile(file);
  return claim !== null && isSameProcess(claim.pid, claim.mark) ? claim : null;
};

/** The claim of a process that is still there. @param {string} dataDirectory */
export const standingClaim = (dataDirectory) => livingClaim(fileIn(dataDirectory));

/**
 * False when the claim turned out to be a living process's, made since it was looked for: it is put back.
 * @param {string} file @param {string} away
 */
const putAwayDeadClaim = (file, away) => {
  if (!existsSync(file)) return true;
  renameSync(file, away);
  if (livingClaim(away) === null) return true;
  renameSync(away, file);
  return false;
};

/**
 * Takes the data, if no living process has them. A claim comes into being whole (by a link to a finished file), and
 * that of a dead process is put away under a name of its own first.
 * @param {string} dataDirectory @param {"server" | "command"} by @returns {Claim | null}
 */
const tryClaim = (dataDirectory, by) => {
  const file = fileIn(dataDirectory);
  /** @type {Claim} */
  const claim = { pid: process.pid, mark: processMark(process.pid), token: randomPassword(), by };
  const whole = join(dataDirectory, `runtime.${claim.token}.json`);
  writeFileSync(whole, JSON.stringify(claim), { mode: 0o600 });
  try {
    if (standingClaim(dataDirectory) !== null || !putAwayDeadClaim(file, `${whole}.old`)) return null;
    linkSync(whole, file);
    return claim;
  } catch {
    return null;
  } finally {
    rmSync(whole, { force: true });
    rmSync(`${whole}.old`, { force: true });
  }
};

/**
 * Takes the data, waiting while a command has them; answers the standing claim when a server has.
 * @param {string} dataDirectory @param {"server" | "command"} by
 * @returns {Promise<{ isOurs: boolean, claim: Claim }>}
 */
export const claimData = async (dataDirectory, by) => {
  for (;;) {
    const claim = tryClaim(dataDirectory, by);
    if (claim !== null) return { isOurs: true, claim };
    const standing = standingClaim(dataDirectory);
    if (standing?.by === "server") return { isOurs: false, claim: standing };
    await pause(WAIT_BETWEEN_LOOKS_MS);
  }
};

/** @param {string} dataDirectory @param {Claim} claim @param {Pick<Claim, "address" | "database">} more */
export const completeClaim = (dataDirectory, claim, more) => {
  writePrivateFile(fileIn(dataDirectory), `${JSON.stringify({ ...claim, ...more }, null, 2)}\n`);
};

/** @param {string} dataDirectory @param {Claim} claim */
export const releaseClaim = (dataDirectory, claim) => {
  if (readJsonFile(fileIn(dataDirectory))?.token === claim.token) rmSync(fileIn(dataDirectory), { force: true });
};

/**
 * The running server's database: as soon as it is there, while the server is starting.
 * @param {string} dataDirectory @param {Claim} claim @returns {Promise<DatabaseUrls | null>} null when the server ended
 */
export const databaseOfServer = async (dataDirectory, claim) => {
  for (;;) {
    const now = standingClaim(dataDirectory);
    if (now?.token !== claim.token) return null;
    if (now.database !== undefined) return now.database;
    await pause(WAIT_BETWEEN_LOOKS_MS);
  }
};
