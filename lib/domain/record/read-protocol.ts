import { Decimal } from "../decimal";
import { MS_PER_HOUR } from "../time/instant";
import { PROTOCOL_DEFAULTS, RULE_SETS } from "../study/defaults";
import { checkCalendar } from "../calendar/read-calendar";
import type { CountCutOffs, Protocol } from "../study/protocol";
import type { Result } from "../result";
import {
  at,
  checked,
  fail,
  isAbsent,
  positiveAt,
  readInstant,
  readList,
  readObject,
  readOneOf,
  readText,
  valueOf,
  type BundleFault,
  type JsonObject,
} from "./check";
import { readFinding } from "./read-finding";
import { readLaboratoryTerms } from "./read-laboratory-terms";
import { readReferenceRanges } from "./read-reference-ranges";

const CUT_OFFS = ["grade2Below", "grade3Below", "grade4Below", "recoverAt"] as const;

/** A dose ladder, from high to low. A level is positive and stands once. */
export const readDoseLevels = (object: JsonObject, path: string): readonly Decimal[] => {
  const levels: Decimal[] = [];
  const list = readList(object, path, "doseLevels");
  if (list.length === 0) fail(at(path, "doseLevels"), "must name at least one dose level");
  list.forEach((value, index) => {
    const levelPath = at(at(path, "doseLevels"), index);
    const level = positiveAt(value, levelPath);
    if (levels.some((other) => other.eq(level))) fail(levelPath, `repeats the dose level ${level.toFixed()}`);
    levels.push(level);
  });
  return levels.sort((left, right) => right.cmp(left));
};

const readCutOffs = (protocol: JsonObject, path: string, key: "neutrophils" | "platelets"): CountCutOffs => {
  const blockPath = at(path, key);
  const block = readObject(valueOf(protocol, key) ?? {}, blockPath);
  const basis = isAbsent(valueOf(block, "basis"))
    ? "absolute"
    : readOneOf(block, blockPath, "basis", ["absolute", "percentOfBaseline"] as const);
  const cutOff = (name: (typeof CUT_OFFS)[number]): Decimal | null => {
    const value = valueOf(block, name);
    if (!isAbsent(value)) return positiveAt(value, at(blockPath, name));
    return basis === "absolute" ? new Decimal(PROTOCOL_DEFAULTS[key][name]) : null;
  };
  const required = (name: "grade3Below" | "recoverAt"): Decimal =>
    cutOff(name) ?? fail(at(blockPath, name), "is missing: percent of baseline has no default");
  const grade2Below = cutOff("grade2Below");
  const grade3Below = required("grade3Below");
  const grade4Below = cutOff("grade4Below");
  const recoverAt = required("recoverAt");
  const falls = [grade4Below, grade3Below, grade2Below].filter((edge) => edge !== null);
  const inOrder = falls.every((edge, index) => index === 0 || (falls[index - 1]?.lte(edge) ?? true));
  if (!inOrder) fail(blockPath, "cut-offs are out of order: grade 4 ≤ grade 3 ≤ grade 2 is needed");
  if (recoverAt.lt(grade3Below)) fail(blockPath, "recovery must not be below the cut-off of grade 3");
  return { basis, grade2Below, grade3Below, grade4Below, recoverAt };
};

const readNumber = (
  object: JsonObject,
  path: string,
  key: "restartDecrement" | "feverCelsius" | "febrileWindowHours" | "doseTolerancePercent",
  orZero: boolean,
): Decimal => {
  const value = valueOf(object, key) ?? PROTOCOL_DEFAULTS[key];
  return positiveAt(value, at(path, key), orZero);
};

const readDiscontinueFindings = (object: JsonObject, path: string): ReadonlyMap<string, number> => {
  const listed: readonly unknown[] = isAbsent(valueOf(object, "discontinueFindings"))
    ? PROTOCOL_DEFAULTS.discontinueFindings
    : readList(object, path, "discontinueFindings");
  const grades = new Map<string, number>();
  listed.forEach((value, index) => {
    const { term, grade } = readFinding(value, at(at(path, "discontinueFindings"), index));
    grades.set(term, Math.min(grade, grades.get(term) ?? grade));
  });
  return grades;
};

const readVersion = (object: JsonObject, path: string, previous: Protocol | undefined): number => {
  const version = valueOf(object, "version");
  if (isAbsent(version)) return fail(at(path, "version"), "is missing");
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0) {
    return fail(at(path, "version"), "must be a whole number");
  }
  if (previous !== undefined && version <= previous.version) {
    return fail(at(path, "version"), `must be above the version before it, ${String(previous.version)}`);
  }
  return version;
};

const readEffectiveFrom = (
  object: JsonObject,
  path: string,
  previous: Protocol | undefined,
): Protocol["effectiveFrom"] => {
  const where = at(path, "effectiveFrom");
  if (isAbsent(valueOf(object, "effectiveFrom"))) {
    return previous === undefined ? null : fail(where, "is missing: a later version says from when it is in force");
  }
  const effectiveFrom = readInstant(object, path, "effectiveFrom");
  if (previous === undefined) return fail(where, "must be null: the first version is in force from the beginning");
  if (previous.effectiveFrom !== null && effectiveFrom.ms <= previous.effectiveFrom.ms) {
    return fail(where, "must be later than that of the version before it");
  }
  return effectiveFrom;
};

/** One version of a protocol; `earlier` are the versions before it in the study. Stops at the first fault. */
export const protocolAt = (value: unknown, path: string, earlier: readonly Protocol[]): Protocol => {
  const object = readObject(value, path);
  const previous = earlier.at(-1);
  const version = readVersion(object, path, previous);
  const effectiveFrom = readEffectiveFrom(object, path, previous);
  const ruleSet = isAbsent(valueOf(object, "ruleSet"))
    ? PROTOCOL_DEFAULTS.ruleSet
    : readOneOf(object, path, "ruleSet", RULE_SETS);
  const doseUnit = readText(object, path, "doseUnit");
  const doseLevels = readDoseLevels(object, path);
  const restartDecrement = readNumber(object, path, "restartDecrement", false);
  const feverCelsius = readNumber(object, path, "feverCelsius", false);
  const febrileWindowMs = readNumber(object, path, "febrileWindowHours", true).times(MS_PER_HOUR).toNumber();
  const neutrophils = readCutOffs(object, path, "neutrophils");
  const platelets = readCutOffs(object, path, "platelets");
  const otherRecoverGrade = valueOf(object, "otherRecoverGrade") ?? PROTOCOL_DEFAULTS.otherRecoverGrade;
  if (otherRecoverGrade !== 0 && otherRecoverGrade !== 1 && otherRecoverGrade !== 2) {
    return fail(at(path, "otherRecoverGrade"), "must be 0, 1 or 2");
  }
  const resumePolicy = isAbsent(valueOf(object, "resumePolicy"))
    ? PROTOCOL_DEFAULTS.resumePolicy
    : readOneOf(object, path, "resumePolicy", ["automatic", "on-order"] as const);
  const doseTolerancePercent = readNumber(object, path, "doseTolerancePercent", true);
  if (doseTolerancePercent.gt(100)) fail(at(path, "doseTolerancePercent"), "must not be above 100");
  const discontinueFindings = readDiscontinueFindings(object, path);
  const laboratoryTerms = readLaboratoryTerms(object, path);
  const referenceRanges = readReferenceRanges(object, path, earlier);
  checkCalendar(object, path);
  return {
    version,
    effectiveFrom,
    ruleSet,
    doseUnit,
    doseLevels,
    restartDecrement,
    feverCelsius,
    febrileWindowMs,
    neutrophils,
    platelets,
    otherRecoverGrade,
    resumePolicy,
    doseTolerancePercent,
    discontinueFindings,
    laboratoryTerms,
    referenceRanges,
  };
};

/** Reads the settings of a study's first protocol version and fills in the source's values where a key is absent. */
export const readProtocol = (document: unknown, path: string): Result<Protocol, BundleFault> =>
  checked(() => protocolAt(document, path, []));
