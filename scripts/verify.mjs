// @ts-check
// npm run -s verify [-- [--key FINGERPRINT] [FILE]]: whether everything is as it was recorded. With a file an exported bundle
// is checked by what it holds, without a database; the checks are put together anew each time, as those of a replay are.
import { Buffer } from "node:buffer";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CHECKOUT, readEnvironment, WRONG_INPUT } from "./setup/environment.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { PlainFault, runCommand } from "./setup/plain-fault.mjs";

const USAGE = "usage: verify [--key FINGERPRINT] [FILE]";

/** @param {string} message */
const wrong = (message) => new PlainFault(message.replaceAll(/\s+/g, " "), WRONG_INPUT);

/** As people copy it: in capitals, with colons or spaces. @param {string} text */
const readFingerprint = (text) => {
  const key = text.replaceAll(/[\s:]/g, "").toLowerCase();
  if (/^[0-9a-f]{64}$/.test(key)) return key;
  throw wrong(`--key: ${text || "nothing"} is not the fingerprint of a key: 64 hexadecimal digits. ${USAGE}`);
};

/** @param {string[]} args */
const parse = (args) => {
  try {
    return parseArgs({ args, options: { key: { type: "string" } }, allowPositionals: true });
  } catch {
    throw wrong(USAGE);
  }
};

/** npm starts its scripts in the checkout, and says where it was called. @param {string} file */
const checkFile = (file) => {
  const path = resolve(process.env["INIT_CWD"] ?? process.cwd(), file);
  if (!existsSync(path) || !statSync(path).isFile()) throw wrong(`${file}: there is no such file. ${USAGE}`);
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw wrong(`${file}: this login may not read the file.`);
  }
};

/** @param {string[]} args */
const readArguments = (args) => {
  const { positionals, values } = parse(args);
  const [file, ...rest] = positionals;
  if (rest.length > 0 || file === "") throw wrong(USAGE);
  const key = values.key === undefined ? null : readFingerprint(values.key);
  if (file !== undefined) checkFile(file);
  return { file: file ?? null, key };
};

/** @param {string} line */
const sayOnStderr = (line) => console.error(line);

/** @param {string} file @param {string | null} key @returns {Promise<number>} */
const verifyFile = async (file, key) => {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(CHECKOUT, "scripts", "verify-bundle.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    // What belongs to the server may be loaded here as well.
    conditions: ["react-server"],
    logLevel: "error",
  });
  const [program] = outputFiles;
  if (program === undefined) throw new PlainFault("The checks could not be put together.");
  const source = Buffer.from(program.contents).toString("base64");
  const checks = await import(`data:text/javascript;base64,${source}`);
  return checks.verifyFile(file, key);
};

/** @param {string | null} key @returns {Promise<number>} */
const verifyDatabase = async (key) => {
  const environment = readEnvironment();
  const { ensureDatabaseClient } = await import("./setup/database-client.mjs");
  await ensureDatabaseClient(sayOnStderr);
  const { withDatabase } = await import("./database/with-database.mjs");
  const { makeReady } = await import("./database/make-ready.mjs");
  const { runConsoleCommand } = await import("./console/run-console-command.mjs");
  return withDatabase(environment, async (database, signal) => {
    await makeReady(database, sayOnStderr);
    const { databaseUrl } = database;
    const { dataDirectory } = environment;
    return runConsoleCommand("verify", key === null ? [] : [key], { databaseUrl, dataDirectory, signal });
  });
};

await runCommand(async () => {
  const { file, key } = readArguments(process.argv.slice(2));
  await ensurePackages(sayOnStderr);
  return file === null ? verifyDatabase(key) : verifyFile(file, key);
});
