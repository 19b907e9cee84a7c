import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Numbers that look random and follow from a seed alone, the same on every machine: no logarithm, no exponential. */
export type RandomNumbers = {
  /** A whole number, both ends included. */
  readonly between: (from: number, to: number) => number;
  /** From 0 to below 1. */
  readonly unit: () => number;
  /** About normal, mean 0 and standard deviation 1, never beyond ±3.5. */
  readonly deviate: () => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
};

const TWO_TO_24 = 16_777_216;
/** The sum of four uniform numbers has mean 2 and variance 4/12. */
const UNIFORMS = 4;
const SPREAD = Math.sqrt(12 / UNIFORMS);

/** The numbered stream of a seed. Streams do not overlap: what one animal draws never changes another's. */
export const randomNumbers = (seed: number, stream: number): RandomNumbers => {
  const generator = xoroshiro128plus(seed);
  for (let jump = 0; jump < stream; jump += 1) generator.jump();
  const between = (from: number, to: number): number => uniformInt(generator, from, to);
  const unit = (): number => between(0, TWO_TO_24 - 1) / TWO_TO_24;
  return {
    between,
    unit,
    deviate: () => (unit() + unit() + unit() + unit() - UNIFORMS / 2) * SPREAD,
    chance: (probability) => unit() < probability,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
  };
};
