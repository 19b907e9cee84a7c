// @ts-check
// npm run token | import:bundle | seed:demo: on the running server's database, or with one started for the command.
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
const asCalledFrom = (file) => resolve(process.env["INIT_CWD"] ?? process.cwd(), file);

/**
 * What the command's own file is given, in order.
 * @type {Readonly<Record<ConsoleCommand, { usage: string, read: (positionals: string[], code: string | undefined) => string[] | null }>>}
 */
const COMMANDS = {
  token: {
    usage: "npm run -s token -- EMAIL",
    read: ([email, ...rest], code) => (email === undefined || rest.length > 0 || code !== undefined ? null : [email]),
  },
  "import:bundle": {
    usage: "npm run import:bundle -- FILE --code CODE",
    read: ([file, ...rest], code) => {
      if (file === undefined || rest.length > 0 || code === undefined || code === "") return null;
      const path = asCalledFrom(file);
      if (!existsSync(path) || !statSync(path).isFile()) throw wrong(`There is no file ${path}.`);
      return [path, code];
    },
  },
  "seed:demo": {
    usage: "npm run seed:demo",
    read: (positionals, code) => (positionals.length > 0 || code !== undefined ? null : []),
  },
};

/** @param {ConsoleCommand} command @param {string[]} args */
const readArguments = (command, args) => {
  const { usage, read } = COMMANDS[command];
  const options = /** @type {const} */ ({ code: { type: "string" } });
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const checked = read(positionals, values.code);
    if (checked !== null) return checked;
  } catch (error) {
    if (error instanceof PlainFault) throw error;
  }
  throw wrong(`Usage: ${usage}`);
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
  return withDatabase(environment, async (database) => {
    await makeReady(database, sayOnStderr);
    return runConsoleCommand(command, args, { databaseUrl: database.databaseUrl, dataDirectory });
  });
});
