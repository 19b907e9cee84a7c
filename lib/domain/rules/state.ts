import { ZERO, type Decimal } from "../decimal";
import type { Measured } from "../record/log-entry";
import { NO_BASELINES, type Baseline, type BaselineValues } from "../grading/baseline";
import type { GradedTerm, Status } from "./history";

/** A hold: the dose before it, every toxicity that opened in it at its worst grade, and whether only an order can end it. */
export type Hold = {
  readonly doseBefore: Decimal;
  readonly byOrder: boolean;
  readonly opened: readonly GradedTerm[];
};

/** A toxicity that has not recovered, its worst grade, and the entry that opened it. */
export type OpenToxicity = GradedTerm & { readonly entry: string };

/** The latest value of a measurement, when it was taken and in which entry. */
export type LatestValue = { readonly measured: Measured; readonly observedMs: number; readonly entry: string };

/** What the baseline assessment needs before a first dose, as bits. */
export const SEEN = {
  weight: 1,
  neutrophils: 2,
  platelets: 4,
  alt: 8,
  ast: 16,
  bilirubin: 32,
  observation: 64,
  // Of no laboratory term is a value needed.
  alp: 0,
  ggt: 0,
  creatinine: 0,
} as const;
export const SEEN_ALL = 127;

/** All that one more entry can depend on. It never changes: a step makes the next one. */
export type AnimalState = {
  readonly status: Status;
  /** The dose in force: 0 unless ON_DOSE. */
  readonly dose: Decimal;
  readonly hold: Hold | null;
  readonly open: readonly OpenToxicity[];
  /** The original id of the record of the first dose. */
  readonly firstDose: string | null;
  readonly firstDoseMs: number | null;
  /** Before the first dose: the last unqualified values so far. */
  readonly beforeFirstDose: BaselineValues;
  /** From the first dose on. */
  readonly baseline: Baseline | null;
  readonly latestNeutrophils: LatestValue | null;
  readonly latestTemperature: LatestValue | null;
  /** Terms whose latest grade is 3 or more. */
  readonly toxicTerms: readonly string[];
  readonly seen: number;
};

export const INITIAL_STATE: AnimalState = {
  status: "NOT_STARTED",
  dose: ZERO,
  hold: null,
  open: [],
  firstDose: null,
  firstDoseMs: null,
  beforeFirstDose: NO_BASELINES,
  baseline: null,
  latestNeutrophils: null,
  latestTemperature: null,
  toxicTerms: [],
  seen: 0,
};
