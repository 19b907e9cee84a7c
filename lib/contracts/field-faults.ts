import type * as z from "zod";
import { ok, refused } from "../domain/result";
import type { Result } from "../domain/result";
import type { ErrorCode } from "./errors";
import type { FieldFault } from "./problem";

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const typeName = (type: string): string => TYPE_NAMES[type] ?? type;

const nameOfType = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isFinite(value)) return "a number too large to hold";
  return typeName(typeof value);
};

const sizeMessage = (origin: string, bound: string, limit: number | bigint): string => {
  if (origin === "string") return `must have ${bound} ${limit} character${limit === 1 ? "" : "s"}`;
  if (origin === "array") return `must have ${bound} ${limit} item${limit === 1 ? "" : "s"}`;
  return `must be ${bound} ${limit}`;
};

/** The words for what zod found, where the schema has none of its own. */
const faultMessage = (issue: RawIssue): string | undefined => {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return `must be ${typeName(issue.expected)}, and is ${nameOfType(issue.input)}`;
    case "unrecognized_keys":
      return "is not a field of this document";
    case "invalid_value":
      if (issue.input === undefined) return "is missing";
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "too_small": {
      const bound = issue.exact === true ? "exactly" : issue.inclusive === false ? "more than" : "at least";
      return sizeMessage(issue.origin, bound, issue.minimum);
    }
    case "too_big": {
      const bound = issue.exact === true ? "exactly" : issue.inclusive === false ? "less than" : "at most";
      return sizeMessage(issue.origin, bound, issue.maximum);
    }
    case "invalid_format":
      return "is not written as it must be";
    case "invalid_union":
      return issue.input === undefined ? "is missing" : "has none of the forms it may have";
    default:
      return undefined;
  }
};

const codeOf = (issue: Issue): ErrorCode => {
  switch (issue.code) {
    case "invalid_type":
    case "invalid_union":
      return issue.input === undefined ? "REQUIRED" : "WRONG_TYPE";
    case "unrecognized_keys":
      return "UNKNOWN_KEY";
    case "invalid_format":
      return "INVALID_FORMAT";
    case "too_small":
    case "too_big":
      return "OUT_OF_RANGE";
    case "invalid_value":
      return issue.input === undefined ? "REQUIRED" : "INVALID_VALUE";
    default:
      return "INVALID_VALUE";
  }
};

/** `["animals", 2, "sex"]` → `animals[2].sex`; the empty path is `$`. */
export const writePath = (path: readonly PropertyKey[]): string => {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  if (text === "") return "$";
  return text.startsWith(".") ? text.slice(1) : text;
};

/** Of a union, the reading that came furthest is the one the writer meant. */
const meantBranch = (branches: readonly (readonly Issue[])[]): readonly Issue[] | null => {
  const inside = branches.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code !== "invalid_type"),
  );
  const candidates = inside.filter((issues) => issues.length > 0);
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
};

const faultsAt = (issue: Issue, base: readonly PropertyKey[]): readonly FieldFault[] => {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: writePath([...path, key]), code: "UNKNOWN_KEY", message: issue.message }));
  }
  if (issue.code === "invalid_union") {
    const branch = meantBranch(issue.errors);
    if (branch !== null) return branch.flatMap((inner) => faultsAt(inner, path));
  }
  return [{ path: writePath(path), code: codeOf(issue), message: issue.message }];
};

/** At most so many faults are told at once: a paste of a wrong column makes one a row. */
const MOST_FAULTS = 100;

/** Reads a value by a schema; what is wrong comes back as the `errors` of a problem document. */
export const readInput = <Output>(schema: z.ZodType<Output>, value: unknown): Result<Output, readonly FieldFault[]> => {
  const read = schema.safeParse(value, { error: faultMessage, reportInput: true });
  if (read.success) return ok(read.data);
  return refused(read.error.issues.flatMap((issue) => faultsAt(issue, [])).slice(0, MOST_FAULTS));
};
