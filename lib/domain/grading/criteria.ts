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

/**
 * Laboratory terms: graded only where the protocol in force names them (dose-rules, section 3). The falling ones never
 * hold: the source's tables speak of neutrophils and platelets alone.
 */
export const FALLING_LABORATORY_CRITERIA = [
  {
    term: "ANEMIA",
    measurement: "hemoglobin",
    ctcaeTerm: "Anemia",
    cutOffs: { grade2Below: "10", grade3Below: "8", grade4Below: null },
  },
  {
    term: "WHITE_BLOOD_CELL_DECREASED",
    measurement: "wbc",
    ctcaeTerm: "White blood cell decreased",
    cutOffs: { grade2Below: "3", grade3Below: "2", grade4Below: "1" },
  },
  {
    term: "LYMPHOCYTE_COUNT_DECREASED",
    measurement: "lymphocytes",
    ctcaeTerm: "Lymphocyte count decreased",
    cutOffs: { grade2Below: "0.8", grade3Below: "0.5", grade4Below: "0.2" },
  },
] as const;

export const ENZYME_LABORATORY_CRITERIA = [
  {
    term: "ALP_INCREASED",
    measurement: "alp",
    ctcaeTerm: "Alkaline phosphatase increased",
    timesUpperLimit: { above: ["1", "2.5", "5", "20"] },
    timesHighBaseline: { from: "2", above: ["2.5", "5", "20"] },
  },
  {
    term: "GGT_INCREASED",
    measurement: "ggt",
    ctcaeTerm: "GGT increased",
    timesUpperLimit: { above: ["1", "2.5", "5", "20"] },
    timesHighBaseline: { from: "2", above: ["2.5", "5", "20"] },
  },
] as const;

/** The higher of two readings: by the upper limit, and by whatever baseline there is, which has grades 2 and 3 alone. */
export const CREATININE_CRITERIA = {
  term: "CREATININE_INCREASED",
  measurement: "creatinine",
  ctcaeTerm: "Creatinine increased",
  timesUpperLimit: { above: ["1", "1.5", "3", "6"] },
  timesBaseline: { above: ["1.5", "3"] },
} as const;

const RISING_LABORATORY_CRITERIA = [...ENZYME_LABORATORY_CRITERIA, CREATININE_CRITERIA] as const;

/** In the order of the table. */
const LABORATORY_CRITERIA = [...FALLING_LABORATORY_CRITERIA, ...RISING_LABORATORY_CRITERIA] as const;

/** Grades 1 to 3 begin when the weight is at most this part of the baseline: a loss of 5, 10 and 20 per cent. */
export const WEIGHT_CRITERIA = {
  term: "WEIGHT_LOSS",
  measurement: "weight",
  ctcaeTerm: "Weight loss",
  atMostPartOfBaseline: ["0.95", "0.9", "0.8"],
} as const;

export type CountMeasurement = (typeof COUNT_CRITERIA)[number]["measurement"];
export type LiverMeasurement = (typeof LIVER_CRITERIA)[number]["measurement"];
/** Graded by multiples of the upper limit, or of a baseline that was above it. */
export type EnzymeMeasurement = LiverMeasurement | (typeof ENZYME_LABORATORY_CRITERIA)[number]["measurement"];
export type RisingMeasurement = EnzymeMeasurement | "creatinine";
export type BaselineMeasurement = CountMeasurement | RisingMeasurement | "weight";

export type LaboratoryTerm = (typeof LABORATORY_CRITERIA)[number]["term"];
export type LaboratoryMeasurement = (typeof LABORATORY_CRITERIA)[number]["measurement"];

export const LABORATORY_TERMS: readonly LaboratoryTerm[] = LABORATORY_CRITERIA.map(({ term }) => term);
export const HOLDING_LABORATORY_TERMS: ReadonlySet<string> = new Set(
  RISING_LABORATORY_CRITERIA.map(({ term }) => term),
);

const LABORATORY: ReadonlySet<string> = new Set(LABORATORY_TERMS);
export const isLaboratoryTerm = (term: string): term is LaboratoryTerm => LABORATORY.has(term);

/** Liver enzymes, bilirubin and the rising laboratory terms, in the order of the tables. */
export const RISING_CRITERIA = [...LIVER_CRITERIA, ...RISING_LABORATORY_CRITERIA] as const;

/** Everything that is graded by a limit of normal, in the order of the format. */
const RANGED_CRITERIA = [...COUNT_CRITERIA, ...RISING_CRITERIA, ...FALLING_LABORATORY_CRITERIA] as const;

export type RangedMeasurement = (typeof RANGED_CRITERIA)[number]["measurement"];

export const RANGED_MEASUREMENTS: readonly RangedMeasurement[] = RANGED_CRITERIA.map(({ measurement }) => measurement);

/** The limit by which a measurement is graded: a rising value by the upper one, a falling one by the lower one. */
export const gradingLimit = (measurement: RangedMeasurement): "lower" | "upper" =>
  RISING_CRITERIA.some((row) => row.measurement === measurement) ? "upper" : "lower";

/** The laboratory term of a measurement; null where it is graded in every study. */
export const laboratoryTermOf = (measurement: RangedMeasurement): LaboratoryTerm | null =>
  LABORATORY_CRITERIA.find((row) => row.measurement === measurement)?.term ?? null;

/** The term of each graded analyte, by the key of its value in an entry. */
export const TERM_OF_ANALYTE: ReadonlyMap<string, string> = new Map<string, string>([
  ...RANGED_CRITERIA.map(({ term, measurement }) => [measurement, term] as const),
  ["grams", WEIGHT_CRITERIA.term],
]);

/** Terms that the engine grades or finds by itself; a recorded finding may not take their names. */
export const ENGINE_TERMS: ReadonlySet<string> = new Set([...TERM_OF_ANALYTE.values(), "FEBRILE_NEUTROPENIA"]);
