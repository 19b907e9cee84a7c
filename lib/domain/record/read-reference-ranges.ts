import type { Decimal } from "../decimal";
import { RANGED_MEASUREMENTS, type RangedMeasurement } from "../grading/criteria";
import type { Protocol, ReferenceRange } from "../study/protocol";
import { at, fail, isAbsent, positiveAt, readObject, readText, valueOf, type JsonObject } from "./check";

/** Greek mu in its other code point, or typed as a plain u, is the micro sign; case and spaces do not matter. */
const unitKey = (unit: string): string => unit.replaceAll(" ", "").toLowerCase().replace(/^[µu]/u, "μ");

const BILIRUBIN_UNITS: ReadonlySet<string> = new Set(["mg/dL", "µmol/L"].map(unitKey));

/** Values carry no unit of their own: all versions that name the unit of bilirubin name the same. */
const readBilirubinUnit = (range: JsonObject, path: string, earlier: readonly Protocol[]): string | null => {
  if (isAbsent(valueOf(range, "unit"))) return null;
  const unit = readText(range, path, "unit");
  if (!BILIRUBIN_UNITS.has(unitKey(unit))) return fail(at(path, "unit"), "must be mg/dL or µmol/L");
  const named = earlier.find(({ referenceRanges }) => referenceRanges.bilirubin.unit !== null);
  const kept = named?.referenceRanges.bilirubin.unit ?? unit;
  if (unitKey(kept) === unitKey(unit)) return unit;
  return fail(at(path, "unit"), `must be ${kept}, as in version ${String(named?.version)}`);
};

const readRange = (
  ranges: JsonObject,
  path: string,
  measurement: RangedMeasurement,
  earlier: readonly Protocol[],
): ReferenceRange => {
  const given = valueOf(ranges, measurement);
  if (isAbsent(given)) return { lower: null, upper: null, unit: null };
  const rangePath = at(path, measurement);
  const range = readObject(given, rangePath);
  const limit = (key: "lower" | "upper"): Decimal | null => {
    const value = valueOf(range, key);
    return isAbsent(value) ? null : positiveAt(value, at(rangePath, key));
  };
  const lower = limit("lower");
  const upper = limit("upper");
  const written = valueOf(range, "unit");
  const unit =
    measurement === "bilirubin"
      ? readBilirubinUnit(range, rangePath, earlier)
      : typeof written === "string"
        ? written
        : null;
  if (lower !== null && upper !== null && lower.gt(upper)) fail(rangePath, "the lower limit is above the upper one");
  return { lower, upper, unit };
};

/** The limits of normal of a protocol version; `earlier` are the versions before it. */
export const readReferenceRanges = (
  protocol: JsonObject,
  path: string,
  earlier: readonly Protocol[],
): Protocol["referenceRanges"] => {
  const rangesPath = at(path, "referenceRanges");
  const ranges = readObject(valueOf(protocol, "referenceRanges") ?? {}, rangesPath);
  // In the order of the format: the first fault is the one that is reported.
  return Object.fromEntries(
    RANGED_MEASUREMENTS.map((measurement) => [measurement, readRange(ranges, rangesPath, measurement, earlier)]),
  ) as Record<RangedMeasurement, ReferenceRange>;
};
