// @ts-check
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentFaults, readVariables } from "../../lib/server/config/variables.mjs";
import { PlainFault } from "./plain-fault.mjs";

/** The directory that package.json is in. */
export const CHECKOUT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Wrong input: a variable or an argument. */
export const WRONG_INPUT = 2;

/** The files Next reads as well, in its order: what is set first stays. */
const ENVIRONMENT_FILES = [".env.local", ".env"];

/** Reads the .env files and the environment; stops with one line naming what is wrong. */
export const readEnvironment = () => {
  for (const name of ENVIRONMENT_FILES) {
    const file = join(CHECKOUT, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
  const faults = environmentFaults(process.env);
  if (faults.length > 0) {
    throw new PlainFault(faults.map(({ name, message }) => `${name} ${message}.`).join(" "), WRONG_INPUT);
  }
  return readVariables(process.env, CHECKOUT);
};
