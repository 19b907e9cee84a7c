// @ts-check
import { randomInt } from "node:crypto";
import { WRONG_INPUT } from "../setup/environment.mjs";
import { PlainFault } from "../setup/plain-fault.mjs";

const SEED_FLAG = "--seed";
const SEEDS = 2 ** 31;

/**
 * The seed of an exploring run: a fresh one, or the one that `--seed <number>` names, to repeat a run.
 * @param {readonly string[]} args @returns {{ readonly seed: number, readonly rest: readonly string[] }}
 */
export const seedOfArguments = (args) => {
  const place = args.indexOf(SEED_FLAG);
  if (place < 0) return { seed: randomInt(SEEDS), rest: args };
  const text = args[place + 1] ?? "";
  if (!/^\d{1,10}$/.test(text) || Number(text) >= SEEDS)
    throw new PlainFault(`${SEED_FLAG} takes a whole number from 0 to ${SEEDS - 1}.`, WRONG_INPUT);
  return { seed: Number(text), rest: args.toSpliced(place, 2) };
};
