// @ts-check
// npm test: everything that can be checked. npm run test:<part> -- [arguments of its tool] does one part.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDatabaseClient } from "./setup/database-client.mjs";
import { WRONG_INPUT } from "./setup/environment.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { PlainFault, runCommand } from "./setup/plain-fault.mjs";
import { addUp, countVitest, NOTHING, summaryLine } from "./testing/counts.mjs";
import { runTool } from "./testing/run-tool.mjs";

/** @typedef {import("./testing/counts.mjs").Counts} Counts */
/** @typedef {(args: readonly string[]) => Promise<Counts>} Part */

/** The server version that Debian 12 has, beside the built-in one. */
const OLDER_POSTGRES = 15;

/** @param {string} line */
const say = (line) => console.log(line);

/** A check has no tests to count: it counts when it fails. @param {number} exitCode @returns {Counts} */
const asCheck = (exitCode) => (exitCode === 0 ? NOTHING : { ...NOTHING, failed: 1 });

/** @param {string} project @param {readonly string[]} args @param {Readonly<Record<string, string>>} [env] */
const vitest = async (project, args, env) => {
  const directory = mkdtempSync(join(tmpdir(), "doseline-report-"));
  const report = join(directory, "vitest.json");
  const flags = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    const exitCode = await runTool("vitest/vitest.mjs", ["run", "--project", project, ...flags, ...args], env);
    return countVitest(report, exitCode);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

/** The whole, the domain without anything around it, and the scripts. */
const TYPE_PROJECTS = ["tsconfig.json", "lib/domain/tsconfig.json", "scripts/tsconfig.json"];

/** @type {Part} */
const types = async () => {
  // Next writes the types of its own modules, and of the routes, without building anything.
  await runTool("next/dist/bin/next", ["typegen"], { NEXT_TELEMETRY_DISABLED: "1" });
  const exitCodes = [];
  for (const project of TYPE_PROJECTS)
    exitCodes.push(await runTool("@typescript/native/bin/tsc", ["--noEmit", "-p", project]));
  return addUp(exitCodes.map(asCheck));
};

/** @type {Part} */
const layers = async () => {
  const { cruiseLayers } = await import("./layers/cruise-layers.mjs");
  const { seen, faults } = await cruiseLayers();
  for (const fault of faults) console.error(fault);
  say(`${seen} files, ${faults.length} faults`);
  return asCheck(faults.length);
};

/** @type {Part} */
const integrationOnOlder = async (args) => {
  const { installedBinaries } = await import("./database/binaries.mjs");
  if (installedBinaries(OLDER_POSTGRES) === null) {
    say(`PostgreSQL ${OLDER_POSTGRES} is not installed here: left out`);
    return NOTHING;
  }
  // What is about the built-in server is not asked of another.
  return vitest("integration", ["--exclude", "scripts/database/embedded-postgres.*", ...args], {
    TEST_POSTGRES: String(OLDER_POSTGRES),
  });
};

/** @type {Part} */
const browser = async (args) => {
  const { runBrowserTests } = await import("./testing/browser-tests.mjs");
  return runBrowserTests(args, say);
};

/** In the order in which a fault is found soonest. @type {Readonly<Record<string, { title: string, run: Part }>>} */
const PARTS = {
  types: { title: "Types", run: types },
  lint: {
    title: "Lint",
    run: async (args) => asCheck(await runTool("oxlint/bin/oxlint", ["--type-aware", "--deny-warnings", ...args])),
  },
  layers: { title: "Layer rules", run: layers },
  unused: {
    title: "Unused files, exports and packages",
    run: async (args) => asCheck(await runTool("knip/bin/knip.js", args)),
  },
  format: {
    title: "Format",
    run: async (args) => asCheck(await runTool("prettier/bin/prettier.cjs", ["--check", ".", ...args])),
  },
  unit: { title: "Unit and property tests", run: (args) => vitest("unit", args) },
  integration: { title: "Integration tests on the built-in PostgreSQL", run: (args) => vitest("integration", args) },
  [`integration:${OLDER_POSTGRES}`]: {
    title: `Integration tests on PostgreSQL ${OLDER_POSTGRES}`,
    run: integrationOnOlder,
  },
  e2e: { title: "Browser tests on a production build", run: browser },
};

/** @param {string} title @param {Part} run @param {readonly string[]} args */
const runPart = async (title, run, args) => {
  say(`\n── ${title}`);
  const begunAt = performance.now();
  const counts = await run(args).catch((error) => {
    console.error(error instanceof PlainFault ? error.message : error);
    return asCheck(1);
  });
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
  say(`── ${title}: ${counts.failed === 0 ? "passed" : "FAILED"} in ${seconds} s`);
  return counts;
};

await runCommand(async () => {
  const [name, ...args] = process.argv.slice(2);
  const chosen = name === undefined ? Object.values(PARTS) : [PARTS[name]];
  await ensurePackages(say);
  await ensureDatabaseClient(say);
  const counts = [];
  for (const part of chosen) {
    if (part === undefined)
      throw new PlainFault(`There is no part ${name}: ${Object.keys(PARTS).join(", ")}.`, WRONG_INPUT);
    counts.push(await runPart(part.title, part.run, args));
  }
  const sum = addUp(counts);
  say(`\n${summaryLine(sum)}`);
  return sum.failed === 0 ? 0 : 1;
});
