// @ts-check
// postmaster.pid, in which a PostgreSQL server says who it is and how far it has come.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isPostgresOn, waitUntilGone } from "./processes.mjs";

const FAST_STOP_MS = 60_000;
const IMMEDIATE_STOP_MS = 10_000;

/** @param {string} directory */
export const readPostmasterFile = (directory) => {
  try {
    const lines = readFileSync(join(directory, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return null;
    return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
};

/**
 * The server that runs on a data directory, whoever started it; null when none does. The number in the file may by now
 * be another process's (PostgreSQL itself would then refuse to start): such a file is removed.
 * @param {string} directory
 */
export const runningPostmaster = (directory) => {
  const found = readPostmasterFile(directory);
  if (found === null) return null;
  if (isPostgresOn(found.pid, directory)) return found;
  rmSync(join(directory, "postmaster.pid"), { force: true });
  return null;
};

/** @param {number} pid @param {NodeJS.Signals} signal */
const send = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
};

/**
 * Stops a server: open transactions are rolled back and everything is written (a "fast" stop). One that does not obey
 * is stopped at once, which the next start recovers from.
 * @param {number} pid @param {string} directory @param {string} pgCtl
 */
export const stopPostmaster = async (pid, directory, pgCtl) => {
  // Windows has no signals that a program could answer: there PostgreSQL's own tool knocks on its pipe.
  if (process.platform === "win32") {
    execFileSync(pgCtl, ["stop", "-m", "fast", "-w", "-D", directory], { stdio: "ignore" });
    return;
  }
  send(pid, "SIGINT");
  if (await waitUntilGone(pid, FAST_STOP_MS)) return;
  send(pid, "SIGQUIT");
  if (await waitUntilGone(pid, IMMEDIATE_STOP_MS)) return;
  send(pid, "SIGKILL");
  await waitUntilGone(pid, IMMEDIATE_STOP_MS);
};
