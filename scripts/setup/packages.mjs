// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "./environment.mjs";
import { fingerprint, isStamped, writeStamp } from "./fingerprint.mjs";
import { readJsonFile } from "./private-file.mjs";
import { runStep } from "./run-step.mjs";

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

const STAMP = join(CHECKOUT, "node_modules", ".doseline-installed");

/** @param {string} file @returns {LockedPackages | null} */
const lockedPackages = (file) => readJsonFile(file)?.packages ?? null;

/**
 * Whether what npm wrote down of an installation is what the lock file asks for. Packages of other platforms are
 * optional, and absent.
 * @param {LockedPackages} wanted @param {LockedPackages} installed
 */
export const matchesLock = (wanted, installed) =>
  Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "") return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version;
  });

const isInstalled = () => {
  const wanted = lockedPackages(join(CHECKOUT, "package-lock.json"));
  const installed = lockedPackages(join(CHECKOUT, "node_modules", ".package-lock.json"));
  return wanted !== null && installed !== null && matchesLock(wanted, installed);
};

/** npm tells its scripts where it is; a script started without it takes the one of the path. */
const npmCommand = () => {
  const { npm_execpath: npm } = process.env;
  if (npm?.endsWith(".js") === true) return { program: process.execPath, args: [npm] };
  return { program: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
};

/**
 * Installs what package-lock.json asks for, when it is not there. The tools of the tests and of the build are among
 * it, whatever NODE_ENV says.
 * @param {(line: string) => void} say @param {AbortSignal} [signal]
 */
export const ensurePackages = async (say, signal) => {
  const print = fingerprint(["package-lock.json"], {
    also: [process.platform, process.arch, process.versions.modules],
  });
  if (existsSync(STAMP) && isStamped(STAMP, print)) return;
  if (!isInstalled()) {
    say("Installing the packages (npm ci), which takes a minute or two");
    const { program, args } = npmCommand();
    const flags = ["ci", "--include=dev", "--no-audit", "--no-fund"];
    await runStep({ name: "npm ci", program, args: [...args, ...flags], signal });
  }
  writeStamp(STAMP, print);
};
