export const DEMONSTRATION_TIME_ZONE = "Europe/London";

export type DemonstrationGroup = {
  readonly code: string;
  readonly label: string;
  readonly control: boolean;
  /** mg/kg, from high to low: 100, 75, 50 and 25 % of the starting dose. */
  readonly doseLevels: readonly number[];
  readonly startingDose: number;
  readonly animalsPerSex: number;
};

export const DEMONSTRATION_GROUPS: readonly DemonstrationGroup[] = [
  { code: "G1", label: "Vehicle control", control: true, doseLevels: [], startingDose: 0, animalsPerSex: 4 },
  { code: "G2", label: "5 mg/kg", control: false, doseLevels: [5, 3.75, 2.5, 1.25], startingDose: 5, animalsPerSex: 5 },
  { code: "G3", label: "10 mg/kg", control: false, doseLevels: [10, 7.5, 5, 2.5], startingDose: 10, animalsPerSex: 5 },
  { code: "G4", label: "20 mg/kg", control: false, doseLevels: [20, 15, 10, 5], startingDose: 20, animalsPerSex: 5 },
  {
    code: "G5",
    label: "30 mg/kg",
    control: false,
    doseLevels: [30, 22.5, 15, 7.5],
    startingDose: 30,
    animalsPerSex: 5,
  },
];

export const DEMONSTRATION_STUDY = {
  code: "POM-001",
  species: "mouse",
  timeZone: DEMONSTRATION_TIME_ZONE,
  title: "Pomalidomide, oral dose reduction in humanised-cereblon mice (demonstration)",
  strain: "C57BL/6-Crbn I391V",
} as const;

const EXAMPLE = "Example made up for this demonstration, not a laboratory's interval";

/**
 * The source's own absolute cut-offs, which are human ones: the demonstration shows what they do in mice. Decrement and
 * tolerance are the study's settings, the rest is what the source or its label says. Ranges are examples and say so.
 */
export const DEMONSTRATION_PROTOCOL = {
  version: 1,
  effectiveFrom: null,
  doseUnit: "mg/kg",
  doseLevels: [30, 22.5, 20, 15, 10, 7.5, 5, 3.75, 2.5, 1.25],
  restartDecrement: 2.5,
  feverCelsius: 38.5,
  febrileWindowHours: 24,
  neutrophils: { basis: "absolute", grade2Below: 1.5, grade3Below: 1, grade4Below: 0.5, recoverAt: 1 },
  platelets: { basis: "absolute", grade2Below: 75, grade3Below: 50, grade4Below: 25, recoverAt: 50 },
  otherRecoverGrade: 2,
  resumePolicy: "automatic",
  doseTolerancePercent: 5,
  discontinueFindings: [
    { term: "RASH", grade: 4 },
    { term: "STEVENS_JOHNSON_SYNDROME", grade: 1 },
    { term: "TOXIC_EPIDERMAL_NECROLYSIS", grade: 1 },
    { term: "ANGIOEDEMA", grade: 1 },
    { term: "ANAPHYLAXIS", grade: 1 },
  ],
  referenceRanges: {
    neutrophils: { lower: 1.6, upper: 4.5, unit: "10⁹/L", source: EXAMPLE },
    platelets: { lower: 700, upper: 1500, unit: "10⁹/L", source: EXAMPLE },
    alt: { lower: 17, upper: 80, unit: "U/L", source: EXAMPLE },
    ast: { lower: 45, upper: 180, unit: "U/L", source: EXAMPLE },
    bilirubin: { lower: 0.1, upper: 0.5, unit: "mg/dL", source: EXAMPLE },
  },
  groups: DEMONSTRATION_GROUPS.map(({ code, label, control, doseLevels, startingDose }) => ({
    code,
    label,
    control,
    doseLevels,
    startingDose,
  })),
} as const;
