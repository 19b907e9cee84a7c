// @ts-check
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "../setup/environment.mjs";

export const MIGRATIONS = join(CHECKOUT, "prisma", "migrations");

/** @typedef {{ readonly name: string, readonly script: string, readonly checksum: string }} MigrationFile */

/** The migrations of a folder, oldest first. @param {string} directory @returns {MigrationFile[]} */
export const readMigrationFiles = (directory) =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const script = readFileSync(join(directory, name, "migration.sql"), "utf8");
      return { name, script, checksum: createHash("sha256").update(script).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
