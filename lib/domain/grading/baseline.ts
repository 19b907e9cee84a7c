import type { Decimal } from "../decimal";
import type { BaselineMeasurement, EnzymeMeasurement } from "./criteria";

/** The last value without a qualifier before the first dose, and the entry that it came from. */
export type BaselineValue = { readonly value: Decimal; readonly entry: string };

export type BaselineValues = Readonly<Record<BaselineMeasurement, BaselineValue | null>>;

export const NO_BASELINES: BaselineValues = {
  neutrophils: null,
  platelets: null,
  alt: null,
  ast: null,
  bilirubin: null,
  alp: null,
  ggt: null,
  creatinine: null,
  weight: null,
};

/**
 * Settled at the first dose, by the protocol then in force. A value whose baseline was above the upper limit of normal
 * is from then on graded against that baseline, whether its term was named then or not.
 */
export type Baseline = {
  readonly values: BaselineValues;
  readonly aboveUpperLimit: Readonly<Record<EnzymeMeasurement, boolean>>;
};
