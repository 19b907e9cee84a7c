/**
 * CTCAE v5.0, the terms that drive a dose, as rows (dose-rules, section 3). For falling counts the lower end of a range
 * belongs to the milder grade, for rising values the upper end does.
 */
export const CTCAE_VERSION = "5.0";

export const COUNT_CRITERIA = [
  { term: "NEUTROPENIA", measurement: "neutrophils", ctcaeTerm: "Neutrophil count decreased" },
  { term: "THROMBOCYTOPENIA", measurement: "platelets", ctcaeTerm: "Platelet count decreased" },
] as const;

/**
 * Multiples above which grades 1 to 4 begin: of the upper limit of normal, or of the animal's baseline where that was
 * above it. `from` begins at its multiple, `above` beyond it.
 */
export const LIVER_CRITERIA = [
  {
    term: "ALT_INCREASED",
    measurement: "alt",
    ctcaeTerm: "Alanine aminotransferase increased",
    timesUpperLimit: { above: ["1", "3", "5", "20"] },
    timesHighBaseline: { from: "1.5", above: ["3", "5", "20"] },
  },
  {
    term: "AST_INCREASED",
    measurement: "ast",
    ctcaeTerm: "Aspartate aminotransferase increased",
    timesUpperLimit: { above: ["1", "3", "5", "20"] },
    timesHighBaseline: { from: "1.5", above: ["3", "5", "20"] },
  },
  {
    term: "BILIRUBIN_INCREASED",
    measurement: "bilirubin",
    ctcaeTerm: "Blood bilirubin increased",
    timesUpperLimit: { above: ["1", "1.5", "3", "10"] },
    timesHighBaseline: { from: null, above: ["1", "1.5", "3", "10"] },
  },
] as const;

/** Grades 1 to 3 begin when the weight is at most this part of the baseline: a loss of 5, 10 and 20 per cent. */
export const WEIGHT_CRITERIA = {
  term: "WEIGHT_LOSS",
  measurement: "weight",
  ctcaeTerm: "Weight loss",
  atMostPartOfBaseline: ["0.95", "0.9", "0.8"],
} as const;

export type CountMeasurement = (typeof COUNT_CRITERIA)[number]["measurement"];
export type LiverMeasurement = (typeof LIVER_CRITERIA)[number]["measurement"];
export type BaselineMeasurement = CountMeasurement | LiverMeasurement | "weight";

/** Terms that the engine grades or finds by itself; a recorded finding may not take their names. */
export const ENGINE_TERMS: ReadonlySet<string> = new Set([
  ...COUNT_CRITERIA.map((row) => row.term),
  ...LIVER_CRITERIA.map((row) => row.term),
  WEIGHT_CRITERIA.term,
  "FEBRILE_NEUTROPENIA",
]);
