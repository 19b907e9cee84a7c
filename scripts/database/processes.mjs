// @ts-check
// Which process a number stands for. Numbers are given again, so a number alone proves nothing.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** @param {number} pid */
export const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another account may not be signalled, and is there.
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
};

/** @param {string} file @param {readonly string[]} args */
const outputOf = (file, args) => {
  try {
    return execFileSync(file, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
};

/** @param {string} file */
const readIfThere = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/**
 * When a process began, as a text that its successor under the same number does not have; "" where that cannot be told.
 * @param {number} pid
 */
export const processMark = (pid) => {
  if (process.platform === "win32") return "";
  if (process.platform !== "linux") return outputOf("ps", ["-o", "lstart=", "-p", String(pid)]);
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets and may itself hold spaces and brackets: count from its end.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const startedAtTicks = fields[19] ?? "";
  return startedAtTicks === "" ? "" : `${readIfThere("/proc/sys/kernel/random/boot_id").trim()} ${startedAtTicks}`;
};

/** @param {number} pid @param {string} mark as `processMark` gave it */
export const isSameProcess = (pid, mark) => isAlive(pid) && (mark === "" || processMark(pid) === mark);

/** The words of a process's command line; empty when it cannot be read. @param {number} pid */
const commandLine = (pid) => {
  if (process.platform === "linux")
    return readIfThere(`/proc/${pid}/cmdline`)
      .split("\0")
      .filter((word) => word !== "");
  if (process.platform === "win32")
    return outputOf("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"]).split(",");
  return outputOf("ps", ["-o", "command=", "-p", String(pid)]).split(" ");
};

/**
 * Whether a process is a PostgreSQL server on a data directory.
 * @param {number} pid @param {string} directory absolute, as the server was given it
 */
export const isPostgresOn = (pid, directory) => {
  if (!isAlive(pid)) return false;
  const words = commandLine(pid);
  const program = basename(words[0]?.replaceAll('"', "") ?? "").replace(/\.exe$/i, "");
  if (program !== "postgres") return false;
  return process.platform === "win32" || words.join(" ").includes(`-D ${directory}`);
};

/** @param {number} milliseconds @returns {Promise<undefined>} */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits until a process is gone; false when it still is there after the time.
 * @param {number} pid @param {number} milliseconds
 */
export const waitUntilGone = async (pid, milliseconds) => {
  const until = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > until) return false;
    await pause(10);
  }
  return true;
};
