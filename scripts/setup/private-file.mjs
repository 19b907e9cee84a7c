// @ts-check
import { randomBytes, randomInt } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * Writes a file that only its owner can read, whole or not at all.
 * @param {string} file @param {string} text
 */
export const writePrivateFile = (file, text) => {
  const unfinished = `${file}.${process.pid}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600, flush: true });
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, file);
};

/** The JSON value in a file; null when there is no file, or nothing whole in it. @param {string} file @returns {any} */
export const readJsonFile = (file) => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
};

/** A password that nobody has to type: 192 bits, safe in an address. */
export const randomPassword = () => randomBytes(24).toString("base64url");

/** Without the letters and digits that are taken for one another. */
const READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password that somebody copies from a screen: 16 characters in fours, 79 bits. */
export const readablePassword = () => {
  const fours = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join(""),
  );
  return fours.join("-");
};

/**
 * The directory of the data. Others may pass through it, and read nothing: the database's own account has to.
 * @param {string} directory
 */
export const makeDataDirectory = (directory) => {
  mkdirSync(directory, { recursive: true });
  if (process.platform !== "win32") chmodSync(directory, process.getuid?.() === 0 ? 0o711 : 0o700);
};
