import type { Decimal } from "../decimal";
import type { Measured } from "../record/log-entry";

/**
 * (value − reference) ÷ reference × 100, of the reference and never of the value itself. Null where the reference is 0:
 * nothing is a percentage of nothing.
 */
export const percentChange = (value: Decimal, reference: Decimal): Decimal | null =>
  reference.isZero() ? null : value.minus(reference).times(100).dividedBy(reference);

/** "−8.6 %", "+0.4 %", "0.0 %": to one decimal, with the qualifier of the value. */
export const percentChangeText = ({ value, qualifier }: Measured, reference: Decimal): string | null => {
  const percent = percentChange(value, reference)?.toDecimalPlaces(1) ?? null;
  if (percent === null) return null;
  const sign = percent.isZero() ? "" : percent.isNegative() ? "−" : "+";
  return `${qualifier ?? ""}${sign}${percent.abs().toFixed(1)} %`;
};
