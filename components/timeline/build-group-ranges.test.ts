import { expect, test } from "vitest";
import { buildGroupRanges } from "./build-group-ranges";
import type { PanelKey, ValuePanel } from "./timeline-data";

const panel = (
  key: PanelKey,
  values: readonly (readonly [at: number, value: number])[],
  baseline: number | null = 1,
): ValuePanel => ({
  key,
  name: key,
  unit: "",
  scale: "log",
  points: values.map(([at, value]) => ({
    at,
    value,
    qualifier: null,
    text: "",
    detail: null,
    grade: null,
    known: null,
    formerly: [],
  })),
  bands: [],
  references: [],
  baseline: baseline === null ? null : { value: baseline, text: "" },
  groupRange: [],
  missingAt: [],
});

test("the range of a study day needs three animals, and an animal sampled twice is one", () => {
  const group = [
    [
      panel("platelets", [
        [7.2, 400],
        [14.1, 300],
      ]),
    ],
    [
      panel("platelets", [
        [7.9, 250],
        [14.2, 500],
      ]),
    ],
    [
      panel("platelets", [
        [7.4, 800],
        [7.6, 820],
      ]),
    ],
  ];
  expect(buildGroupRanges(group)).toEqual({ platelets: [{ at: 7.5, low: 250, high: 820 }] });
});

test("weights without a baseline are grams, and grams of different animals are not a range", () => {
  const group = [1, 2, 3].map((animal) => [panel("weight", [[1, 20 + animal]], null)]);
  expect(buildGroupRanges(group)).toEqual({});
});
