/** Set by `npm run test:explore`: a fresh seed, and full counts. The gate has one seed and a part of the counts. */
const exploredSeed = process.env["EXPLORE_SEED"];

const GATE_SHARE = 0.2;
const MIN_GATE_RUNS = 3;

/** The seed of every property that names none of its own. */
export const RANDOM_SEED = exploredSeed === undefined ? 20_260_101 : Number(exploredSeed);

/** Keeps a sample's own seed in the gate; when exploring, mixes it with the fresh one. */
export const seedOf = (own: number): number => (exploredSeed === undefined ? own : (RANDOM_SEED ^ own) | 0);

/** How often a property is tried: `count` times when exploring, a fifth of it in the gate, but at least three times. */
export const histories = (count: number): { readonly numRuns: number } => ({
  numRuns: exploredSeed === undefined ? Math.max(Math.ceil(count * GATE_SHARE), Math.min(count, MIN_GATE_RUNS)) : count,
});
