import { Decimal } from "../decimal";
import type { CountCutOffs, Protocol } from "./protocol";

/** Other readings of the same counts, ready to be laid over a version: what would they have decided? */
export const CUT_OFF_READINGS = ["us-label", "ctcae-v6"] as const;
export type CutOffReadingKey = (typeof CUT_OFF_READINGS)[number];

type CutOffReading = {
  readonly title: string;
  /** Where the numbers come from. */
  readonly source: string;
  readonly neutrophils: CountCutOffs;
  readonly platelets: CountCutOffs;
  /** What of that reading these rules cannot say. */
  readonly limits: readonly string[];
};

const absolute = (grade2: string, grade3: string, grade4: string, recoverAt: string): CountCutOffs => ({
  basis: "absolute",
  grade2Below: new Decimal(grade2),
  grade3Below: new Decimal(grade3),
  grade4Below: new Decimal(grade4),
  recoverAt: new Decimal(recoverAt),
});

/**
 * The cited US label withholds below 0.5 (neutrophils) and below 25 (platelets), and lets neutrophils recover at 0.5; the
 * source withholds from grade 3 of CTCAE v5.0 on. CTCAE v6.0 moves the grades themselves: 0.7 is grade 3 in v5.0 and grade 2
 * in v6.0.
 */
const READINGS: Readonly<Record<CutOffReadingKey, CutOffReading>> = {
  "us-label": {
    title: "The US label’s cut-offs",
    source: "US label of pomalidomide, dose modification for hematologic toxicity",
    neutrophils: absolute("1.5", "0.5", "0.5", "0.5"),
    platelets: absolute("75", "25", "25", "50"),
    limits: [
      "The label withholds for fever with neutrophils below 1.0 × 10⁹/L. Here febrile neutropenia looks at the cut-off of grade 3, which is 0.5 in this reading: fever with a count from 0.5 to below 1.0 does not withhold.",
      "Grade 3 and grade 4 begin at one number: every such toxicity counts as grade 4.",
    ],
  },
  "ctcae-v6": {
    title: "CTCAE v6.0’s counts",
    source: "CTCAE v6.0, neutrophil count decreased and thrombocytopenia",
    neutrophils: absolute("1.0", "0.5", "0.1", "1.0"),
    platelets: absolute("75", "50", "10", "50"),
    limits: [
      "Only the grades of neutrophils and platelets are those of v6.0; liver values, weight and findings are graded by v5.0 in both.",
      "Febrile neutropenia looks at the cut-off of grade 3, which is 0.5 × 10⁹/L in this reading.",
      "Recovery stays at the source’s 1.0 and 50 × 10⁹/L.",
    ],
  },
};

export const cutOffReading = (key: CutOffReadingKey): CutOffReading => READINGS[key];

/** A version with the counts of another reading; all its other settings stay. */
export const withReading = (protocol: Protocol, key: CutOffReadingKey): Protocol => {
  const { neutrophils, platelets } = READINGS[key];
  return { ...protocol, neutrophils, platelets };
};
