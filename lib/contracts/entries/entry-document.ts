import { isAnalyte, analytesOf } from "@/lib/domain/record/analytes";
import type { Analyte } from "@/lib/domain/record/analytes";
import type { MeasuredKind } from "@/lib/domain/record/kinds";
import { ok, refused } from "../../domain/result";
import type { Result } from "../../domain/result";
import { canonicalUnit, toCanonical, unitAsWritten } from "../../domain/units/unit-factors";
import type { FieldFault } from "../problem";
import type { EntryInput, ObservedInput } from "./entry";
import type { DoseAmount, Measurement, TypedMeasurement } from "./measurement";

/** An entry as JSON, in the shape of `dose-history/1`. */
export type EntryDocument = Readonly<Record<string, unknown>>;

/** What of a study the reading of typed values depends on. */
export type StudyUnits = {
  /** The unit of the reference range of bilirubin, null where the protocol names none. */
  readonly bilirubin: string | null;
  /** The protocol's; null while there is none. */
  readonly dose: string | null;
};

/** The unit that this study's values of the field are stored and judged in. */
export const unitInStudy = (field: Analyte, units: StudyUnits): string =>
  (field === "bilirubin" && units.bilirubin !== null ? unitAsWritten(field, units.bilirubin) : null) ??
  canonicalUnit(field);

type Parts = {
  readonly values: Record<string, unknown>;
  readonly reported: Record<string, unknown>;
  readonly qualifiers: Record<string, unknown>;
  readonly notDone: Record<string, unknown>;
  readonly faults: FieldFault[];
};

const withoutAbsent = (object: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));

const addTyped = (parts: Parts, field: Analyte, typed: TypedMeasurement, units: StudyUnits): void => {
  const { text, qualifier, notDone, firstReading } = typed;
  for (const given of ["reported", "qualifiers", "notDone"] as const) {
    if (parts[given][field] === undefined) continue;
    parts.faults.push({
      path: `${given}.${field}`,
      code: "INVALID_VALUE",
      message: `is given twice: ${field} says it already`,
    });
    return;
  }
  if (notDone !== null && notDone !== undefined) {
    parts.notDone[field] = notDone;
    return;
  }
  const canonical = unitInStudy(field, units);
  const unit = typed.unit ?? canonical;
  const read = toCanonical(field, text ?? "", unit, canonical);
  if (!read.ok) {
    const path = read.fault.code === "UNKNOWN_UNIT" ? `${field}.unit` : `${field}.text`;
    parts.faults.push({ path, code: "INVALID_VALUE", message: read.fault.message });
    return;
  }
  parts.values[field] = read.value.value.toNumber();
  parts.reported[field] = withoutAbsent({ text, unit, firstReading });
  if (qualifier !== null && qualifier !== undefined) parts.qualifiers[field] = qualifier;
};

const addMeasurement = (parts: Parts, field: Analyte, given: Measurement, units: StudyUnits): void => {
  if (given === null || given === undefined) return;
  if (typeof given === "number") parts.values[field] = given;
  else addTyped(parts, field, given, units);
};

/** A reason for no value beside a value, or a qualifier without one, contradict each other. */
const checkBesides = ({ values, qualifiers, notDone, reported, faults }: Parts): void => {
  if (faults.length > 0) return;
  for (const field of Object.keys(notDone)) {
    if (values[field] === undefined) continue;
    faults.push({ path: `notDone.${field}`, code: "INVALID_VALUE", message: "a value that was measured was done" });
  }
  for (const [name, object] of Object.entries({ qualifiers, reported })) {
    for (const field of Object.keys(object)) {
      if (values[field] !== undefined) continue;
      faults.push({ path: `${name}.${field}`, code: "INVALID_VALUE", message: `there is no value of ${field}` });
    }
  }
};

const noParts = (): Parts => ({ values: {}, reported: {}, qualifiers: {}, notDone: {}, faults: [] });

const measuredParts = (input: Extract<ObservedInput, { readonly kind: MeasuredKind }>, units: StudyUnits): Parts => {
  const parts: Parts = {
    ...noParts(),
    reported: withoutAbsent(input.reported ?? {}),
    qualifiers: withoutAbsent(input.qualifiers ?? {}),
    notDone: withoutAbsent(input.notDone ?? {}),
  };
  const fields: Readonly<Record<string, unknown>> = input;
  for (const { field } of analytesOf(input.kind)) {
    addMeasurement(parts, field, fields[field] as Measurement, units);
  }
  checkBesides(parts);
  return parts;
};

/** The amount typed is in the protocol's dose unit: another one is not converted, but refused. */
const amountParts = (amount: DoseAmount, units: StudyUnits): Parts => {
  const parts = noParts();
  if (typeof amount === "number") {
    parts.values["amount"] = amount;
    return parts;
  }
  const unit = amount.unit ?? units.dose;
  if (units.dose !== null && unit !== units.dose) {
    parts.faults.push({
      path: "amount.unit",
      code: "INVALID_VALUE",
      message: `must be ${units.dose}, the protocol's dose unit`,
    });
  }
  parts.values["amount"] = Number(amount.text.trim());
  parts.reported["amount"] = withoutAbsent({ text: amount.text, unit });
  return parts;
};

const doseParts = (
  { amount, notDone }: Extract<ObservedInput, { readonly kind: "dose" }>,
  units: StudyUnits,
): Parts => {
  const parts = { ...amountParts(amount, units), notDone: withoutAbsent(notDone ?? {}) };
  if (parts.notDone["amount"] !== undefined && parts.values["amount"] !== 0)
    parts.faults.push({ path: "notDone.amount", code: "INVALID_VALUE", message: "remove notDone: a dose was given" });
  return parts;
};

const partsOf = (input: EntryInput, units: StudyUnits): Parts => {
  switch (input.kind) {
    case "weight":
    case "cbc":
    case "lft":
    case "observation":
      return measuredParts(input, units);
    case "dose":
      return doseParts(input, units);
    case "order":
    case "disposition":
    case "void":
      return noParts();
  }
};

const orNothing = (object: Readonly<Record<string, unknown>>): unknown =>
  Object.keys(object).length === 0 ? undefined : object;

/**
 * What was sent as an entry of `dose-history/1`: canonical numbers, and beside them what was typed. What is absent or
 * null is left out. The bundle's reader has the last word on it.
 */
export const entryDocument = (input: EntryInput, units: StudyUnits): Result<EntryDocument, readonly FieldFault[]> => {
  const { values, reported, qualifiers, notDone, faults } = partsOf(input, units);
  if (faults.length > 0) return refused(faults);
  const { kind, ...rest } = input;
  const plain = Object.entries(rest).filter(
    // A signature stands beside an entry, and its password nowhere.
    ([key]) => !isAnalyte(key) && key !== "amount" && key !== "signature",
  );
  return ok(
    withoutAbsent({
      ...Object.fromEntries(plain),
      ...(kind === "void" ? {} : { kind }),
      ...values,
      reported: orNothing(reported),
      qualifiers: orNothing(qualifiers),
      notDone: orNothing(notDone),
    }),
  );
};
