// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { binariesIn } from "../database/binaries.mjs";
import { installDebianPackage } from "./install-package.mjs";

/**
 * An installed PostgreSQL's programs, as Debian lays them out; null when that version is not installed.
 * @param {number} major @returns {import("../database/binaries.mjs").Binaries | null}
 */
export const installedBinaries = (major) => {
  const bin = `/usr/lib/postgresql/${major}/bin`;
  return existsSync(join(bin, "postgres")) ? binariesIn(bin, major) : null;
};

/**
 * Whether a PostgreSQL of this version is installed, or could be: on a machine that only checks (CI is set), as root,
 * from Debian's packages. Nobody's own machine gets a server without being asked.
 * @param {number} version @param {(line: string) => void} say
 */
export const findPostgres = (version, say) => {
  if (installedBinaries(version) !== null) return true;
  if (process.env["CI"] === undefined) return false;
  say(`Installing PostgreSQL ${version} for the integration tests`);
  return installDebianPackage(`postgresql-${version}`) && installedBinaries(version) !== null;
};
