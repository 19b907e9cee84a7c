import type { MeasuredField } from "../../lib/domain/record/measured-fields";
import { toCanonical } from "../../lib/domain/units/unit-factors";

/** How a device prints a field: its decimals and its unit. */
const PRINTED: Readonly<Record<MeasuredField, { readonly decimals: number; readonly unit: string }>> = {
  grams: { decimals: 1, unit: "g" },
  neutrophils: { decimals: 2, unit: "K/µL" },
  platelets: { decimals: 0, unit: "K/µL" },
  wbc: { decimals: 2, unit: "K/µL" },
  lymphocytes: { decimals: 2, unit: "K/µL" },
  hemoglobin: { decimals: 1, unit: "g/dL" },
  alt: { decimals: 0, unit: "U/L" },
  ast: { decimals: 0, unit: "U/L" },
  alp: { decimals: 0, unit: "U/L" },
  ggt: { decimals: 0, unit: "U/L" },
  bilirubin: { decimals: 1, unit: "mg/dL" },
  temperature: { decimals: 1, unit: "°C" },
};

/** Below this the chemistry analyser prints "<", in mg/dL. */
const LEAST_BILIRUBIN = 0.1;

export type Measurements = Readonly<Partial<Record<MeasuredField, number>>>;

/** The keys of an entry for what was measured: canonical numbers, what the device printed, and its qualifiers. */
export const measuredKeys = (measurements: Measurements): Readonly<Record<string, unknown>> => {
  const values: Record<string, number> = {};
  const reported: Record<string, { readonly text: string; readonly unit: string }> = {};
  const qualifiers: Record<string, "<"> = {};
  for (const [field, measured] of Object.entries(measurements) as readonly [MeasuredField, number][]) {
    const { decimals, unit } = PRINTED[field];
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
