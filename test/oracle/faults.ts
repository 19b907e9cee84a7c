import { fractionOf, below } from "./fraction";
import { readInstant } from "./instants";

/** Thrown at the first fault and caught by `faultPath`: the oracle is written for plainness, not for the product. */
class FaultAt extends Error {
  readonly path: string;
  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

type Json = { readonly [key: string]: unknown };
type Check = (value: unknown, path: string) => void;

const failAt = (path: string): never => {
  throw new FaultAt(path);
};
const must = (holds: boolean, path: string): void => void (holds || failAt(path));
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const absent = (value: unknown): value is null | undefined => value === null || value === undefined;
const object = (value: unknown, path: string): Json => (isObject(value) ? value : failAt(path));
const list = (value: unknown, path: string): readonly unknown[] => (Array.isArray(value) ? value : failAt(path));
const text: Check = (value, path) => must(typeof value === "string", path);
const reason: Check = (value, path) => must(typeof value === "string" && value.trim() !== "", path);
const number: Check = (value, path) => must(typeof value === "number", path);
const positive: Check = (value, path) => must(typeof value === "number" && value > 0, path);
const notNegative: Check = (value, path) => must(typeof value === "number" && value >= 0, path);
const truth: Check = (value, path) => must(typeof value === "boolean", path);
const instant: Check = (value, path) => must(typeof value === "string" && readInstant(value) !== null, path);
const grade: Check = (value, path) => must(typeof value === "number" && [0, 1, 2, 3, 4, 5].includes(value), path);
const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value, path) =>
    must(allowed.includes(value), path);
const optional =
  (check: Check): Check =>
  (value, path) => {
    if (!absent(value)) check(value, path);
  };
const keys = (of: Json, path: string, checks: readonly (readonly [string, Check])[]): void => {
  for (const [key, check] of checks) check(of[key], path === "" ? key : `${path}.${key}`);
};

const GRADED_ELSEWHERE = [
  "FEBRILE_NEUTROPENIA",
  "NEUTROPENIA",
  "THROMBOCYTOPENIA",
  "ALT_INCREASED",
  "AST_INCREASED",
  "BILIRUBIN_INCREASED",
  "WEIGHT_LOSS",
];

const term: Check = (value, path) =>
  must(
    typeof value === "string" && /^[A-Z0-9]+(?:_[A-Z0-9]+)*$/u.test(value) && !GRADED_ELSEWHERE.includes(value),
    path,
  );

const findings =
  (once: boolean): Check =>
  (value, path) => {
    const seen: unknown[] = [];
    for (const [index, item] of list(value, path).entries()) {
      const at = `${path}[${index}]`;
      const finding = object(item, at);
      term(finding["term"], `${at}.term`);
      grade(finding["grade"], `${at}.grade`);
      must(!once || !seen.includes(finding["term"]), `${at}.term`);
      seen.push(finding["term"]);
    }
  };

const doseLevels: Check = (value, path) => {
  const levels = list(value, path);
  must(levels.length > 0, path);
  for (const [index, level] of levels.entries()) {
    positive(level, `${path}[${index}]`);
    must(levels.indexOf(level) === index, `${path}[${index}]`);
  }
};

const CUT_OFF_KEYS = ["grade2Below", "grade3Below", "grade4Below", "recoverAt"] as const;

const cutOffs =
  (defaults: Readonly<Record<string, number>>): Check =>
  (value, path) => {
    const block = object(value, path);
    optional(oneOf("absolute", "percentOfBaseline"))(block["basis"], `${path}.basis`);
    const percent = block["basis"] === "percentOfBaseline";
    for (const key of CUT_OFF_KEYS) {
      const required = percent && (key === "grade3Below" || key === "recoverAt");
      (required ? positive : optional(positive))(block[key], `${path}.${key}`);
    }
    const at = (key: string): number | null => {
      const given = block[key];
      return typeof given === "number" ? given : percent ? null : (defaults[key] ?? null);
    };
    const rising = [at("grade4Below"), at("grade3Below"), at("grade2Below")].filter((cut) => cut !== null);
    must(
      rising.every((cut, index) => index === 0 || cut >= (rising[index - 1] ?? 0)),
      path,
    );
    must((at("recoverAt") ?? 0) >= (at("grade3Below") ?? 0), path);
  };

const referenceRanges: Check = (value, path) => {
  const ranges = object(value, path);
  for (const measurement of ["neutrophils", "platelets", "alt", "ast", "bilirubin"]) {
    if (absent(ranges[measurement])) continue;
    const at = `${path}.${measurement}`;
    const { lower, upper, ...rest } = object(ranges[measurement], at);
    keys({ lower, upper, ...rest }, at, [
      ["lower", optional(positive)],
      ["upper", optional(positive)],
    ]);
    if (typeof lower === "number" && typeof upper === "number") must(!below(fractionOf(upper), fractionOf(lower)), at);
  }
};

const protocols: Check = (value, path) => {
  const versions = list(value, path);
  must(versions.length > 0, path);
  for (const [index, item] of versions.entries()) {
    const at = `${path}[${index}]`;
    const protocol = object(item, at);
    const before = index === 0 ? {} : object(versions[index - 1], at);
    const version: Check = (given, place) => {
      must(typeof given === "number" && Number.isInteger(given) && given >= 0, place);
      must(typeof before["version"] !== "number" || before["version"] < Number(given), place);
    };
    const effectiveFrom: Check = (given, place) => {
      if (index === 0) return must(absent(given), place);
      instant(given, place);
      const earlier = before["effectiveFrom"];
      must(absent(earlier) || (readInstant(given as string) ?? 0) > (readInstant(earlier as string) ?? 0), place);
    };
    keys(protocol, at, [
      ["version", version],
      ["effectiveFrom", effectiveFrom],
      ["doseUnit", text],
      ["doseLevels", doseLevels],
      ["restartDecrement", optional(positive)],
      ["feverCelsius", optional(positive)],
      ["febrileWindowHours", optional(notNegative)],
      ["neutrophils", optional(cutOffs({ grade2Below: 1.5, grade3Below: 1, grade4Below: 0.5, recoverAt: 1 }))],
      ["platelets", optional(cutOffs({ grade2Below: 75, grade3Below: 50, grade4Below: 25, recoverAt: 50 }))],
      ["otherRecoverGrade", optional(oneOf(0, 1, 2))],
      ["resumePolicy", optional(oneOf("automatic", "on-order"))],
      [
        "doseTolerancePercent",
        optional((given, place) => must(typeof given === "number" && given >= 0 && given <= 100, place)),
      ],
      ["discontinueFindings", optional(findings(false))],
      ["referenceRanges", optional(referenceRanges)],
    ]);
  }
};

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
  lft: ["alt", "ast", "bilirubin", "alp", "ggt"],
  observation: ["temperature"],
};

const fieldsOf = (kind: unknown, entry: Json, control: boolean): readonly (readonly [string, Check])[] => {
  const orderedDose: Check = control ? oneOf(0) : positive;
  switch (kind) {
    case "weight":
      return [["grams", positive]];
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
