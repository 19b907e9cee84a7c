// @ts-check
import { spawn } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "../setup/environment.mjs";

/** Where a part's output goes: shown as it comes, or kept until the part has ended. @typedef {(text: string) => void} Output */

/** @type {Output} */
export const TO_TERMINAL = (text) => void process.stdout.write(text);

/**
 * Runs a tool of node_modules.
 * @param {string} file below node_modules @param {readonly string[]} args
 * @param {{ readonly env?: Readonly<Record<string, string>>, readonly output?: Output }} [options]
 * @returns {Promise<number>} its exit code
 */
export const runTool = (file, args, { env = {}, output = TO_TERMINAL } = {}) =>
  new Promise((resolve, reject) => {
    const isKept = output !== TO_TERMINAL;
    const child = spawn(process.execPath, [join(CHECKOUT, "node_modules", file), ...args], {
      cwd: CHECKOUT,
      stdio: isKept ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", output);
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
