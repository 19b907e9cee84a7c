import type { LogEntry } from "./log-entry";
import type { Protocol, StudyAnimal } from "../study/protocol";
import type { Result } from "../result";
import {
  at,
  checked,
  decimalAt,
  fail,
  isAbsent,
  readBoolean,
  readList,
  readObject,
  readText,
  valueOf,
  type BundleFault,
  type JsonObject,
} from "./check";
import { checkIdsOnce, checkReferences } from "./check-references";
import { entryAt } from "./read-entry";
import { protocolAt, readDoseLevels } from "./read-protocol";

export const BUNDLE_FORMAT = "dose-history/1";

/** A study bundle, checked whole and ready to be replayed. */
export type StudyBundle = {
  readonly study: { readonly code: string; readonly species: string; readonly timeZone: string };
  readonly protocols: readonly Protocol[];
  readonly animals: readonly StudyAnimal[];
  readonly entries: readonly LogEntry[];
};

const readStudy = (bundle: JsonObject): StudyBundle["study"] => {
  const study = readObject(valueOf(bundle, "study"), "study");
  return {
    code: readText(study, "study", "code"),
    species: readText(study, "study", "species"),
    timeZone: readText(study, "study", "timeZone"),
  };
};

const readProtocols = (bundle: JsonObject): readonly Protocol[] => {
  const protocols: Protocol[] = [];
  readList(bundle, "", "protocols").forEach((value, index) => {
    protocols.push(protocolAt(value, at("protocols", index), protocols));
  });
  return protocols.length === 0 ? fail("protocols", "must hold at least one protocol version") : protocols;
};

const animalAt = (value: unknown, path: string, protocols: readonly Protocol[]): StudyAnimal => {
  const animal = readObject(value, path);
  const id = readText(animal, path, "id");
  const startingDose = decimalAt(valueOf(animal, "startingDose"), at(path, "startingDose"));
  const control = readBoolean(animal, path, "control", false);
  const doseLevels = isAbsent(valueOf(animal, "doseLevels")) ? null : readDoseLevels(animal, path);
  const levels = doseLevels ?? protocols[0]?.doseLevels ?? [];
  if (control && !startingDose.isZero()) fail(at(path, "startingDose"), "must be 0: a control animal is given no drug");
  if (!control && !levels.some((level) => level.eq(startingDose))) {
    fail(at(path, "startingDose"), `${startingDose.toFixed()} is not one of the animal's dose levels`);
  }
  return { id, startingDose, control, doseLevels };
};

/**
 * Reads a `dose-history/1` document (parsed JSON). Of an invalid one the first fault is told: format, study, protocols,
 * animals, entries, each item's keys in the order of the format; then repeated ids; then references.
 */
export const readBundle = (document: unknown): Result<StudyBundle, BundleFault> =>
  checked(() => {
    const bundle = readObject(document ?? 0, "");
    if (readText(bundle, "", "format") !== BUNDLE_FORMAT) fail("format", `must be ${BUNDLE_FORMAT}`);
    const study = readStudy(bundle);
    const protocols = readProtocols(bundle);
    const animals = readList(bundle, "", "animals").map((value, index) =>
      animalAt(value, at("animals", index), protocols),
    );
    const controls = new Set(animals.filter(({ control }) => control).map(({ id }) => id));
    const entries = readList(bundle, "", "entries").map((value, index) =>
      entryAt(value, at("entries", index), (tag) => controls.has(tag)),
    );
    checkIdsOnce(animals, "animals");
    checkIdsOnce(entries, "entries");
    checkReferences(entries, new Set(animals.map(({ id }) => id)));
    return { study, protocols, animals, entries };
  });
