import { ZERO, type Decimal } from "../decimal";
import { type Analyte, formatFieldsOf } from "./analytes";
import { ENTRY_KINDS, type MeasuredKind, ORDER_ACTIONS, OUTCOMES, setsDose } from "./kinds";
import type { Finding, LogEntry, Measured, ObservedEntry, Qualifier, VoidEntry } from "./log-entry";
import type { Result } from "../result";
import {
  at,
  checked,
  decimalAt,
  fail,
  isAbsent,
  isObject,
  positiveAt,
  readBoolean,
  readInstant,
  readList,
  readObject,
  readOneOf,
  readOptionalText,
  readReason,
  readText,
  valueOf,
  type BundleFault,
  type JsonObject,
} from "./check";
import { readFinding } from "./read-finding";

/** What the format knows of each kind (dose-rules, section 2). Every other key is unknown, also another analyte's. */
const FORMAT_FIELDS: Readonly<Record<Kind, readonly Analyte[]>> = {
  weight: formatFieldsOf("weight"),
  cbc: formatFieldsOf("cbc"),
  lft: formatFieldsOf("lft"),
  observation: formatFieldsOf("observation"),
  dose: [],
  order: [],
  disposition: [],
};

type Kind = (typeof ENTRY_KINDS)[number];

const readQualifiers = (entry: JsonObject, path: string, kind: Kind): ReadonlyMap<string, Qualifier> => {
  const qualifiers = new Map<string, Qualifier>();
  const given = valueOf(entry, "qualifiers");
  if (isAbsent(given)) return qualifiers;
  const where = at(path, "qualifiers");
  const object = readObject(given, where);
  for (const field of FORMAT_FIELDS[kind]) {
    if (isAbsent(valueOf(object, field))) continue;
    qualifiers.set(field, readOneOf(object, where, field, ["<", ">"] as const));
  }
  return qualifiers;
};

/** The canonical numbers of an entry's measured fields; absent ones were not measured. */
const readMeasured = (entry: JsonObject, path: string, kind: Kind): ReadonlyMap<string, Decimal> => {
  const values = new Map<string, Decimal>();
  for (const field of FORMAT_FIELDS[kind]) {
    const value = valueOf(entry, field);
    if (!isAbsent(value)) values.set(field, positiveAt(value, at(path, field), kind !== "weight"));
  }
  return values;
};

const readFindings = (entry: JsonObject, path: string): readonly Finding[] => {
  if (isAbsent(valueOf(entry, "findings"))) return [];
  const terms = new Set<string>();
  return readList(entry, path, "findings").map((value, index) => {
    const where = at(at(path, "findings"), index);
    const finding = readFinding(value, where);
    if (terms.has(finding.term)) fail(at(where, "term"), `${finding.term} is already listed in this observation`);
    terms.add(finding.term);
    return finding;
  });
};

const NO_SIGNS = { exfoliation: false, bullae: false } as const;

const readSkin = (entry: JsonObject, path: string): { exfoliation: boolean; bullae: boolean } => {
  const given = valueOf(entry, "skin");
  if (isAbsent(given)) return NO_SIGNS;
  const where = at(path, "skin");
  const skin = readObject(given, where);
  return {
    exfoliation: readBoolean(skin, where, "exfoliation", false),
    bullae: readBoolean(skin, where, "bullae", false),
  };
};

const readOrderDose = (entry: JsonObject, path: string, control: boolean): Decimal => {
  const where = at(path, "dose");
  const dose = control ? decimalAt(valueOf(entry, "dose"), where) : positiveAt(valueOf(entry, "dose"), where);
  return control && !dose.eq(ZERO) ? fail(where, "must be 0: a control animal is given no drug") : dose;
};

/** Whether `notDone` gives a reason for a field: any text that is not empty. Anything else in it is none, and no fault. */
const hasReasonNotDone = (entry: JsonObject, field: string): boolean => {
  const notDone = valueOf(entry, "notDone");
  if (!isObject(notDone)) return false;
  const reason = valueOf(notDone, field);
  return typeof reason === "string" && reason !== "";
};

type Common = Pick<ObservedEntry, "id" | "animal" | "observedAt" | "recordedAt" | "corrects">;

const readOrder = (entry: JsonObject, path: string, control: boolean, complete: () => Common): ObservedEntry => {
  const kind = "order";
  const action = readOneOf(entry, path, "action", ORDER_ACTIONS);
  const dose = setsDose(action) ? readOrderDose(entry, path, control) : ZERO;
  readReason(entry, path, "an order");
  const common = complete();
  return setsDose(action) ? { ...common, kind, action, dose } : { ...common, kind, action };
};

/**
 * A measurement's entry, its fields in the order of the document; `finish` reads what follows them. Each is written out
 * rather than spread: all keys then lie in the object itself, where a replay finds them at once.
 */
const readClinical = (entry: JsonObject, path: string, kind: MeasuredKind, finish: () => Common): ObservedEntry => {
  const values = readMeasured(entry, path, kind);
  if (kind === "weight" && !values.has("grams") && !hasReasonNotDone(entry, "grams"))
    fail(at(path, "grams"), "is missing: give the weight, or the reason why it was not done");
  const findings = kind === "observation" ? readFindings(entry, path) : [];
  const { exfoliation, bullae } = kind === "observation" ? readSkin(entry, path) : NO_SIGNS;
  const qualifiers = readQualifiers(entry, path, kind);
  const { id, animal, observedAt, recordedAt, corrects } = finish();
  const measured = (field: string): Measured | null => {
    const value = values.get(field);
    return value === undefined ? null : { value, qualifier: qualifiers.get(field) ?? null };
  };
  switch (kind) {
    case "weight":
      return { kind, id, animal, observedAt, recordedAt, corrects, grams: measured("grams") };
    case "cbc":
      return {
        kind,
        id,
        animal,
        observedAt,
        recordedAt,
        corrects,
        neutrophils: measured("neutrophils"),
        platelets: measured("platelets"),
        wbc: measured("wbc"),
        lymphocytes: measured("lymphocytes"),
        hemoglobin: measured("hemoglobin"),
      };
    case "lft":
      return {
        kind,
        id,
        animal,
        observedAt,
        recordedAt,
        corrects,
        alt: measured("alt"),
        ast: measured("ast"),
        bilirubin: measured("bilirubin"),
        alp: measured("alp"),
        ggt: measured("ggt"),
        creatinine: measured("creatinine"),
      };
    case "observation": {
      const notMade = hasReasonNotDone(entry, "observation");
      const temperature = measured("temperature");
      return {
        kind,
        id,
        animal,
        observedAt,
        recordedAt,
        corrects,
        temperature,
        findings,
        exfoliation,
        bullae,
        notMade,
      };
    }
  }
};

const readFields = (
  entry: JsonObject,
  path: string,
  kind: Kind,
  control: boolean,
  finish: () => Common,
): ObservedEntry => {
  const complete = (): Common => {
    readQualifiers(entry, path, kind);
    return finish();
  };
  switch (kind) {
    case "weight":
    case "cbc":
    case "lft":
    case "observation":
      return readClinical(entry, path, kind, finish);
    case "dose": {
      const amount = positiveAt(valueOf(entry, "amount"), at(path, "amount"), true);
      const notGiven = amount.isZero() && hasReasonNotDone(entry, "amount");
      const { id, animal, observedAt, recordedAt, corrects } = complete();
      return { kind, id, animal, observedAt, recordedAt, corrects, amount, notGiven };
    }
    case "order":
      return readOrder(entry, path, control, complete);
    case "disposition": {
      const outcome = readOneOf(entry, path, "outcome", OUTCOMES);
      return { ...complete(), kind, outcome };
    }
  }
};

const readVoid = (entry: JsonObject, path: string): VoidEntry => {
  const id = readText(entry, path, "id");
  const animal = readText(entry, path, "animal");
  const recordedAt = readInstant(entry, path, "recordedAt");
  const voids = readText(entry, path, "voids");
  readReason(entry, path, "a void");
  return { kind: "void", id, animal, recordedAt, voids };
};

/** One entry of a log. `isControl` tells of a tag whether it is a control animal's: its orders carry the dose 0. */
export const entryAt = (value: unknown, path: string, isControl: (tag: string) => boolean): LogEntry => {
  const entry = readObject(value, path);
  if (!isAbsent(valueOf(entry, "voids"))) return readVoid(entry, path);
  const id = readText(entry, path, "id");
  const animal = readText(entry, path, "animal");
  const kind = readOneOf(entry, path, "kind", ENTRY_KINDS);
  const observedAt = readInstant(entry, path, "observedAt");
  const recordedAt = readInstant(entry, path, "recordedAt");
  return readFields(entry, path, kind, isControl(animal), () => {
    const corrects = readOptionalText(entry, path, "corrects");
    if (corrects !== null) readReason(entry, path, "a correction");
    if (recordedAt.ms < observedAt.ms)
      fail(at(path, "recordedAt"), "an entry cannot be recorded before it was observed");
    return { id, animal, observedAt, recordedAt, corrects };
  });
};

/** Reads one entry document of a log. What it refers to is checked with the whole log. */
export const readEntry = (document: unknown, path: string, control = false): Result<LogEntry, BundleFault> =>
  checked(() => entryAt(document, path, () => control));
