import { Decimal } from "../decimal";
import { parseInstant } from "../time/instant";
import type { Instant } from "./log-entry";
import type { Result } from "../result";

/** Where a document is wrong, like `protocols[0].doseLevels[2]`, and what is wrong there. */
export type BundleFault = { readonly path: string; readonly message: string };

export type JsonObject = Readonly<Record<string, unknown>>;

/** Carries the first fault of a document out of the reading functions; `checked` turns it into a value. */
class FaultFound extends Error {
  readonly fault: BundleFault;
  constructor(fault: BundleFault) {
    super(fault.message);
    this.fault = fault;
  }
}

export const fail = (path: string, message: string): never => {
  throw new FaultFound({ path, message });
};

export const checked = <Value>(read: () => Value): Result<Value, BundleFault> => {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof FaultFound) return { ok: false, fault: error.fault };
    throw error;
  }
};

export const at = (path: string, key: string | number): string => {
  if (typeof key === "number") return `${path}[${String(key)}]`;
  return path === "" ? key : `${path}.${key}`;
};

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const readObject = (value: unknown, path: string): JsonObject =>
  isObject(value) ? value : fail(path === "" ? "$" : path, value == null ? "is missing" : "must be a JSON object");

/** A key's value; null counts as absent. A key of the prototype is not the document's. */
export const valueOf = (object: JsonObject, key: string): unknown =>
  Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;

export const isAbsent = (value: unknown): value is undefined => value === undefined;

const missing = (path: string): never => fail(path, "is missing");

export const readText = (object: JsonObject, path: string, key: string): string => {
  const value = valueOf(object, key);
  if (isAbsent(value)) return missing(at(path, key));
  return typeof value === "string" ? value : fail(at(path, key), "must be text");
};

export const readOptionalText = (object: JsonObject, path: string, key: string): string | null =>
  isAbsent(valueOf(object, key)) ? null : readText(object, path, key);

/** A reason says something: blanks alone are none. */
export const readReason = (object: JsonObject, path: string, of: string): string => {
  const reason = readOptionalText(object, path, "reason");
  return reason !== null && reason.trim() !== "" ? reason : fail(at(path, "reason"), `${of} must say its reason`);
};

export const readBoolean = (object: JsonObject, path: string, key: string, absent: boolean): boolean => {
  const value = valueOf(object, key);
  if (isAbsent(value)) return absent;
  return typeof value === "boolean" ? value : fail(at(path, key), "must be true or false");
};

export const decimalAt = (value: unknown, path: string): Decimal => {
  if (isAbsent(value)) return missing(path);
  return typeof value === "number" && Number.isFinite(value) ? new Decimal(value) : fail(path, "must be a number");
};

/** A number that must be more than 0, or where `orZero` at least 0. */
export const positiveAt = (value: unknown, path: string, orZero = false): Decimal => {
  const decimal = decimalAt(value, path);
  if (decimal.isNegative() && !decimal.isZero())
    return fail(path, orZero ? "must not be negative" : "must be more than 0");
  return decimal.isZero() && !orZero ? fail(path, "must be more than 0") : decimal;
};

export const readOneOf = <Choice extends string>(
  object: JsonObject,
  path: string,
  key: string,
  choices: readonly Choice[],
): Choice => {
  const text = readText(object, path, key);
  return choices.find((choice) => choice === text) ?? fail(at(path, key), `must be one of ${choices.join(", ")}`);
};

export const readInstant = (object: JsonObject, path: string, key: string): Instant => {
  const text = readText(object, path, key);
  return (
    parseInstant(text) ??
    fail(at(path, key), "must be an ISO 8601 instant with Z or an offset, like 2026-01-05T09:00:00+01:00")
  );
};

export const readList = (object: JsonObject, path: string, key: string): readonly unknown[] => {
  const value = valueOf(object, key);
  if (isAbsent(value)) return missing(at(path, key));
  return Array.isArray(value) ? (value as readonly unknown[]) : fail(at(path, key), "must be a list");
};

export const readGrade = (object: JsonObject, path: string): number => {
  const grade = valueOf(object, "grade");
  if (isAbsent(grade)) return missing(at(path, "grade"));
  const isGrade = typeof grade === "number" && Number.isInteger(grade) && grade >= 0 && grade <= 5;
  return isGrade ? grade : fail(at(path, "grade"), "must be a whole number from 0 to 5");
};
