import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CASES = fileURLToPath(new URL("files/", import.meta.url));
const SHARED = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** Data that lies beside a checkout where the rules are worked on; a test says so when it is skipped without. */
export const hasShared = (path: string): boolean => existsSync(SHARED + path);

export const sharedText = (path: string): string => readFileSync(SHARED + path, "utf8");

/** The cases of one folder, by name, as they are written. */
export const casesIn = (folder: string): readonly { readonly name: string; readonly text: string }[] =>
  readdirSync(CASES + folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, text: readFileSync(`${CASES}${folder}/${name}`, "utf8") }));
