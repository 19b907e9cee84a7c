import type { Comparison, ConditionVerdict, RecoveryVerdict, RuleVerdict, SettingName } from "../rules/explanation";
import type { RuleSource } from "../rules/sets/rule-set";
import { toxicityWord } from "./animal-words";
import { capitalized, RULE_WORDS } from "./code-words";
import { MISSING_WORDS, quantityText, subjectWords } from "./condition-words";

/** "Non-hematologic, grade 3: ALT increased". */
export const ruleTitle = ({ rule, term }: RuleVerdict): string => {
  const words = RULE_WORDS[rule];
  const isNamed = term === null || words.startsWith(toxicityWord(term));
  return isNamed ? capitalized(words) : `${capitalized(words)}: ${toxicityWord(term)}`;
};

/** Where a row of the decision table comes from. */
export const SOURCE_WORDS: Readonly<Record<RuleSource, string>> = {
  TABLE_1_GRADE_3: "Table 1, grade 3",
  TABLE_1_GRADE_4: "Table 1, grade 4",
  TABLE_1_FEBRILE_NEUTROPENIA: "Table 1, febrile neutropenia",
  TABLE_2_GRADE_3: "Table 2, grade 3",
  TABLE_2_GRADE_4: "Table 2, grade 4",
  NON_HEMATOLOGIC_GRADE_3: "Non-hematologic toxicity, grade 3",
  NON_HEMATOLOGIC_GRADE_4: "Non-hematologic toxicity, grade 4",
  NON_HEMATOLOGIC_DERMATOLOGIC: "Non-hematologic toxicity, severe dermatologic reactions",
  LABEL_LOWEST_LEVEL: "Label: discontinue where the lowest dose is not tolerated",
};

const SETTING_WORDS: Readonly<Record<SettingName, string>> = {
  "neutrophils.grade3Below": "neutrophils, grade 3 below",
  "neutrophils.grade4Below": "neutrophils, grade 4 below",
  "neutrophils.recoverAt": "neutrophils, recovered at",
  "platelets.grade3Below": "platelets, grade 3 below",
  "platelets.grade4Below": "platelets, grade 4 below",
  "platelets.recoverAt": "platelets, recovered at",
  feverCelsius: "fever",
  febrileWindowHours: "maximum interval, count to temperature",
  otherRecoverGrade: "other toxicities, recovered at grade",
  discontinueFindings: "findings requiring permanent discontinuation",
};

/** "Protocol: neutrophils, grade 3 below (50% of baseline)". */
const originText = ({ cutOff, subject }: ConditionVerdict): string | null => {
  if (cutOff === null) return null;
  const { origin } = cutOff;
  switch (origin.kind) {
    case "setting": {
      const percent = origin.percentOfBaseline === null ? "" : ` (${origin.percentOfBaseline}% of baseline)`;
      return `Protocol: ${SETTING_WORDS[origin.setting]}${percent}`;
    }
    case "upperLimit":
      return `${origin.times} × ULN`;
    case "baseline":
      return `${origin.times} × baseline`;
    case "rule":
      return subject.kind === "grade" ? "Grade as recorded" : null;
  }
};

const RELATIONS: Readonly<Record<Comparison, { readonly met: string; readonly notMet: string }>> = {
  below: { met: "below", notMet: "not below" },
  atMost: { met: "at most", notMet: "more than" },
  above: { met: "above", notMet: "not above" },
  atLeast: { met: "at least", notMet: "below" },
  recorded: { met: "recorded", notMet: "not recorded" },
};

export type ConditionWords = {
  /** "neutrophils 0.8 × 10⁹/L". */
  readonly measured: string;
  /** "below 1", "not below 1". */
  readonly comparison: string;
  /** Where the cut-off comes from, with the baseline or the limit of normal behind it. */
  readonly origin: string | null;
  /** The entry that the value was taken from. */
  readonly entry: string | null;
};

/** One comparison in words, with every number that was used. */
export const conditionWords = (condition: ConditionVerdict): ConditionWords => {
  const { subject, verdict, value, comparison, cutOff, baseline, upperLimit, missing } = condition;
  const name = subjectWords(subject);
  const origins = [
    originText(condition),
    baseline === null ? null : `baseline ${quantityText(baseline, subject)}`,
    upperLimit === null ? null : `ULN ${quantityText(upperLimit, subject)}`,
  ].filter((part) => part !== null);
  const origin = origins.length === 0 ? null : origins.join("; ");
  const entry = value?.entry ?? null;
  if (missing !== null) return { measured: name, comparison: MISSING_WORDS[missing], origin, entry: null };
  const { met, notMet } = RELATIONS[comparison];
  const relation = verdict === "MET" ? met : notMet;
  return {
    measured: value === null ? name : `${name} ${quantityText(value, subject)}`,
    comparison: cutOff === null ? relation : `${relation} ${quantityText(cutOff, subject)}`,
    origin,
    entry,
  };
};

/** What ended, or would end, a toxicity of the hold. */
export const recoveryTitle = ({ term, verdict }: RecoveryVerdict): string => {
  const name = capitalized(toxicityWord(term));
  switch (verdict) {
    case "MET":
      return `${name}: recovered`;
    case "NOT_MET":
      return `${name}: not recovered`;
    case "NOT_EVALUABLE":
      return `${name}: recovery not evaluable`;
  }
};

/** What was missing, and the rules that were not evaluable without it. */
export type MissingValue = { readonly what: string; readonly rules: readonly string[] };

/** One line for each thing that was missing, however many rules need it. */
export const missingByWhat = (rules: readonly RuleVerdict[]): readonly MissingValue[] => {
  const found = new Map<string, Set<string>>();
  for (const { rule, conditions } of rules) {
    for (const { subject, missing } of conditions) {
      if (missing === null) continue;
      const what = `${subjectWords(subject)}: ${MISSING_WORDS[missing]}`;
      found.set(what, (found.get(what) ?? new Set<string>()).add(capitalized(RULE_WORDS[rule])));
    }
  }
  return [...found].map(([what, names]) => ({ what, rules: [...names] }));
};
