// @ts-check
// A program of a step, whose output is shown only when it fails.
import { spawn } from "node:child_process";
import { CHECKOUT } from "./environment.mjs";
import { PlainFault } from "./plain-fault.mjs";

const SHOWN_LINES = 40;

/**
 * @typedef {object} Step
 * @property {string} name what failed, should it
 * @property {string} program @property {readonly string[]} args
 * @property {Readonly<Record<string, string>>} [env] beside this process's
 * @property {AbortSignal | undefined} signal ends the program
 */

/** @param {Step} step @returns {Promise<void>} */
export const runStep = async ({ name, program, args, env = {}, signal }) => {
  /** @type {Buffer[]} */
  const output = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: CHECKOUT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // npm is a batch file on Windows, which only its shell runs.
      shell: process.platform === "win32" && program.endsWith(".cmd"),
      ...(signal === undefined ? {} : { signal }),
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(part));
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0) return;
  const lines = Buffer.concat(output).toString("utf8").trimEnd().split("\n");
  console.error(lines.slice(-SHOWN_LINES).join("\n"));
  throw new PlainFault(`${name} failed; the end of its output is above.`);
};
