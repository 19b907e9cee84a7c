// @ts-check
import { join } from "node:path";
import { randomPassword, readJsonFile, writePrivateFile } from "../setup/private-file.mjs";

export const SECRETS_FILE = "secrets.json";

const NAMES = /** @type {const} */ (["superuserPassword", "ownerPassword", "applicationPassword", "nextAuthSecret"]);

/** @typedef {Readonly<Record<typeof NAMES[number], string>>} Secrets */

/** @param {Partial<Secrets>} [known] @returns {Secrets} */
export const makeSecrets = (known = {}) =>
  /** @type {Secrets} */ (Object.fromEntries(NAMES.map((name) => [name, known[name] ?? randomPassword()])));

/**
 * The installation's secrets, made at its first start. They are on the disk before anything uses them.
 * @param {string} dataDirectory @returns {Secrets}
 */
export const readOrMakeSecrets = (dataDirectory) => {
  const file = join(dataDirectory, SECRETS_FILE);
  /** @type {Partial<Secrets> | null} */
  const known = readJsonFile(file);
  if (known !== null && NAMES.every((name) => typeof known[name] === "string")) return /** @type {Secrets} */ (known);
  const secrets = makeSecrets(known ?? {});
  writePrivateFile(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
};
