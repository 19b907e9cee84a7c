import { Decimal } from "../decimal";
import { ANALYTES, analyteRow, type Analyte } from "../record/analytes";
import { ok, refused, type Result } from "../result";
import { spellingKey, type UnitFactor, type UnitSet } from "./unit-sets";
import { readTypedNumber, type NumberFault } from "./typed-number";

/** Analytes of one quantity share their set, and its spellings. */
const BY_SPELLING: ReadonlyMap<UnitSet, ReadonlyMap<string, UnitFactor>> = new Map(
  ANALYTES.map(({ units }) => [
    units,
    new Map(
      units.flatMap((factor) =>
        [factor.unit, ...factor.spellings].map((spelling) => [spellingKey(spelling), factor] as const),
      ),
    ),
  ]),
);

const factorOf = (units: UnitSet, spelling: string): UnitFactor | null =>
  units.find(({ asWritten }) => asWritten === spelling.trim()) ??
  BY_SPELLING.get(units)?.get(spellingKey(spelling)) ??
  null;

/** The units a value of this field may be typed in, the default canonical one first. */
export const acceptedUnits = (field: Analyte): readonly string[] =>
  analyteRow(field).units.map((factor) => factor.unit);

/** The unit in which this field is stored and judged; bilirubin's is that of the study's reference range, if it names one. */
export const canonicalUnit = (field: Analyte): string => analyteRow(field).units[0].unit;

/** The unit as the screen writes it ("10^3/uL" is 10³/µL); null where it is no unit of this field. */
export const unitAsWritten = (field: Analyte, spelling: string): string | null =>
  factorOf(analyteRow(field).units, spelling)?.unit ?? null;

export type UnitFault = { readonly code: NumberFault["code"] | "UNKNOWN_UNIT"; readonly message: string };

const unknownUnit = (field: Analyte, spelling: string): UnitFault => {
  const { label } = analyteRow(field);
  const accepted = acceptedUnits(field).join(", ");
  return spelling.trim() === ""
    ? { code: "UNKNOWN_UNIT", message: `${label} needs a unit: one of ${accepted}.` }
    : { code: "UNKNOWN_UNIT", message: `"${spelling.trim()}" is not a unit for ${label}. Use one of ${accepted}.` };
};

/** A double, and so a JSON number, holds every decimal of 15 significant digits, and not every one of 16. */
const SIGNIFICANT_DIGITS = 15;

const between = (value: Decimal, from: UnitFactor, to: UnitFactor): Decimal => {
  if (from === to) return value;
  const exact = value
    .minus(from.zero)
    .times(from.numerator)
    .times(to.denominator)
    .dividedBy(new Decimal(from.denominator).times(to.numerator))
    .plus(to.zero);
  // A ninth, a sixtieth or a molar mass below the line may have no last digit, and fifteen are far more than any device
  // measures. Half to even, so that rounding leans neither up nor down.
  return exact.toSignificantDigits(SIGNIFICANT_DIGITS, Decimal.ROUND_HALF_EVEN);
};

/**
 * Converts a value between two units of one field; null where either is no unit of it.
 * Exact, but rounded half-even to 15 significant digits where it would need more.
 */
export const convert = (field: Analyte, value: Decimal, from: string, to: string): Decimal | null => {
  const { units } = analyteRow(field);
  const source = factorOf(units, from);
  const target = factorOf(units, to);
  return source === null || target === null ? null : between(value, source, target);
};

/**
 * What was typed, in the unit it was typed in, as the canonical value.
 * `canonical` is the unit to arrive at where the study chose one (bilirubin); a study's unit that is none is a bug.
 */
export const toCanonical = (
  field: Analyte,
  text: string,
  typedUnit: string,
  canonical: string = canonicalUnit(field),
): Result<{ readonly value: Decimal }, UnitFault> => {
  const number = readTypedNumber(text);
  if (!number.ok) return number;
  const { units } = analyteRow(field);
  const source = factorOf(units, typedUnit);
  if (source === null) return refused(unknownUnit(field, typedUnit));
  const target = factorOf(units, canonical);
  if (target === null) throw new Error(`${canonical} is not a unit of ${field}`);
  return ok({ value: between(number.value, source, target) });
};
