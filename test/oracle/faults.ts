import {
  FaultAt,
  type Json,
  type Check,
  must,
  isObject,
  absent,
  object,
  list,
  text,
  reason,
  positive,
  notNegative,
  number,
  truth,
  instant,
  oneOf,
  optional,
  keys,
} from "./checks";
import type { EntryDocument } from "./document";
import { readInstant } from "./instants";
import { saysWhyNot } from "./not-done";
import { doseLevels, findings, protocols } from "./protocol-faults";

const animals =
  (firstLevels: unknown): Check =>
  (value, path) => {
    for (const [index, item] of list(value, path).entries()) {
      const at = `${path}[${index}]`;
      const animal = object(item, at);
      keys(animal, at, [
        ["id", text],
        // Below 0 it is none of the animal's levels, which is a fault between keys.
        ["startingDose", number],
        ["control", optional(truth)],
        ["doseLevels", optional(doseLevels)],
      ]);
      const levels = absent(animal["doseLevels"]) ? firstLevels : animal["doseLevels"];
      const permitted = animal["control"] === true ? [0] : list(levels, at);
      must(permitted.includes(animal["startingDose"]), `${at}.startingDose`);
    }
  };

const skin: Check = (value, path) =>
  keys(object(value, path), path, [
    ["exfoliation", optional(truth)],
    ["bullae", optional(truth)],
  ]);

const MEASURED: Readonly<Record<string, readonly string[]>> = {
  weight: ["grams"],
  cbc: ["neutrophils", "platelets", "wbc", "lymphocytes", "hemoglobin"],
  lft: ["alt", "ast", "bilirubin", "alp", "ggt", "creatinine"],
  observation: ["temperature"],
};

const fieldsOf = (kind: unknown, entry: Json, control: boolean): readonly (readonly [string, Check])[] => {
  const orderedDose: Check = control ? oneOf(0) : positive;
  switch (kind) {
    case "weight":
      return [["grams", saysWhyNot(entry as EntryDocument, "grams") ? optional(positive) : positive]];
    case "observation":
      return [
        ["temperature", optional(notNegative)],
        ["findings", optional(findings(true))],
        ["skin", optional(skin)],
      ];
    case "dose":
      return [["amount", notNegative]];
    case "order":
      return [
        ["action", oneOf("WITHHOLD", "RESUME", "SET_DOSE", "DISCONTINUE")],
        ["dose", entry["action"] === "RESUME" || entry["action"] === "SET_DOSE" ? orderedDose : () => undefined],
        ["reason", reason],
      ];
    case "disposition":
      return [["outcome", oneOf("DIED", "EUTHANIZED", "REMOVED")]];
    default:
      return (MEASURED[String(kind)] ?? []).map((field) => [field, optional(notNegative)] as const);
  }
};

const isVoid = (given: Json): boolean => !absent(given["voids"]);

const entry = (item: unknown, at: string, controls: readonly unknown[]): void => {
  const given = object(item, at);
  if (isVoid(given)) {
    keys(given, at, [
      ["id", text],
      ["animal", text],
      ["recordedAt", instant],
      ["voids", text],
      ["reason", reason],
    ]);
    return;
  }
  const kind = given["kind"];
  const qualifiers: Check = (value, path) => {
    const marks = object(value, path);
    const fields = MEASURED[String(kind)] ?? [];
    keys(
      marks,
      path,
      fields.map((field) => [field, optional(oneOf("<", ">"))] as const),
    );
  };
  keys(given, at, [
    ["id", text],
    ["animal", text],
    ["kind", oneOf("weight", "cbc", "lft", "observation", "dose", "order", "disposition")],
    ["observedAt", instant],
    ["recordedAt", instant],
    ...fieldsOf(kind, given, controls.includes(given["animal"])),
    ["qualifiers", optional(qualifiers)],
    ["corrects", optional(text)],
    ["reason", absent(given["corrects"]) ? (): void => undefined : reason],
  ]);
  must(
    (readInstant(String(given["observedAt"])) ?? 0) <= (readInstant(String(given["recordedAt"])) ?? 0),
    `${at}.recordedAt`,
  );
};

const repeatedIds = (items: readonly Json[], path: string): void => {
  for (const [index, item] of items.entries())
    must(items.findIndex((other) => other["id"] === item["id"]) === index, `${path}[${index}].id`);
};

/** Whether following corrections from an entry comes to an original. */
const endsAtOriginal = (entries: readonly Json[], from: Json, steps = 0): boolean => {
  if (isVoid(from) || steps > entries.length) return false;
  if (absent(from["corrects"])) return true;
  const earlier = entries.find((other) => other["id"] === from["corrects"]);
  return earlier !== undefined && endsAtOriginal(entries, earlier, steps + 1);
};

const references = (entries: readonly Json[], animalIds: readonly unknown[]): void => {
  for (const [index, given] of entries.entries()) {
    const at = `entries[${index}]`;
    must(animalIds.includes(given["animal"]), `${at}.animal`);
    const key = isVoid(given) ? "voids" : "corrects";
    if (absent(given[key])) continue;
    const named = entries.find((other) => other["id"] === given[key]);
    if (named === undefined || named === given || isVoid(named)) throw new FaultAt(`${at}.${key}`);
    must(key === "voids" || endsAtOriginal(entries, named), `${at}.${key}`);
    must(named["animal"] === given["animal"], `${at}.animal`);
    must(key === "voids" || named["kind"] === given["kind"], `${at}.kind`);
    const [earlier, later] = [readInstant(String(named["recordedAt"])), readInstant(String(given["recordedAt"]))];
    must((earlier ?? 0) <= (later ?? 0), `${at}.recordedAt`);
  }
};

const check = (document: unknown): void => {
  const bundle = object(document, "$");
  oneOf("dose-history/1")(bundle["format"], "format");
  keys(object(bundle["study"], "study"), "study", [
    ["code", text],
    ["species", text],
    ["timeZone", text],
  ]);
  protocols(bundle["protocols"], "protocols");
  animals(object(list(bundle["protocols"], "protocols")[0], "protocols[0]")["doseLevels"])(
    bundle["animals"],
    "animals",
  );
  const checkedAnimals = list(bundle["animals"], "animals").filter(isObject);
  const controls = checkedAnimals.filter((animal) => animal["control"] === true).map((animal) => animal["id"]);
  const items = list(bundle["entries"], "entries");
  for (const [index, item] of items.entries()) entry(item, `entries[${index}]`, controls);
  const entries = items.filter(isObject);
  repeatedIds(checkedAnimals, "animals");
  repeatedIds(entries, "entries");
  references(
    entries,
    checkedAnimals.map((animal) => animal["id"]),
  );
};

/** The path of a document's first fault, or null where it is a bundle. */
export const faultPath = (document: unknown): string | null => {
  try {
    check(document);
    return null;
  } catch (fault) {
    if (fault instanceof FaultAt) return fault.path;
    throw fault;
  }
};
