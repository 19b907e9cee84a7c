// @ts-check
import { join } from "node:path";
import { readJsonFile } from "../setup/private-file.mjs";

/** @typedef {{ readonly role: string, readonly name: string, readonly email: string, readonly password: string }} SignIn */

/**
 * The demonstration's sign-ins, as `seed:demo` wrote them; none when there is no demonstration.
 * @param {string} dataDirectory @returns {{ file: string, signIns: readonly SignIn[] }}
 */
export const readSignIns = (dataDirectory) => {
  const file = join(dataDirectory, "demonstration-sign-ins.json");
  return { file, signIns: readJsonFile(file)?.signIns ?? [] };
};
