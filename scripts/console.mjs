// @ts-check
// npm run administrator | token | second-factor:remove | import:bundle | seed:demo: on the running server's database, or with one started for the command.
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { COMMAND_NAMES, runConsoleCommand } from "./console/run-console-command.mjs";
import { readEnvironment, WRONG_INPUT } from "./setup/environment.mjs";
import { ensureDatabaseClient } from "./setup/database-client.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { PlainFault, runCommand } from "./setup/plain-fault.mjs";

/** @typedef {import("./console/run-console-command.mjs").ConsoleCommand} ConsoleCommand */

/** @param {string} message */
const wrong = (message) => new PlainFault(message, WRONG_INPUT);

/** npm starts its scripts in the checkout, and says where it was called. @param {string} file */
const existingFile = (file) => {
  const path = resolve(process.env["INIT_CWD"] ?? process.cwd(), file);
  if (!existsSync(path) || !statSync(path).isFile()) throw wrong(`There is no file ${path}.`);
  return path;
};

/** @template T @param {() => T} parse @returns {T | null} */
const parsedOrNull = (parse) => {
  try {
    return parse();
  } catch {
    return null;
  }
};

/** @typedef {{ code?: string, name?: string, reason?: string }} Options */

/**
 * What a command is given, as its own file gets it, in order; null when that is not what it takes.
 * @type {Readonly<Record<ConsoleCommand, { usage: string, takes: readonly (keyof Options)[], read: (words: readonly string[], options: Options) => string[] | null }>>}
 */
const COMMANDS = {
  administrator: {
    usage: "npm run -s administrator -- EMAIL --name NAME",
    takes: ["name"],
    read: ([email, ...rest], { name }) => (email && name && rest.length === 0 ? [email, name] : null),
  },
  token: {
    usage: "npm run -s token -- EMAIL",
    takes: [],
    read: ([email, ...rest]) => (email && rest.length === 0 ? [email] : null),
  },
  "second-factor:remove": {
    usage: "npm run -s second-factor:remove -- EMAIL --reason REASON",
    takes: ["reason"],
    read: ([email, ...rest], { reason }) => (email && reason && rest.length === 0 ? [email, reason] : null),
  },
  "import:bundle": {
    usage: "npm run import:bundle -- FILE --code CODE",
    takes: ["code"],
    read: ([file, ...rest], { code }) => (file && code && rest.length === 0 ? [existingFile(file), code] : null),
  },
  "check:decisions": {
    usage: "npm run check:decisions -- [--code CODE]",
    takes: ["code"],
    read: (words, { code }) => (words.length === 0 ? (code ? [code] : []) : null),
  },
  verify: {
    usage: "npm run -s verify -- [--key FINGERPRINT] [FILE]",
    takes: [],
    read: (words) => (words.length === 0 ? [] : null),
  },
  "seed:demo": {
    usage: "npm run seed:demo",
    takes: [],
    read: (words) => (words.length === 0 ? [] : null),
  },
};

/** @param {ConsoleCommand} command @param {string[]} args */
const readArguments = (command, args) => {
  const { usage, takes, read } = COMMANDS[command];
  const options = Object.fromEntries(takes.map((name) => [name, { type: /** @type {const} */ ("string") }]));
  const parsed = parsedOrNull(() => parseArgs({ args, options, allowPositionals: true }));
  const checked = parsed === null ? null : read(parsed.positionals, parsed.values);
  if (checked === null) throw wrong(`Usage: ${usage}`);
  return checked;
};

/** @param {string | undefined} name */
const knownCommand = (name) => {
  const known = COMMAND_NAMES.find((command) => command === name);
  if (known === undefined)
    throw wrong(`Usage: one of ${COMMAND_NAMES.map((command) => COMMANDS[command].usage).join("; ")}`);
  return known;
};

/** @param {string} line */
const sayOnStderr = (line) => console.error(line);

await runCommand(async () => {
  const [name, ...rest] = process.argv.slice(2);
  const command = knownCommand(name);
  const args = readArguments(command, rest);
  const environment = readEnvironment();
  await ensurePackages(sayOnStderr);
  await ensureDatabaseClient(sayOnStderr);
  const { withDatabase } = await import("./database/with-database.mjs");
  const { makeReady } = await import("./database/make-ready.mjs");
  const { dataDirectory } = environment;
  return withDatabase(environment, async (database, signal) => {
    await makeReady(database, sayOnStderr);
    return runConsoleCommand(command, args, { databaseUrl: database.databaseUrl, dataDirectory, signal });
  });
});
