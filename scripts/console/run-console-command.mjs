// @ts-check
// The commands of the server's console, each one operation of the product in a process of its own.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "../setup/environment.mjs";

/** Name of a command → the file that does it. */
const FILES = {
  administrator: "administrator.ts",
  token: "token.ts",
  "second-factor:remove": "second-factor-remove.ts",
  "import:bundle": "import-bundle.ts",
  "check:decisions": "check-decisions.ts",
  "seed:demo": "seed-demo.ts",
  verify: "verify.ts",
};

/** @typedef {keyof typeof FILES} ConsoleCommand */

export const COMMAND_NAMES = /** @type {readonly ConsoleCommand[]} */ (Object.keys(FILES));

/**
 * Runs a command on a database and answers its exit code. The condition "react-server" is that of the server's own
 * modules, which refuse to be loaded elsewhere.
 * @param {ConsoleCommand} command @param {readonly string[]} args already checked
 * @param {{ databaseUrl: string, dataDirectory: string, signal?: AbortSignal | undefined, isQuiet?: boolean }} setting
 * @returns {Promise<number>}
 */
export const runConsoleCommand = (command, args, { databaseUrl, dataDirectory, signal, isQuiet = false }) =>
  new Promise((resolve, reject) => {
    const file = join(CHECKOUT, "scripts", "console", FILES[command]);
    const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", file, ...args], {
      cwd: CHECKOUT,
      env: {
        ...process.env,
        NODE_ENV: "production",
        DATABASE_URL: databaseUrl,
        DATA_DIR: dataDirectory,
        DATABASE_OWNER_URL: "",
      },
      stdio: ["ignore", isQuiet ? "ignore" : "inherit", "inherit"],
      ...(signal === undefined ? {} : { signal }),
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
