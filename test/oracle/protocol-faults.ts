import { calendarFault } from "./calendar-fault";
import {
  type Check,
  must,
  isObject,
  absent,
  object,
  list,
  text,
  positive,
  notNegative,
  instant,
  grade,
  oneOf,
  optional,
  keys,
} from "./checks";
import { below, fractionOf } from "./fraction";
import { readInstant } from "./instants";
import { compareCodePoints } from "./standing";

const GRADED_ELSEWHERE = [
  "FEBRILE_NEUTROPENIA",
  "NEUTROPENIA",
  "THROMBOCYTOPENIA",
  "ALT_INCREASED",
  "AST_INCREASED",
  "BILIRUBIN_INCREASED",
  "WEIGHT_LOSS",
  "ANEMIA",
  "WHITE_BLOOD_CELL_DECREASED",
  "LYMPHOCYTE_COUNT_DECREASED",
  "ALP_INCREASED",
  "GGT_INCREASED",
  "CREATININE_INCREASED",
];

const term: Check = (value, path) =>
  must(
    typeof value === "string" && /^[A-Z0-9]+(?:_[A-Z0-9]+)*$/u.test(value) && !GRADED_ELSEWHERE.includes(value),
    path,
  );

export const findings =
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

export const doseLevels: Check = (value, path) => {
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

const RANGED = [
  "neutrophils",
  "platelets",
  "alt",
  "ast",
  "bilirubin",
  "alp",
  "ggt",
  "creatinine",
  "hemoglobin",
  "wbc",
  "lymphocytes",
];

/** Which of the two units of bilirubin a text names: 1, 2 or none. */
const bilirubinUnit = (text: unknown): 0 | 1 | 2 => {
  if (typeof text !== "string") return 0;
  const letters = [...text].filter((letter) => letter !== " ").join("");
  if (/^mg\/dl$/iu.test(letters)) return 1;
  return /^[u\u00B5\u03BC]mol\/l$/iu.test(letters) ? 2 : 0;
};

const unitIn = (protocol: unknown): unknown => {
  const ranges = isObject(protocol) ? protocol["referenceRanges"] : null;
  const range = isObject(ranges) ? ranges["bilirubin"] : null;
  return isObject(range) ? range["unit"] : null;
};

const referenceRanges =
  (earlier: readonly unknown[]): Check =>
  (value, path) => {
    const ranges = object(value, path);
    const unit: Check = (given, place) => {
      must(bilirubinUnit(given) !== 0, place);
      for (const version of earlier)
        must(absent(unitIn(version)) || bilirubinUnit(unitIn(version)) === bilirubinUnit(given), place);
    };
    for (const measurement of RANGED) {
      if (absent(ranges[measurement])) continue;
      const at = `${path}.${measurement}`;
      const { lower, upper, ...rest } = object(ranges[measurement], at);
      keys({ lower, upper, ...rest }, at, [
        ["lower", optional(positive)],
        ["upper", optional(positive)],
        ["unit", measurement === "bilirubin" ? optional(unit) : (): void => undefined],
      ]);
      if (typeof lower === "number" && typeof upper === "number")
        must(!below(fractionOf(upper), fractionOf(lower)), at);
    }
  };

const calendar: Check = (value, path) => {
  const fault = calendarFault(value);
  must(fault === null, `${path}${fault ?? ""}`);
};

const LABORATORY_TERMS: readonly (readonly [string, Check])[] = [
  ["ANEMIA", oneOf("grade")],
  ["WHITE_BLOOD_CELL_DECREASED", oneOf("grade")],
  ["LYMPHOCYTE_COUNT_DECREASED", oneOf("grade")],
  ["ALP_INCREASED", oneOf("grade", "hold")],
  ["GGT_INCREASED", oneOf("grade", "hold")],
  ["CREATININE_INCREASED", oneOf("grade", "hold")],
];

const laboratoryTerms: Check = (value, path) => {
  const terms = object(value, path);
  for (const [name, check] of LABORATORY_TERMS) optional(check)(terms[name], `${path}.${name}`);
  const unknown = Object.keys(terms).filter((key) => LABORATORY_TERMS.every(([name]) => name !== key));
  for (const key of unknown.sort(compareCodePoints)) must(absent(terms[key]), `${path}.${key}`);
};

export const protocols: Check = (value, path) => {
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
      ["ruleSet", optional(oneOf("2026-1"))],
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
      ["laboratoryTerms", optional(laboratoryTerms)],
      ["referenceRanges", optional(referenceRanges(versions.slice(0, index)))],
      ["calendar", optional(calendar)],
    ]);
  }
};
