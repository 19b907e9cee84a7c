import { MASS, TEMPERATURE } from "../units/unit-sets";
import type { Species } from "../plausibility/species";
import type { AnalyteDefinition, Range } from "./analyte-definition";

/** Body weight in g from a runt's birth to far beyond the heaviest animal on record. */
const POSSIBLE_GRAMS: Readonly<Record<Species, Range>> = {
  mouse: ["0.5", "200"],
  rat: ["2", "2000"],
  hamster: ["0.5", "600"],
  "guinea pig": ["20", "4000"],
  rabbit: ["10", "25000"],
  dog: ["50", "150000"],
  monkey: ["100", "50000"],
  minipig: ["100", "300000"],
  other: ["0.1", "2000000"],
};

/** Weight, and the temperature of an observation. */
export const VITAL_SIGNS = [
  {
    field: "grams",
    kind: "weight",
    label: "Body weight",
    send: { testCode: "BW", test: "Body Weight" },
    units: MASS,
    decimals: 1,
    rules: "dose",
    possible: POSSIBLE_GRAMS,
    expected: {
      mouse: ["5", "70"],
      rat: ["20", "1000"],
      hamster: ["10", "250"],
      "guinea pig": ["60", "1800"],
      rabbit: ["200", "8000"],
      dog: ["1000", "60000"],
      monkey: ["800", "15000"],
      minipig: ["2000", "90000"],
    },
    // A fifth in a week is a humane endpoint or a slip, and either deserves a second look; a weanling's growth stays below
    // half in a month only roughly, so beyond that nothing is asked.
    changeLimits: [
      { withinDays: 1, more: { percent: "15" } },
      { withinDays: 7, more: { percent: "20" } },
      { withinDays: 28, more: { percent: "50" } },
    ],
  },
  {
    field: "temperature",
    kind: "observation",
    label: "Temperature",
    send: { testCode: "TEMP", test: "Temperature" },
    units: TEMPERATURE,
    decimals: 1,
    rules: "dose",
    possible: ["15", "45"],
    expected: {
      mouse: ["30", "41"],
      rat: ["32", "41.5"],
      hamster: ["32", "41.5"],
      "guinea pig": ["34", "42"],
      rabbit: ["34", "42"],
      dog: ["34", "42"],
      monkey: ["33", "41.5"],
      minipig: ["34", "42"],
    },
    changeLimits: [{ withinDays: 3, more: { amount: "3" } }],
  },
] as const satisfies readonly AnalyteDefinition[];
