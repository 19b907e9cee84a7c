import { Decimal } from "../decimal";
import { type Analyte, analyteRow } from "./analytes";

/** Absolute counts in 10⁹/L that a percent gives, and the total it is a percent of. */
const DERIVED = [
  { count: "neutrophils", percent: "neutrophilsPercent", total: "wbc", factor: "0.01" },
  { count: "lymphocytes", percent: "lymphocytesPercent", total: "wbc", factor: "0.01" },
  { count: "monocytes", percent: "monocytesPercent", total: "wbc", factor: "0.01" },
  { count: "eosinophils", percent: "eosinophilsPercent", total: "wbc", factor: "0.01" },
  { count: "basophils", percent: "basophilsPercent", total: "wbc", factor: "0.01" },
  // Red cells are counted in 10¹²/L.
  { count: "reticulocytes", percent: "reticulocytesPercent", total: "rbc", factor: "10" },
] as const satisfies readonly { count: Analyte; percent: Analyte; total: Analyte; factor: string }[];

export type DerivedCount = {
  readonly count: Analyte;
  /** What it was computed of. */
  readonly percent: Analyte;
  readonly total: Analyte;
  /** Exact, in the canonical unit of the count. */
  readonly value: Decimal;
};

type Values = Readonly<Partial<Record<Analyte, string>>>;
type Qualifiers = Readonly<Partial<Record<Analyte, unknown>>>;

/**
 * The absolute counts of a sample that gives percents: total × percent ÷ 100, exactly. Only those that were not
 * measured, and only of exact values: of "below 0.5 %" no count follows. They are for people. No rule reads them, and
 * they are never stored as measured.
 */
export const derivedAbsoluteCounts = (values: Values, qualifiers: Qualifiers = {}): readonly DerivedCount[] =>
  DERIVED.flatMap(({ count, percent, total, factor }): readonly DerivedCount[] => {
    const [part, whole] = [values[percent], values[total]];
    const isExact = qualifiers[percent] === undefined && qualifiers[total] === undefined;
    if (values[count] !== undefined || part === undefined || whole === undefined || !isExact) return [];
    return [{ count, percent, total, value: new Decimal(whole).times(part).times(factor) }];
  });

/** A derived count with the decimals of a measured one: 2.4975 is shown as 2.50. */
export const derivedCountText = ({ count, value }: Pick<DerivedCount, "count" | "value">): string =>
  value.toFixed(analyteRow(count).decimals, Decimal.ROUND_HALF_UP);
