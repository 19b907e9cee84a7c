import type { Decimal } from "../decimal";
import type { Measured } from "../record/log-entry";
import { isAtMost } from "../grading/compare";
import { percentChange } from "./percent-change";

/** Loss at which an animal is looked at again, and loss at which it is not kept: before any dose rule. */
export type WeightAlarm = "warning" | "humane-endpoint";

/** A body weight against an earlier one of the same animal, in g. */
export type WeightChange = {
  /** (weight − reference) ÷ reference × 100. */
  readonly percent: Decimal;
  /** `<` or `>` of the weight: the change is below, or above, the percentage. */
  readonly qualifier: Measured["qualifier"];
  /** What it is a percentage of. */
  readonly reference: Decimal;
  readonly alarm: WeightAlarm | null;
};

const WARNING_PART = "0.85";
const HUMANE_ENDPOINT_PART = "0.8";

/** Where a loss means something: grades begin at 5, 10 and 20 %, the warning at 15 %. */
const LIMITS = [-5, -10, -15, -20] as const;

const FEWEST_PLACES = 1;
const MOST_PLACES = 6;

const alarmOf = (weight: Measured, reference: Decimal): WeightAlarm | null => {
  if (isAtMost(weight, reference.times(HUMANE_ENDPOINT_PART))) return "humane-endpoint";
  return isAtMost(weight, reference.times(WARNING_PART)) ? "warning" : null;
};

/**
 * The one formula for weight change, on every screen and in every file: of the reference, never of the weight itself.
 * Null where the reference is 0. Limits are compared on grams, so that nothing rounded ever decides.
 */
export const weightChange = (weight: Measured, reference: Decimal): WeightChange | null => {
  const percent = percentChange(weight.value, reference);
  if (percent === null) return null;
  return {
    percent,
    qualifier: weight.qualifier,
    reference,
    alarm: alarmOf(weight, reference),
  };
};

/**
 * "−8.6", "+0.4", "0.0": per cent with a sign, to one decimal. A loss just short of a limit gets as many decimals as it
 * takes not to be shown as that limit.
 */
export const weightChangeText = ({ percent, qualifier }: Pick<WeightChange, "percent" | "qualifier">): string => {
  let places = FEWEST_PLACES;
  const crosses = (): boolean =>
    LIMITS.some((limit) => percent.gt(limit) && percent.toDecimalPlaces(places).lte(limit));
  while (places < MOST_PLACES && crosses()) places += 1;
  const shown = percent.toDecimalPlaces(places);
  const sign = shown.isZero() ? "" : shown.isNegative() ? "−" : "+";
  return `${qualifier ?? ""}${sign}${shown.abs().toFixed(places)}`;
};

const GRAMS_PER_KG = 1000;
const SHOWN_IN_KG_FROM = 2000;

export type ShownWeight = { readonly value: string; readonly unit: "g" | "kg" };

/** Grams, or kilograms where an animal weighs kilograms: `like` is a weight of it that decides for all of them. */
export const shownWeight = (grams: Decimal, like: Decimal = grams): ShownWeight =>
  like.gte(SHOWN_IN_KG_FROM)
    ? { value: grams.div(GRAMS_PER_KG).toFixed(), unit: "kg" }
    : { value: grams.toFixed(), unit: "g" };
