import { describe, expect, test } from "vitest";
import { seedOfArguments } from "./explore.mjs";

describe("seed of an exploring run", () => {
  test("is the one that is named", () => {
    expect(seedOfArguments(["lib", "--seed", "12", "-t", "x"])).toEqual({ seed: 12, rest: ["lib", "-t", "x"] });
  });

  test("is a fresh one when none is named", () => {
    const seeds = new Set([1, 2, 3].map(() => seedOfArguments([]).seed));
    expect(seeds.size).toBeGreaterThan(1);
  });

  test.each([[["--seed"]], [["--seed", "-1"]], [["--seed", "2147483648"]], [["--seed", "1e3"]]])(
    "is refused when it is no seed: %j",
    (args) => {
      expect(() => seedOfArguments(args)).toThrow(/whole number/);
    },
  );
});
