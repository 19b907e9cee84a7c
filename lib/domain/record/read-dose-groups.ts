import type { Decimal } from "../decimal";
import { ZERO } from "../decimal";
import type { DoseGroup } from "../study/dose-group";
import type { Result } from "../result";
import {
  at,
  checked,
  fail,
  isAbsent,
  positiveAt,
  readBoolean,
  readList,
  readObject,
  readOptionalText,
  readText,
  valueOf,
} from "./check";
import type { BundleFault, JsonObject } from "./check";
import { readDoseLevels } from "./read-protocol";

const readLadder = (group: JsonObject, path: string, control: boolean): readonly Decimal[] => {
  const given = valueOf(group, "doseLevels");
  const none = isAbsent(given) || (Array.isArray(given) && given.length === 0);
  return control && none ? [] : readDoseLevels(group, path);
};

const readStartingDose = (group: JsonObject, path: string, control: boolean, levels: readonly Decimal[]): Decimal => {
  const where = at(path, "startingDose");
  const given = valueOf(group, "startingDose");
  if (control && isAbsent(given)) return ZERO;
  const dose = positiveAt(given, where, true);
  if (control) return dose.isZero() ? dose : fail(where, "must be 0: a control group is given no drug");
  if (!levels.some((level) => level.eq(dose))) fail(where, `${dose.toFixed()} is not one of the group's dose levels`);
  return dose;
};

const groupAt = (value: unknown, path: string, earlier: readonly DoseGroup[]): DoseGroup => {
  const group = readObject(value, path);
  const code = readText(group, path, "code");
  if (earlier.some((other) => other.code === code)) fail(at(path, "code"), `repeats the group ${code}`);
  const control = readBoolean(group, path, "control", false);
  const doseLevels = readLadder(group, path, control);
  const startingDose = readStartingDose(group, path, control, doseLevels);
  return { code, label: readOptionalText(group, path, "label") ?? code, control, doseLevels, startingDose };
};

/** Reads the dose groups of a protocol document: each with its own ladder, and a start that is on it. */
export const readDoseGroups = (document: JsonObject, path: string): Result<readonly DoseGroup[], BundleFault> =>
  checked(() => {
    const groups: DoseGroup[] = [];
    const where = at(path, "groups");
    readList(document, path, "groups").forEach((value, index) => {
      groups.push(groupAt(value, at(where, index), groups));
    });
    return groups.length === 0 ? fail(where, "must have at least one dose group") : groups;
  });
