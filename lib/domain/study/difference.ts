import type { Decimal } from "../decimal";
import { LABORATORY_TERMS } from "../grading/criteria";
import { capitalized } from "../language/code-words";
import { withUnit } from "../language/with-unit";
import { MS_PER_HOUR } from "../time/instant";
import { toxicityWord } from "../language/animal-words";
import type { RangedMeasurement } from "../grading/criteria";
import type { CountCutOffs, Protocol } from "./protocol";

/** One setting that differs between two versions, in words. */
export type ProtocolChange = {
  /** The setting's path in the protocol document. */
  readonly path: string;
  readonly setting: string;
  readonly before: string;
  readonly after: string;
  /** What it means for the animals, where that can be said in one sentence; else null. */
  readonly meaning: string | null;
};

type Row = {
  readonly path: string;
  readonly setting: string;
  readonly say: (protocol: Protocol) => string;
  readonly mean?: (before: Protocol, after: Protocol) => string | null;
};

const COUNTS = [
  ["neutrophils", "Neutrophils"],
  ["platelets", "Platelets"],
] as const;
type Count = (typeof COUNTS)[number][0];

const countText = (value: Decimal | null, { basis }: CountCutOffs): string => {
  if (value === null) return "not used";
  return basis === "absolute" ? withUnit(value.toFixed(), "10⁹/L") : `${value.toFixed()} % of the baseline`;
};

/** Counts between two cut-offs, from the lower one on. */
const between = (left: Decimal, right: Decimal, block: CountCutOffs): string => {
  const [low, high] = left.lt(right) ? [left, right] : [right, left];
  return `from ${low.toFixed()} to below ${countText(high, block)}`;
};

const meaningOfGrade3 =
  (count: Count, name: string): NonNullable<Row["mean"]> =>
  (before, after) => {
    const [was, is] = [before[count], after[count]];
    if (was.basis !== is.basis || was.grade3Below.eq(is.grade3Below)) return null;
    const counts = `${name} ${between(was.grade3Below, is.grade3Below, is)}`;
    return is.grade3Below.lt(was.grade3Below) ? `${counts} no longer withhold.` : `${counts} now withhold as well.`;
  };

const meaningOfRecovery =
  (count: Count, name: string): NonNullable<Row["mean"]> =>
  (before, after) => {
    const [was, is] = [before[count], after[count]];
    if (was.basis !== is.basis || was.recoverAt.eq(is.recoverAt)) return null;
    const counts = `${name} ${between(was.recoverAt, is.recoverAt, is)}`;
    return is.recoverAt.lt(was.recoverAt)
      ? `${counts} now count as recovered.`
      : `${counts} no longer count as recovered.`;
  };

const countRows = ([count, name]: (typeof COUNTS)[number]): readonly Row[] => {
  const edge = (key: "grade2Below" | "grade3Below" | "grade4Below" | "recoverAt", words: string): Row => ({
    path: `${count}.${key}`,
    setting: `${name}, ${words}`,
    say: (protocol) => countText(protocol[count][key], protocol[count]),
  });
  return [
    {
      path: `${count}.basis`,
      setting: `${name} are judged by`,
      say: (protocol) =>
        protocol[count].basis === "absolute" ? "absolute counts" : "per cent of the animal’s own baseline",
    },
    edge("grade2Below", "grade 2 below"),
    { ...edge("grade3Below", "grade 3 below"), mean: meaningOfGrade3(count, name) },
    edge("grade4Below", "grade 4 below"),
    { ...edge("recoverAt", "recovered at"), mean: meaningOfRecovery(count, name) },
  ];
};

const RANGES: readonly (readonly [RangedMeasurement, string, string])[] = [
  ["neutrophils", "Neutrophils", "10⁹/L"],
  ["platelets", "Platelets", "10⁹/L"],
  ["alt", "ALT", "U/L"],
  ["ast", "AST", "U/L"],
  ["bilirubin", "Bilirubin", ""],
  ["alp", "ALP", "U/L"],
  ["ggt", "GGT", "U/L"],
  ["creatinine", "Creatinine", ""],
  ["hemoglobin", "Hemoglobin", ""],
  ["wbc", "White blood cells", "10⁹/L"],
  ["lymphocytes", "Lymphocytes", "10⁹/L"],
];

const rangeRows = ([measurement, name, usualUnit]: (typeof RANGES)[number]): readonly Row[] =>
  (["lower", "upper"] as const).map((limit) => ({
    path: `referenceRanges.${measurement}.${limit}`,
    setting: `${name}, ${limit} limit of normal`,
    say: ({ referenceRanges }) => {
      const { [limit]: value, unit } = referenceRanges[measurement];
      return value === null ? "none" : withUnit(value.toFixed(), unit ?? usualUnit);
    },
  }));

const RESUMES = {
  automatic: "automatically, when every toxicity of the hold has recovered",
  "on-order": "on the study director’s order",
} as const;

const findingsText = ({ discontinueFindings }: Protocol): string =>
  [...discontinueFindings]
    .map(([term, grade]) => `${toxicityWord(term)} from grade ${String(grade)}`)
    .sort()
    .join(", ") || "none";

const LABORATORY_USES = { grade: "graded", hold: "graded, and withholds" } as const;

const laboratoryRows: readonly Row[] = LABORATORY_TERMS.map((term) => ({
  path: `laboratoryTerms.${term}`,
  setting: capitalized(toxicityWord(term)),
  say: ({ laboratoryTerms }) => {
    const use = laboratoryTerms.get(term);
    return use === undefined ? "not graded" : LABORATORY_USES[use];
  },
}));

const ROWS: readonly Row[] = [
  { path: "ruleSet", setting: "Rule set", say: ({ ruleSet }) => ruleSet },
  { path: "doseUnit", setting: "Dose unit", say: ({ doseUnit }) => doseUnit },
  {
    path: "doseLevels",
    setting: "Dose levels without a group’s own",
    say: ({ doseLevels, doseUnit }) => `${doseLevels.map((level) => level.toFixed()).join(", ")} ${doseUnit}`,
  },
  {
    path: "restartDecrement",
    setting: "Other toxicities restart lower by",
    say: ({ restartDecrement, doseUnit }) => `${restartDecrement.toFixed()} ${doseUnit}`,
  },
  { path: "feverCelsius", setting: "Fever, at least", say: ({ feverCelsius }) => `${feverCelsius.toFixed()} °C` },
  {
    path: "febrileWindowHours",
    setting: "Count and temperature at most apart",
    say: ({ febrileWindowMs }) => `${String(febrileWindowMs / MS_PER_HOUR)} hours`,
  },
  ...COUNTS.flatMap(countRows),
  {
    path: "otherRecoverGrade",
    setting: "Other toxicities have recovered at",
    say: ({ otherRecoverGrade }) => `grade ${String(otherRecoverGrade)} or lower`,
  },
  {
    path: "resumePolicy",
    setting: "After a hold has recovered, dosing resumes",
    say: ({ resumePolicy }) => RESUMES[resumePolicy],
    mean: (_before, { resumePolicy }) =>
      resumePolicy === "automatic"
        ? "The reduced dose is in force at once; nobody has to order it."
        : "The reduced dose is proposed, and the animal stays withheld until it is ordered.",
  },
  {
    path: "doseTolerancePercent",
    setting: "A given dose may be off by",
    say: ({ doseTolerancePercent }) => `${doseTolerancePercent.toFixed()} % of the dose in force`,
  },
  { path: "discontinueFindings", setting: "Findings that discontinue for good", say: findingsText },
  ...laboratoryRows,
  ...RANGES.flatMap(rangeRows),
];

/** Every setting in which a version differs from an earlier one, in the order of the document. */
export const protocolDifference = (before: Protocol, after: Protocol): readonly ProtocolChange[] =>
  ROWS.flatMap(({ path, setting, say, mean }) => {
    const change = { path, setting, before: say(before), after: say(after) };
    return change.before === change.after ? [] : [{ ...change, meaning: mean?.(before, after) ?? null }];
  });
