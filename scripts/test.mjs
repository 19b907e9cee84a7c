// @ts-check
// npm test: everything that can be checked. npm run test:<part> -- [arguments of its tool] does one part.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDatabaseClient } from "./setup/database-client.mjs";
import { WRONG_INPUT } from "./setup/environment.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { PlainFault, runCommand } from "./setup/plain-fault.mjs";
import { addUp, countVitest, NOTHING, summaryLines } from "./testing/counts.mjs";
import { TO_TERMINAL, runTool } from "./testing/run-tool.mjs";

/** @typedef {import("./testing/counts.mjs").Counts} Counts */
/** @typedef {import("./testing/run-tool.mjs").Output} Output */
/** @typedef {(args: readonly string[], output: Output) => Promise<Counts>} Run */
/** A quick part shares the machine with another one. @typedef {{ readonly title: string, readonly run: Run, readonly isQuick?: true, readonly isExtra?: true }} Part */

/** The server version that Debian 12 has, beside the built-in one. */
const OLDER_POSTGRES = 15;

/** What a server version can change: tables and functions, migrations, the record's protection, and one recorded log. */
const ABOUT_THE_SERVER = [
  "lib/server/db/",
  "lib/server/operations/entries/recorded-log",
  "lib/server/store/",
  "lib/server/verifying/",
  "scripts/database/",
  "test/attacks/",
  "test/database/",
];

/** @param {string} line */
const say = (line) => console.log(line);

/** A check has no tests to count: it counts when it fails. @param {number} exitCode @returns {Counts} */
const asCheck = (exitCode) => (exitCode === 0 ? NOTHING : { ...NOTHING, failed: 1 });

/** @param {string} file @param {readonly string[]} args @returns {Run} */
const check = (file, args) => async (more, output) => asCheck(await runTool(file, [...args, ...more], { output }));

/** @param {string} project @param {readonly string[]} args @param {Readonly<Record<string, string>>} [env] */
const vitest = async (project, args, env = {}) => {
  const directory = mkdtempSync(join(tmpdir(), "doseline-report-"));
  const report = join(directory, "vitest.json");
  const flags = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    const exitCode = await runTool("vitest/vitest.mjs", ["run", "--project", project, ...flags, ...args], {
      // A snapshot that is missing is a failure: it is written only when -u asks for it.
      env: { CI: "true", ...env },
    });
    return countVitest(report, exitCode);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

/** The whole, the domain without anything around it, and the scripts. */
const TYPE_PROJECTS = ["tsconfig.json", "lib/domain/tsconfig.json", "scripts/tsconfig.json"];

/** @type {Run} */
const types = async (_args, output) => {
  // Next writes the types of its own modules, and of the routes, without building anything.
  await runTool("next/dist/bin/next", ["typegen"], { env: { NEXT_TELEMETRY_DISABLED: "1" }, output });
  const exitCodes = [];
  for (const project of TYPE_PROJECTS)
    exitCodes.push(await runTool("@typescript/native/bin/tsc", ["--noEmit", "-p", project], { output }));
  return addUp(exitCodes.map(asCheck));
};

/** Everything first; then without tests, which finds what only they use. @type {Run} */
const unused = async (args, output) => {
  const exitCodes = [];
  for (const mode of [[], ["--production"]])
    exitCodes.push(await runTool("knip/bin/knip.js", [...mode, ...args], { output }));
  return addUp(exitCodes.map(asCheck));
};

/** @type {Run} */
const layers = async (_args, output) => {
  const { cruiseLayers } = await import("./layers/cruise-layers.mjs");
  const { seen, faults } = await cruiseLayers();
  output(`${[...faults, `${seen} files, ${faults.length} faults`].join("\n")}\n`);
  return asCheck(faults.length);
};

/** @type {Run} */
const integrationOnOlder = async (args) => {
  const { findPostgres } = await import("./testing/find-postgres.mjs");
  if (!findPostgres(OLDER_POSTGRES, say)) {
    const name = `integration tests on PostgreSQL ${OLDER_POSTGRES}, which is not installed here`;
    return { ...NOTHING, skipped: [name] };
  }
  const chosen = args.length > 0 ? args : ABOUT_THE_SERVER;
  // What is about the built-in server is not asked of another.
  return vitest("integration", ["--exclude", "scripts/database/embedded-postgres.*", ...chosen], {
    TEST_POSTGRES: String(OLDER_POSTGRES),
  });
};

/** @type {Run} */
const browser = async (args) => {
  const { runBrowserTests } = await import("./testing/browser-tests.mjs");
  return runBrowserTests(args, say);
};

/** @type {Run} */
const explore = async (args) => {
  const { seedOfArguments } = await import("./testing/explore.mjs");
  const { seed, rest } = seedOfArguments(args);
  const again = `Seed ${seed}; the same run again: npm run test:explore -- --seed ${seed}`;
  say(again);
  const counts = [];
  for (const project of ["unit", "integration"])
    counts.push(await vitest(project, ["--passWithNoTests", ...rest], { EXPLORE_SEED: String(seed) }));
  say(again);
  return addUp(counts);
};

/** In the order in which a fault is found soonest. @type {Readonly<Record<string, Part>>} */
const PARTS = {
  types: { title: "Types", run: types, isQuick: true },
  lint: { title: "Lint", run: check("oxlint/bin/oxlint", ["--type-aware", "--deny-warnings"]), isQuick: true },
  layers: { title: "Layer rules", run: layers, isQuick: true },
  unused: { title: "Unused files, exports and packages", run: unused, isQuick: true },
  format: { title: "Format", run: check("prettier/bin/prettier.cjs", ["--check", "."]), isQuick: true },
  unit: { title: "Unit and property tests", run: (args) => vitest("unit", args) },
  integration: { title: "Integration tests on the built-in PostgreSQL", run: (args) => vitest("integration", args) },
  [`integration:${OLDER_POSTGRES}`]: {
    title: `Integration tests on PostgreSQL ${OLDER_POSTGRES}`,
    run: integrationOnOlder,
  },
  e2e: { title: "Browser tests on a production build", run: browser },
  explore: { title: "Random tests with a fresh seed and full counts", run: explore, isExtra: true },
};

/** @param {Part} part @param {readonly string[]} args @param {Output} output */
const runPart = async ({ title, run }, args, output) => {
  output(`\n── ${title}\n`);
  const begunAt = performance.now();
  const counts = await run(args, output).catch((error) => {
    output(`${error instanceof PlainFault ? error.message : String(error?.stack ?? error)}\n`);
    return asCheck(1);
  });
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
  const line = `${title}: ${counts.failed === 0 ? "passed" : "FAILED"} in ${seconds} s`;
  output(`── ${line}\n`);
  return { counts, line };
};

/** Two quick parts at a time, since each leaves a processor idle; what each writes is shown when it has ended. @param {readonly Part[]} parts */
const runTogether = async (parts) => {
  const waiting = [...parts];
  /** @type {Awaited<ReturnType<typeof runPart>>[]} */
  const results = [];
  const lane = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      /** @type {string[]} */
      const written = [];
      const result = await runPart(part, [], (text) => void written.push(text));
      TO_TERMINAL(written.join(""));
      results.push(result);
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
};

const runAll = async () => {
  const parts = Object.values(PARTS).filter(({ isExtra }) => isExtra === undefined);
  const results = await runTogether(parts.filter(({ isQuick }) => isQuick));
  for (const part of parts.filter(({ isQuick }) => isQuick === undefined))
    results.push(await runPart(part, [], TO_TERMINAL));
  say(`\n${results.map(({ line }) => line).join("\n")}`);
  return results;
};

await runCommand(async () => {
  const [name, ...args] = process.argv.slice(2);
  const part = name === undefined ? null : PARTS[name];
  if (part === undefined)
    throw new PlainFault(`There is no part ${name}: ${Object.keys(PARTS).join(", ")}.`, WRONG_INPUT);
  await ensurePackages(say);
  await ensureDatabaseClient(say);
  const results = part === null ? await runAll() : [await runPart(part, args, TO_TERMINAL)];
  const sum = addUp(results.map(({ counts }) => counts));
  say(`\n${summaryLines(sum).join("\n")}`);
  return sum.failed === 0 ? 0 : 1;
});
