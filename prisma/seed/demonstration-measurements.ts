import { type Analyte, analyteRow } from "../../lib/domain/record/analytes";
import { canonicalUnit, toCanonical } from "../../lib/domain/units/unit-factors";

/** The hematology analyzer prints K/µL; bilirubin has one decimal. */
const printedUnit = (field: Analyte): string => {
  const { kind, units } = analyteRow(field);
  return kind === "cbc" && units.some(({ unit }) => unit === "K/µL") ? "K/µL" : canonicalUnit(field);
};
const printedDecimals = (field: Analyte): number => (field === "bilirubin" ? 1 : analyteRow(field).decimals);

/** Below this the chemistry analyzer prints "<", in mg/dL. */
const LEAST_BILIRUBIN = 0.1;

export type Measurements = Readonly<Partial<Record<Analyte, number>>>;

/** The keys of an entry for what was measured: canonical numbers, what the device printed, and its qualifiers. */
export const measuredKeys = (measurements: Measurements): Readonly<Record<string, unknown>> => {
  const values: Record<string, number> = {};
  const reported: Record<string, { readonly text: string; readonly unit: string }> = {};
  const qualifiers: Record<string, "<"> = {};
  for (const [field, measured] of Object.entries(measurements) as readonly [Analyte, number][]) {
    const [decimals, unit] = [printedDecimals(field), printedUnit(field)];
    const printable = Math.max(measured, 0);
    const below = field === "bilirubin" && Number(printable.toFixed(decimals)) < LEAST_BILIRUBIN;
    const text = (below ? LEAST_BILIRUBIN : printable).toFixed(decimals);
    const canonical = toCanonical(field, text, unit);
    if (!canonical.ok) throw new Error(`${field} ${text} ${unit}: ${canonical.fault.message}`);
    values[field] = canonical.value.value.toNumber();
    reported[field] = { text, unit };
    if (below) qualifiers[field] = "<";
  }
  return { ...values, ...(Object.keys(qualifiers).length === 0 ? {} : { qualifiers }), reported };
};
