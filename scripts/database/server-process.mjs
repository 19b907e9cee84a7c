// @ts-check
// The processes of one cluster: initdb and the server, run as the database's account, writing to one log.
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { readPostmasterFile } from "./postmaster-file.mjs";
import { pause } from "./processes.mjs";

/**
 * @typedef {object} ClusterPlan
 * @property {string} home absolute, without symbolic links: the cluster is its "postgres", the log its "postgres.log"
 * @property {import("./binaries.mjs").Binaries} binaries
 * @property {import("./database-account.mjs").Account | null} account
 * @property {string} superuserPassword of the login "postgres", given when the cluster is made
 * @property {readonly string[]} settings more of the server's settings, as "name=value"
 * @property {(line: string) => void} say
 */

const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

/**
 * Sessions are in UTC whatever the machine's zone; what is acknowledged is on the disk. No socket file: one address.
 */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "timezone=UTC",
  "log_timezone=UTC",
  "fsync=on",
  "full_page_writes=on",
  "synchronous_commit=on",
];

/** @param {ClusterPlan} plan */
export const directoryOf = (plan) => join(plan.home, "postgres");

/** @param {ClusterPlan} plan */
export const logFileOf = (plan) => join(plan.home, "postgres.log");

/**
 * PostgreSQL reads many variables; none of the caller's may reach it. Windows programs need their root.
 * @returns {NodeJS.ProcessEnv}
 */
const childEnvironment = () => {
  const { SystemRoot } = process.env;
  return { LC_ALL: "C", TZ: "UTC", NODE_ENV: "production", ...(SystemRoot !== undefined && { SystemRoot }) };
};

/** @param {ClusterPlan} plan */
export const turnLog = (plan) => {
  const log = logFileOf(plan);
  if (existsSync(log) && statSync(log).size > LARGEST_LOG_BYTES) renameSync(log, `${log}.1`);
};

/**
 * What a process wrote about its end, from where the log stood at its start.
 * @param {Buffer} written @param {number | null} code
 */
const reasonIn = (written, code) => {
  const grave = /^.*\b(?:FATAL|PANIC|error):\s*(.*)$/gm;
  return [...written.toString("utf8").matchAll(grave)].at(-1)?.[1] ?? `it ended with code ${code}`;
};

/**
 * @param {ClusterPlan} plan @param {string} program @param {readonly string[]} args
 */
export const runAsAccount = (plan, program, args) => {
  const file = logFileOf(plan);
  const log = openSync(file, "a", 0o600);
  const logStart = statSync(file).size;
  // A session of its own: Ctrl-C in a terminal reaches this process alone, which stops the database after its users.
  const child = spawn(program, args, {
    ...plan.account,
    cwd: plan.home,
    env: childEnvironment(),
    stdio: ["ignore", log, log],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  closeSync(log);
  /** @type {Promise<{ code: number | null, reason: string }>} */
  const exit = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, reason: error.message }));
    child.once("exit", (code, signal) => {
      const written = () => readFileSync(file).subarray(logStart);
      resolve({ code, reason: signal === null ? reasonIn(written(), code) : `${signal} ended it` });
    });
  });
  return { pid: child.pid, exit };
};

/**
 * Starts the server and waits until it takes connections, however long its recovery takes.
 * @param {ClusterPlan} plan @param {number} port
 */
export const startServer = async (plan, port) => {
  const settings = [...SETTINGS, ...plan.settings, `port=${port}`].flatMap((setting) => ["-c", setting]);
  const { pid, exit } = runAsAccount(plan, plan.binaries.postgres, ["-D", directoryOf(plan), ...settings]);
  for (;;) {
    const file = readPostmasterFile(directoryOf(plan));
    if (file?.isReady === true && file.pid === pid) return { isUp: /** @type {const} */ (true), pid, exit };
    const ended = await Promise.race([exit, pause(10)]);
    if (ended !== undefined) return { isUp: /** @type {const} */ (false), reason: ended.reason };
  }
};
