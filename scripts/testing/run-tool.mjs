// @ts-check
import { spawn } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "../setup/environment.mjs";

/**
 * Runs a tool of node_modules, its output shown as it comes.
 * @param {string} file below node_modules @param {readonly string[]} args @param {Readonly<Record<string, string>>} [env]
 * @returns {Promise<number>} its exit code
 */
export const runTool = (file, args, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(CHECKOUT, "node_modules", file), ...args], {
      cwd: CHECKOUT,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
