// @ts-check
// The demonstration's people and their passwords: random, in a file that only its owner can read, and shown.
import { join } from "node:path";
import { readJsonFile, writePrivateFile } from "../setup/private-file.mjs";

/** @typedef {{ readonly role: string, readonly name: string, readonly email: string, readonly password: string }} SignIn */

/** @param {string} dataDirectory */
const fileIn = (dataDirectory) => join(dataDirectory, "demonstration-sign-ins.json");

/**
 * None when there is no demonstration.
 * @param {string} dataDirectory @returns {{ file: string, signIns: readonly SignIn[] }}
 */
export const readSignIns = (dataDirectory) => {
  const file = fileIn(dataDirectory);
  return { file, signIns: readJsonFile(file)?.signIns ?? [] };
};

/** @param {string} dataDirectory @param {readonly SignIn[]} signIns */
export const writeSignIns = (dataDirectory, signIns) => {
  writePrivateFile(fileIn(dataDirectory), `${JSON.stringify({ signIns }, null, 2)}\n`);
};

/** @param {string} dataDirectory @param {(line: string) => void} say */
export const showSignIns = (dataDirectory, say) => {
  const { file, signIns } = readSignIns(dataDirectory);
  if (signIns.length === 0) return;
  say(`Sign in to the demonstration as (kept in ${file}):`);
  const width = Math.max(...signIns.map(({ email }) => email.length));
  for (const { role, email, password } of signIns) {
    say(`  ${role.replaceAll("_", " ").padEnd(15)} ${email.padEnd(width)}  ${password}`);
  }
};
