import type { MeasuredField } from "../record/measured-fields";
import type { Species } from "./species";

/** Lowest and highest, both still inside, in the field's canonical unit (bilirubin in mg/dL). */
export type Range = readonly [low: string, high: string];

/**
 * Outside these a value is refused. They are set where no living animal of any age, strain or illness can be, so that a
 * true value is never refused: leukaemia, transaminases of a dying liver, deep hypothermia and a newborn are inside.
 */
export const POSSIBLE: Readonly<Record<Exclude<MeasuredField, "grams">, Range>> = {
  neutrophils: ["0", "500"],
  platelets: ["0", "20000"],
  wbc: ["0", "2000"],
  lymphocytes: ["0", "2000"],
  hemoglobin: ["0", "40"],
  alt: ["0", "200000"],
  ast: ["0", "200000"],
  alp: ["0", "200000"],
  ggt: ["0", "200000"],
  bilirubin: ["0", "200"],
  temperature: ["15", "45"],
};

/** Body weight in g from a runt's birth to far beyond the heaviest animal on record. */
export const POSSIBLE_GRAMS: Readonly<Record<Species, Range>> = {
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

/**
 * Outside these a second reading is asked for: limits that a treated, sick or young animal of a study may well touch,
 * but a slip of the decimal point, the unit or the cage usually crosses. They are wide on purpose, since a question that
 * is mostly wrong is soon answered without looking. They are no reference ranges and grade nothing.
 *
 * Set by this project from published values of untreated animals (for mouse, rat, rabbit and macaque those of public
 * nonclinical study data sets; else general veterinary knowledge), widened several times over.
 */
export const EXPECTED: Readonly<Record<Exclude<Species, "other">, Readonly<Record<MeasuredField, Range>>>> = {
  mouse: {
    grams: ["5", "70"],
    neutrophils: ["0", "20"],
    platelets: ["10", "4000"],
    wbc: ["0.1", "50"],
    lymphocytes: ["0", "40"],
    hemoglobin: ["4", "22"],
    alt: ["3", "3000"],
    ast: ["10", "5000"],
    alp: ["5", "1500"],
    ggt: ["0", "100"],
    bilirubin: ["0", "10"],
    temperature: ["30", "41"],
  },
  rat: {
    grams: ["20", "1000"],
    neutrophils: ["0", "20"],
    platelets: ["10", "3500"],
    wbc: ["0.2", "60"],
    lymphocytes: ["0", "50"],
    hemoglobin: ["4", "22"],
    alt: ["3", "3000"],
    ast: ["10", "5000"],
    alp: ["5", "2000"],
    ggt: ["0", "100"],
    bilirubin: ["0", "10"],
    temperature: ["32", "41.5"],
  },
  hamster: {
    grams: ["10", "250"],
    neutrophils: ["0", "20"],
    platelets: ["10", "2500"],
    wbc: ["0.2", "50"],
    lymphocytes: ["0", "40"],
    hemoglobin: ["4", "24"],
    alt: ["3", "3000"],
    ast: ["5", "5000"],
    alp: ["5", "2000"],
    ggt: ["0", "200"],
    bilirubin: ["0", "15"],
    temperature: ["32", "41.5"],
  },
  "guinea pig": {
    grams: ["60", "1800"],
    neutrophils: ["0", "25"],
    platelets: ["10", "2000"],
    wbc: ["0.3", "60"],
    lymphocytes: ["0", "45"],
    hemoglobin: ["4", "22"],
    alt: ["3", "2000"],
    ast: ["5", "4000"],
    alp: ["5", "2000"],
    ggt: ["0", "300"],
    bilirubin: ["0", "15"],
    temperature: ["34", "42"],
  },
  rabbit: {
    grams: ["200", "8000"],
    neutrophils: ["0", "30"],
    platelets: ["10", "1500"],
    wbc: ["0.5", "60"],
    lymphocytes: ["0", "40"],
    hemoglobin: ["4", "20"],
    alt: ["3", "3000"],
    ast: ["2", "4000"],
    alp: ["3", "1500"],
    ggt: ["0", "300"],
    bilirubin: ["0", "15"],
    temperature: ["34", "42"],
  },
  dog: {
    grams: ["1000", "60000"],
    neutrophils: ["0", "60"],
    platelets: ["5", "1500"],
    wbc: ["0.3", "100"],
    lymphocytes: ["0", "40"],
    hemoglobin: ["4", "24"],
    alt: ["3", "5000"],
    ast: ["3", "5000"],
    alp: ["3", "5000"],
    ggt: ["0", "500"],
    bilirubin: ["0", "30"],
    temperature: ["34", "42"],
  },
  monkey: {
    grams: ["800", "15000"],
    neutrophils: ["0", "50"],
    platelets: ["5", "1500"],
    wbc: ["0.5", "80"],
    lymphocytes: ["0", "50"],
    hemoglobin: ["4", "20"],
    alt: ["3", "5000"],
    ast: ["3", "5000"],
    alp: ["10", "4000"],
    ggt: ["2", "1500"],
    bilirubin: ["0", "30"],
    temperature: ["33", "41.5"],
  },
  minipig: {
    grams: ["2000", "90000"],
    neutrophils: ["0", "50"],
    platelets: ["10", "2000"],
    wbc: ["0.5", "80"],
    lymphocytes: ["0", "50"],
    hemoglobin: ["4", "22"],
    alt: ["3", "4000"],
    ast: ["3", "4000"],
    alp: ["5", "3000"],
    ggt: ["2", "1500"],
    bilirubin: ["0", "20"],
    temperature: ["34", "42"],
  },
};

/** A change since the last value that is asked about: more than so much, within so many days. First match counts. */
export type ChangeLimit = {
  readonly withinDays: number;
  readonly more: { readonly percent: string } | { readonly amount: string };
};

/**
 * Body weight: a fifth in a week is a humane endpoint or a slip, and either deserves a second look; a weanling's growth
 * stays below half in a month only roughly, so beyond that nothing is asked. Temperature: three degrees in three days.
 * Blood values have no such limit, since a fall of half is what these studies look for.
 */
export const CHANGE_LIMITS: Readonly<Partial<Record<MeasuredField, readonly ChangeLimit[]>>> = {
  grams: [
    { withinDays: 1, more: { percent: "15" } },
    { withinDays: 7, more: { percent: "20" } },
    { withinDays: 28, more: { percent: "50" } },
  ],
  temperature: [{ withinDays: 3, more: { amount: "3" } }],
};

/** From here a change looks like a slip of the decimal point. Less than ten, since 2.14 after 21.3 is not quite ten. */
export const SLIP_FACTOR = "8";

/**
 * Where both values lie below this, a large ratio says nothing: 0.0 after 0.07 mg/dL is the analyser's last digit, not a
 * slip. In the canonical unit; bilirubin in mg/dL.
 */
export const SLIP_FLOOR: Readonly<Partial<Record<MeasuredField, string>>> = {
  neutrophils: "0.3",
  bilirubin: "0.5",
  ggt: "10",
};
