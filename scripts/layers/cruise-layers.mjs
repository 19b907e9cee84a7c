// @ts-check
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cruise } from "dependency-cruiser";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { CHECKOUT } from "../setup/environment.mjs";

const FOLDERS = ["app", "components", "lib", "prisma", "scripts", "test", "e2e", "bench"];
const IS_SOURCE = /(?<!\.d)\.(ts|tsx|mjs|js)$/;

/** @param {string} root @param {string} folder @returns {string[]} */
const sourcesIn = (root, folder) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && IS_SOURCE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));

/** @typedef {import("dependency-cruiser").IModule} Module */

/**
 * What a page, a route or a console command calls is an operation: one thing a user can do, authorized and in one
 * transaction. Another operation may not call it; what two share is a file that only operations import.
 * @param {readonly Module[]} modules @returns {readonly string[]}
 */
const operationsCallingOperations = (modules) => {
  const imports = modules
    .filter(({ source }) => !source.includes(".test."))
    .flatMap(({ source, dependencies }) => dependencies.map(({ resolved }) => ({ from: source, to: resolved })))
    .filter(({ to }) => to.startsWith("lib/server/operations/"));
  const operations = new Set(imports.filter(({ from }) => /^(app|scripts)\//.test(from)).map(({ to }) => to));
  return imports
    .filter(({ from, to }) => from.startsWith("lib/server/operations/") && operations.has(to))
    .map(
      ({ from, to }) =>
        `${from} → ${to}: operations-do-not-call-operations. An operation is one thing a user can do, authorized and in one transaction: move what both need into judging, signing, verifying, exports, store or a file of their area.`,
    );
};

/**
 * Checks every source file below a root against the layer rules. A file that the cruise did not see is a fault too:
 * without a compiler that it knows, dependency-cruiser finds nothing at all and calls that clean.
 * @param {string} [root] @returns {Promise<{ seen: number, faults: readonly string[] }>} each fault in one line
 */
export const cruiseLayers = async (root = CHECKOUT) => {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const sources = folders.flatMap((folder) => sourcesIn(root, folder));
  /** @type {import("dependency-cruiser").IConfiguration} */
  const { forbidden = [], options } = createRequire(import.meta.url)(join(CHECKOUT, ".dependency-cruiser.cjs"));
  const { enhancedResolveOptions, ...cruiseOptions } = options ?? {};
  const fileName = join(root, "tsconfig.json");
  const given = { ...cruiseOptions, tsConfig: { fileName }, ruleSet: { forbidden }, validate: true, baseDir: root };
  const { output } = await cruise(folders, given, enhancedResolveOptions, { tsConfig: extractTsConfig(fileName) });
  if (typeof output === "string") throw new TypeError("dependency-cruiser gave a report instead of its result");

  const seen = new Set(output.modules.map(({ source }) => source));
  const unseen = sources.filter((source) => !seen.has(source));
  const comments = new Map(forbidden.map(({ name, comment }) => [name, comment]));
  const violations = output.summary.violations.map(
    ({ rule, from, to }) => `${from} → ${to}: ${rule.name}. ${comments.get(rule.name) ?? ""}`,
  );
  return {
    seen: sources.length - unseen.length,
    faults: [
      ...violations,
      ...operationsCallingOperations(output.modules),
      ...unseen.map((source) => `${source}: was not checked, dependency-cruiser did not see it`),
    ],
  };
};
