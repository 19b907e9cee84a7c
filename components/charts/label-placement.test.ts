import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  overlaps,
  placeBesidePoints,
  placeInLanes,
  placeInRow,
  spreadLabels,
  type TextRequest,
} from "./label-placement";

const marker = fc.record({
  at: fc.integer({ min: 0, max: 900 }),
  widths: fc.tuple(fc.integer({ min: 60, max: 140 }), fc.integer({ min: 20, max: 59 }), fc.constant(14)),
  weight: fc.integer({ min: 1, max: 8 }),
});

const request = (at: number, widths: readonly number[], weight = 1): TextRequest => ({ at, widths, weight });

describe("words beside vertical lines", () => {
  test("no text is crossed by another marker's line or covered by its text", () => {
    fc.assert(
      fc.property(fc.array(marker, { maxLength: 25 }), (markers) => {
        const places = placeInLanes(markers, 4, 1000);
        markers.forEach((one, index) => {
          const place = places[index];
          if (place === null || place === undefined) return;
          expect(place.lane).toBeLessThan(4);
          const end = one.at + (one.widths[place.choice] ?? 0);
          markers.forEach((other, otherIndex) => {
            const otherPlace = places[otherIndex];
            if (otherPlace === null || otherPlace === undefined || other.at <= one.at || other.at >= end) return;
            // The other line hangs from its own lane, so it passes only what is below it.
            expect(otherPlace.lane).toBeGreaterThan(place.lane);
          });
        });
      }),
    );
  });

  test("alone, each has its full words in the first lane", () => {
    const places = placeInLanes([request(10, [80, 20]), request(200, [80, 20])], 3, 1000);
    expect(places).toEqual([
      { lane: 0, choice: 0 },
      { lane: 0, choice: 0 },
    ]);
  });

  test("where lanes run out the lightest lose their words first, and the heaviest keep theirs", () => {
    const crowd = [
      request(10, [100, 14], 1),
      request(14, [100, 14], 1),
      request(18, [100, 14], 1),
      request(40, [100, 14], 9),
    ];
    const places = placeInLanes(crowd, 3, 1000);
    expect(places[3]?.choice).toBe(0);
    expect(places.filter((place) => place?.choice === 0).length).toBeLessThan(4);
  });

  test("at the right end it takes the words that still fit", () => {
    expect(placeInLanes([request(960, [80, 30, 14])], 2, 1000)).toEqual([{ lane: 0, choice: 1 }]);
  });

  test("nothing to place is no trouble", () => {
    expect(placeInLanes([], 3, 1000)).toEqual([]);
  });
});

describe("words in one row", () => {
  test("the heavier is written, the lighter shortened or left out", () => {
    const places = placeInRow([request(0, [50, 10], 1), request(20, [50, 10], 5), request(24, [50, 10], 1)], {
      left: 0,
      right: 500,
    });
    expect(places).toEqual([{ x: 0, choice: 1 }, { x: 20, choice: 0 }, null]);
  });

  test("at the end it stands left of its place", () => {
    expect(placeInRow([request(480, [60], 1)], { left: 0, right: 500 })).toEqual([{ x: 420, choice: 0 }]);
  });
});

describe("labels in a column", () => {
  const bounds = { top: 0, bottom: 100 };

  test("keep their distance and stay inside", () => {
    const labels = fc.array(
      fc.record({ at: fc.integer({ min: -20, max: 120 }), weight: fc.integer({ min: 1, max: 9 }) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(labels, (requests) => {
        const places = spreadLabels(requests, 11, bounds, 15).filter((place) => place !== null);
        const sorted = [...places].sort((one, other) => one - other);
        sorted.forEach((place, index) => {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(100);
          expect(place - (sorted[index - 1] ?? -Infinity)).toBeGreaterThanOrEqual(11 - 1e-6);
        });
      }),
    );
  });

  test("the lightest is left out where there is no room near its place", () => {
    const labels = [
      { at: 50, weight: 9 },
      { at: 50, weight: 8 },
      { at: 50, weight: 7 },
      { at: 50, weight: 1 },
    ];
    expect(spreadLabels(labels, 11, bounds, 12)).toEqual([50, 39, 61, null]);
  });
});

describe("labels beside points", () => {
  const bounds = { x: 0, y: 0, width: 300, height: 80 };

  test("never cover one another or an obstacle", () => {
    const points = fc.array(fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 80 }) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(points, (places) => {
        const obstacles = places.map(({ x, y }) => ({ x: x - 3, y: y - 3, width: 6, height: 6 }));
        const labels = placeBesidePoints(
          places.map((place) => ({ ...place, width: 28, weight: 1 })),
          12,
          bounds,
          obstacles,
        ).flatMap((place) => (place === null ? [] : [{ ...place, width: 28, height: 12 }]));
        labels.forEach((label, index) => {
          for (const other of [...labels.slice(index + 1), ...obstacles]) expect(overlaps(label, other)).toBe(false);
        });
      }),
    );
  });

  test("one point alone has its value at its right", () => {
    expect(placeBesidePoints([{ x: 100, y: 40, width: 20, weight: 1 }], 12, bounds, [])).toEqual([{ x: 106, y: 34 }]);
  });
});
