// @ts-check
// PostgreSQL refuses to run as root. Started by root, it runs as the system's account "postgres".
import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { PlainFault } from "../setup/plain-fault.mjs";

/** @typedef {{ readonly uid: number, readonly gid: number }} Account */

const ACCOUNT = "postgres";

/** @returns {Account | null} */
const findAccount = () => {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${ACCOUNT}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
};

/** Debian's and Red Hat's program, then Alpine's. */
const WAYS_TO_CREATE = /** @type {const} */ ([
  ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]],
  ["adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", ACCOUNT]],
]);

const createAccount = () => {
  for (const [program, args] of WAYS_TO_CREATE) {
    try {
      execFileSync(program, args, { stdio: "ignore" });
      return findAccount();
    } catch {
      // The other one.
    }
  }
  return null;
};

/**
 * The account that the database's processes run as; null when that is the account of this process.
 * @param {(line: string) => void} say @returns {Account | null}
 */
export const databaseAccount = (say) => {
  if (process.getuid?.() !== 0) return null;
  const existing = findAccount();
  if (existing !== null) return existing;
  say(`Creating the system account "${ACCOUNT}": PostgreSQL does not run as root`);
  const created = createAccount();
  if (created !== null) return created;
  throw new PlainFault(
    `PostgreSQL does not run as root, and the account "${ACCOUNT}" could not be created. Start Doseline as another account, or set DATABASE_URL.`,
  );
};

/** @param {import("node:fs").Stats} entry @param {Account} account */
const mayEnter = (entry, account) => {
  if (entry.uid === account.uid) return (entry.mode & 0o100) !== 0;
  if (entry.gid === account.gid) return (entry.mode & 0o010) !== 0;
  return (entry.mode & 0o001) !== 0;
};

/**
 * Whether an account can reach a directory from the root on.
 * @param {Account} account @param {string} directory absolute and there
 */
export const canReach = (account, directory) => {
  for (let path = directory; ; path = dirname(path)) {
    if (!mayEnter(statSync(path), account)) return false;
    if (path === dirname(path)) return true;
  }
};

/**
 * Makes a directory that only the database's account can read.
 * @param {string} directory @param {Account | null} account
 */
export const makeOwnDirectory = (directory, account) => {
  mkdirSync(directory, { mode: 0o700 });
  if (account !== null) chownSync(directory, account.uid, account.gid);
};
