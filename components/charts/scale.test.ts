import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linearScale, logScale, logTicks } from "./scale";

const plot = { top: 0, bottom: 100, maxTicks: 5 };

describe("a log axis", () => {
  test("draws a zero at the floor, below every value above it", () => {
    const scale = logScale({ ...plot, values: [0, 0.5, 4] });
    expect(scale.place(0)).toBe(100);
    expect(scale.place(-1)).toBe(100);
    expect(scale.place(0.5)).toBeLessThan(100);
  });

  test("holds nothing, one value, and only zeros", () => {
    for (const values of [[], [3], [0], [0, 0]]) {
      const scale = logScale({ ...plot, values });
      expect(scale.ticks.length).toBeGreaterThan(0);
      for (const value of values) expect(Number.isFinite(scale.place(value))).toBe(true);
    }
  });

  test("draws at the floor what is too small to have digits", () => {
    for (const values of [[Number.MIN_VALUE], [Number.MIN_VALUE, 1e-310], [0, 2e-308, 4], [1e-300, 1e-299]]) {
      const scale = logScale({ ...plot, values });
      expect(scale.domain[0]).toBeGreaterThan(0);
      for (const value of values) expect(scale.place(value)).toBeLessThanOrEqual(100);
      expect(scale.place(Number.MIN_VALUE)).toBe(100);
    }
  });

  test("does not magnify noise: values within a few per cent stay within a fifth of the height", () => {
    const scale = logScale({ ...plot, values: [900, 940] });
    expect(Math.abs(scale.place(900) - scale.place(940))).toBeLessThan(20);
  });

  test("keeps every value inside, in order, with ticks that fit", () => {
    const values = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, (measured) => {
        const scale = logScale({ ...plot, values: measured });
        const places = [...measured].sort((one, other) => one - other).map(scale.place);
        for (const place of places) expect(place).toBeGreaterThanOrEqual(0);
        places.forEach((place, index) => expect(place).toBeLessThanOrEqual((places[index - 1] ?? 100) + 1e-9));
        expect(scale.ticks.length).toBeLessThanOrEqual(plot.maxTicks);
        for (const tick of scale.ticks) {
          expect(tick).toBeGreaterThanOrEqual(scale.domain[0]);
          expect(tick).toBeLessThanOrEqual(scale.domain[1]);
        }
      }),
    );
  });

  test.each([
    [0.2, 6, 8, [0.2, 0.5, 1, 2, 5]],
    [20, 1200, 4, [30, 100, 300, 1000]],
    [0.001, 90_000, 5, [0.001, 0.1, 10, 1000]],
    [2.1, 4.7, 3, [3]],
  ])("between %d and %d with at most %d ticks stand %j", (low, high, most, ticks) => {
    expect(logTicks(low, high, most)).toEqual(ticks);
  });
});

describe("an even axis", () => {
  test("chooses round values, no more than fit", () => {
    expect(linearScale({ ...plot, values: [94, 104], maxTicks: 4 }).ticks).toEqual([95, 100]);
    expect(linearScale({ ...plot, values: [36.8, 38.5], maxTicks: 3 }).ticks).toEqual([37, 38]);
  });

  test("puts a single value in the middle, and stands without any", () => {
    expect(linearScale({ ...plot, values: [37] }).place(37)).toBe(50);
    expect(linearScale({ ...plot, values: [] }).domain[0]).toBeLessThan(0);
  });

  test("leaves room beyond the outermost values, and ignores what is not a number", () => {
    const scale = linearScale({ ...plot, values: [90, 110, Number.NaN, Infinity] });
    expect(scale.place(110)).toBeGreaterThan(3);
    expect(scale.place(90)).toBeLessThan(97);
  });
});
