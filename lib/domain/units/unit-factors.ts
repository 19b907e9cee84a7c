import { Decimal } from "../decimal";
import { measuredField, type MeasuredField, type Quantity } from "../record/measured-fields";
import { ok, refused, type Result } from "../result";
import { readTypedNumber, type NumberFault } from "./typed-number";

/**
 * One unit of a quantity. A value x of this unit is (x − zero) × numerator ÷ denominator in the quantity's base unit.
 * The factors are exact decimals, kept as a fraction so that no quotient is rounded before the last step.
 */
type UnitFactor = {
  /** As the screen writes it. */
  readonly unit: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Where this scale puts the base unit's zero: 32 for °F. */
  readonly zero: string;
  /** Other spellings, beside those that differ only in case, blanks, ^, *, × or the code point of µ. */
  readonly spellings: readonly string[];
};

const unit = (name: string, numerator: string, denominator: string, spellings: readonly string[] = []): UnitFactor => ({
  unit: name,
  numerator,
  denominator,
  zero: "0",
  spellings,
});

/** g/mol. */
const BILIRUBIN_MOLAR_MASS = "584.66";
/** g/mol of one globin chain with its haem: mmol/L of haemoglobin counts these monomers, Hb(Fe), a quarter of 64 458. */
const HEMOGLOBIN_MONOMER_MOLAR_MASS = "16114.5";

/** The first unit of each quantity is its base unit, and the canonical one unless a study says otherwise. */
const UNIT_FACTORS: Readonly<Record<Quantity, readonly [UnitFactor, ...UnitFactor[]]>> = {
  mass: [unit("g", "1", "1"), unit("kg", "1000", "1")],
  cellCount: [
    unit("10⁹/L", "1", "1", ["giga/L"]),
    unit("10³/µL", "1", "1", ["10^3/uL", "10^3/mm3"]),
    unit("K/µL", "1", "1", ["K/uL"]),
    unit("cells/µL", "1", "1000", ["cells/uL", "/µL", "/uL"]),
    unit("/mm³", "1", "1000", ["cells/mm3"]),
  ],
  hemoglobin: [unit("g/dL", "1", "1"), unit("g/L", "1", "10"), unit("mmol/L", HEMOGLOBIN_MONOMER_MOLAR_MASS, "10000")],
  // 1 kat converts 1 mol/s and 1 U converts 1 µmol/min, so 1 µkat is 60 U.
  enzymeActivity: [unit("U/L", "1", "1"), unit("IU/L", "1", "1"), unit("µkat/L", "60", "1", ["ukat/L"])],
  bilirubin: [unit("mg/dL", "1", "1"), unit("µmol/L", BILIRUBIN_MOLAR_MASS, "10000", ["umol/L"])],
  temperature: [
    unit("°C", "1", "1", ["C"]),
    { unit: "°F", numerator: "5", denominator: "9", zero: "32", spellings: ["F"] },
  ],
};

/**
 * Compatibility decomposition makes one letter of the two µ, and plain digits of superscripts. A spelling that lost its
 * superscript on the way ("109/L") is read too: no unit is a hundred and nine of anything.
 */
const spellingKey = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replace(/\s/gu, "").replace(/^[x×]/u, "").replace(/[\^*]/gu, "");

const BY_SPELLING: ReadonlyMap<string, UnitFactor> = new Map(
  Object.entries(UNIT_FACTORS).flatMap(([quantity, factors]) =>
    factors.flatMap((factor) =>
      [factor.unit, ...factor.spellings].map((spelling) => [`${quantity} ${spellingKey(spelling)}`, factor] as const),
    ),
  ),
);

const factorOf = (quantity: Quantity, spelling: string): UnitFactor | null =>
  BY_SPELLING.get(`${quantity} ${spellingKey(spelling)}`) ?? null;

/** The units a value of this field may be typed in, the default canonical one first. */
export const acceptedUnits = (field: MeasuredField): readonly string[] =>
  UNIT_FACTORS[measuredField(field).quantity].map((factor) => factor.unit);

/** The unit in which this field is stored and judged; bilirubin's is that of the study's reference range, if it names one. */
export const canonicalUnit = (field: MeasuredField): string => UNIT_FACTORS[measuredField(field).quantity][0].unit;

/** The unit as the screen writes it ("10^3/uL" is 10³/µL); null where it is no unit of this field. */
export const unitAsWritten = (field: MeasuredField, spelling: string): string | null =>
  factorOf(measuredField(field).quantity, spelling)?.unit ?? null;

export type UnitFault = { readonly code: NumberFault["code"] | "UNKNOWN_UNIT"; readonly message: string };

const unknownUnit = (field: MeasuredField, spelling: string): UnitFault => {
  const { label } = measuredField(field);
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
export const convert = (field: MeasuredField, value: Decimal, from: string, to: string): Decimal | null => {
  const { quantity } = measuredField(field);
  const source = factorOf(quantity, from);
  const target = factorOf(quantity, to);
  return source === null || target === null ? null : between(value, source, target);
};

/**
 * What was typed, in the unit it was typed in, as the canonical value.
 * `canonical` is the unit to arrive at where the study chose one (bilirubin); a study's unit that is none is a bug.
 */
export const toCanonical = (
  field: MeasuredField,
  text: string,
  typedUnit: string,
  canonical: string = canonicalUnit(field),
): Result<{ readonly value: Decimal }, UnitFault> => {
  const number = readTypedNumber(text);
  if (!number.ok) return number;
  const { quantity } = measuredField(field);
  const source = factorOf(quantity, typedUnit);
  if (source === null) return refused(unknownUnit(field, typedUnit));
  const target = factorOf(quantity, canonical);
  if (target === null) throw new Error(`${canonical} is not a unit of ${field}`);
  return ok({ value: between(number.value, source, target) });
};
