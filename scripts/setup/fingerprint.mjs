// @ts-check
// Whether something made from files is still what those files would make.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { CHECKOUT } from "./environment.mjs";

/** @param {string} path @returns {string[]} the files at or below it */
const filesAt = (path) => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesAt(join(path, name)));
};

/**
 * A hash over names and contents of files, and over what else a product depends on.
 * @param {readonly string[]} paths files and directories, from the checkout on; what is not there counts as such
 * @param {{ also?: readonly string[], ignore?: (file: string) => boolean }} [options]
 */
export const fingerprint = (paths, { also = [], ignore = () => false } = {}) => {
  const hash = createHash("sha256").update(JSON.stringify(also));
  for (const path of paths) {
    for (const file of filesAt(join(CHECKOUT, path))) {
      const name = relative(CHECKOUT, file);
      if (ignore(name)) continue;
      const content = readFileSync(file);
      hash.update(`${name}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
};

/** @param {string} stamp a file @param {string} print */
export const isStamped = (stamp, print) => existsSync(stamp) && readFileSync(stamp, "utf8") === print;

/** @param {string} stamp a file @param {string} print */
export const writeStamp = (stamp, print) => {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
};
