import { Decimal } from "../decimal";
import { analyteRow, type Analyte, type CatalogueRow } from "../record/analytes";
import { canonicalUnit, convert } from "../units/unit-factors";
import { withUnit } from "../language/with-unit";
import type { Range } from "../record/analyte-definition";
import type { MeasuredKind } from "../record/kinds";
import { speciesOf, type Species } from "./species";

export type Reading = {
  /** The study's species, as written there. */
  readonly species: string;
  readonly field: Analyte;
  readonly value: Decimal;
  /** The unit of `value` and of the previous value. */
  readonly unit: string;
  /** The animal's last value of this field, and how many dates lie between (0: the same date). */
  readonly previous?: { readonly value: Decimal; readonly daysAgo: number };
  /** What was typed, where that is another text or unit than the value: the message quotes it. */
  readonly typed?: { readonly text: string; readonly unit: string };
};

/** Impossible is refused. Unlikely asks for a second reading, and both are kept. Neither is a grade. */
export type Plausibility =
  | { readonly level: "fine" }
  | { readonly level: "unlikely"; readonly message: string }
  | { readonly level: "impossible"; readonly message: string };

/** From here a change looks like a slip of the decimal point. Less than ten, since 2.14 after 21.3 is not quite ten. */
const SLIP_FACTOR = "8";

const FINE: Plausibility = { level: "fine" };

const NUMBER_WORDS = [
  "earlier today",
  "yesterday",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
];

const agoText = (days: number): string => {
  if (days <= 1) return NUMBER_WORDS[Math.max(days, 0)] ?? "";
  return `${NUMBER_WORDS[days] ?? String(days)} days ago`;
};

const SECOND_READING: Readonly<Record<MeasuredKind, string>> = {
  weight: "Weigh again and enter the second reading.",
  observation: "Measure again and enter the second reading.",
  cbc: "Check the report and enter the value again.",
  lft: "Check the report and enter the value again.",
};

const ANIMALS: Readonly<Record<Species, string>> = {
  mouse: "a mouse",
  rat: "a rat",
  hamster: "a hamster",
  "guinea pig": "a guinea pig",
  rabbit: "a rabbit",
  dog: "a dog",
  monkey: "a macaque",
  minipig: "a minipig",
  other: "an animal",
};

const shown = (reading: Reading): string =>
  reading.typed === undefined
    ? withUnit(reading.value.toFixed(), reading.unit)
    : withUnit(reading.typed.text, reading.typed.unit);

const inCanonicalUnit = (reading: Reading, value: Decimal): Decimal => {
  const converted = convert(reading.field, value, reading.unit, canonicalUnit(reading.field));
  if (converted === null) throw new Error(`${reading.unit} is not a unit of ${reading.field}`);
  return converted;
};

const isRange = (possible: CatalogueRow["possible"]): possible is Range => Array.isArray(possible);

/** The values that can be: any other is refused. */
export const possibleRange = ({ possible }: Pick<CatalogueRow, "possible">, species: Species): Range =>
  isRange(possible) ? possible : possible[species];

const isOutside = (value: Decimal, [low, high]: Range): boolean => value.lessThan(low) || value.greaterThan(high);

/** The limits are kept in the canonical unit; a person reads them in the unit of the value. */
const rangeText = (reading: Reading, [low, high]: Range): string => {
  const inUnit = (limit: string): string =>
    convert(reading.field, new Decimal(limit), canonicalUnit(reading.field), reading.unit)
      ?.toSignificantDigits(3)
      .toFixed() ?? limit;
  return `${inUnit(low)} to ${withUnit(inUnit(high), reading.unit)}`;
};

const impossible = (reading: Reading, species: Species, value: Decimal): Plausibility | null => {
  const row = analyteRow(reading.field);
  const range = possibleRange(row, species);
  if (!isOutside(value, range)) return null;
  return {
    level: "impossible",
    message:
      `${row.label} ${shown(reading)} is not possible in ${ANIMALS[species]} (accepted: ${rangeText(reading, range)}). ` +
      "Check the decimal point, the unit and the animal.",
  };
};

const looksLikeASlip = (field: Analyte, value: Decimal, last: Decimal): boolean => {
  if (last.isZero() || Decimal.max(value, last).lessThan(analyteRow(field).slipFloor ?? 0)) return false;
  return value.greaterThanOrEqualTo(last.times(SLIP_FACTOR)) || value.times(SLIP_FACTOR).lessThanOrEqualTo(last);
};

const percentText = (value: Decimal, last: Decimal): string => {
  const percent = value.minus(last).times(100).dividedBy(last).toDecimalPlaces(1);
  return `${percent.isNegative() ? "−" : "+"}${percent.abs().toFixed(1)} %`;
};

/** How a change is told in the message; null where it is not worth a question. */
const unlikelyChange = (reading: Reading, value: Decimal): string | null => {
  if (reading.previous === undefined) return null;
  const last = inCanonicalUnit(reading, reading.previous.value);
  if (looksLikeASlip(reading.field, value, last)) return "";
  const { daysAgo } = reading.previous;
  const limit = analyteRow(reading.field).changeLimits?.find(({ withinDays }) => daysAgo <= withinDays);
  if (limit === undefined) return null;
  const change = value.minus(last).abs();
  if ("amount" in limit.more) return change.greaterThan(limit.more.amount) ? "" : null;
  if (last.isZero()) return null;
  return change.times(100).greaterThan(last.times(limit.more.percent)) ? ` (${percentText(value, last)})` : null;
};

const unlikely = (reading: Reading, species: Species, value: Decimal): Plausibility | null => {
  const again = SECOND_READING[analyteRow(reading.field).kind];
  const change = unlikelyChange(reading, value);
  if (change !== null && reading.previous !== undefined) {
    const last = withUnit(reading.previous.value.toFixed(), reading.unit);
    const when = agoText(reading.previous.daysAgo);
    return { level: "unlikely", message: `${shown(reading)}? Last was ${last}, ${when}${change}. ${again}` };
  }
  if (species === "other") return null;
  const { expected } = analyteRow(reading.field);
  const range = expected[species] ?? expected.any;
  if (range === undefined || !isOutside(value, range)) return null;
  return {
    level: "unlikely",
    message: `${shown(reading)}? ${rangeText(reading, range)} is expected in ${ANIMALS[species]}. ${again}`,
  };
};

/** Judges one typed value: whether it can be, and whether it is worth a second look. Pure; it grades nothing. */
export const assess = (reading: Reading): Plausibility => {
  const species = speciesOf(reading.species);
  const value = inCanonicalUnit(reading, reading.value);
  return impossible(reading, species, value) ?? unlikely(reading, species, value) ?? FINE;
};
