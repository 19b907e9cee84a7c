import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const SHARED = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** Cases and data that lie beside a checkout where the rules are worked on; a test says so when it is skipped without. */
export const hasShared = (path: string): boolean => existsSync(SHARED + path);

export const sharedText = (path: string): string => readFileSync(SHARED + path, "utf8");

/** The JSON files of a folder, by name; none where it is absent. */
export const sharedJson = (folder: string): readonly { readonly name: string; readonly document: unknown }[] =>
  hasShared(folder)
    ? readdirSync(SHARED + folder)
        .filter((name) => name.endsWith(".json"))
        .sort()
        .map((name) => ({ name, document: JSON.parse(sharedText(`${folder}/${name}`)) as unknown }))
    : [];
