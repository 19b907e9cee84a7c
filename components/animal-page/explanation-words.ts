import type { ConditionVerdict, RecoveryVerdict, RuleVerdict } from "@/lib/domain/rules/explanation";
import { toxicityWord } from "@/lib/domain/language/animal-words";
import { withUnit } from "@/lib/domain/language/with-unit";
import { capitalized, RULE_WORDS } from "@/lib/domain/language/code-words";

/** "Non-hematologic, grade 3: ALT increased". */
export const ruleTitle = ({ rule, term }: RuleVerdict): string =>
  term === null || rule.startsWith("NEUTRO") || rule.startsWith("THROMBO") || rule === "FEBRILE_NEUTROPENIA"
    ? capitalized(RULE_WORDS[rule])
    : `${capitalized(RULE_WORDS[rule])}: ${toxicityWord(term)}`;

/** A subject is a measurement in words, or a term. */
const subjectText = (subject: string): string =>
  /^[A-Z0-9_]+$/u.test(subject) && subject.includes("_") ? toxicityWord(subject) : subject;

const quantity = (value: string, unit: string): string => (unit === "grade" ? `grade ${value}` : withUnit(value, unit));

const NOT: Readonly<Record<ConditionVerdict["comparison"], string>> = {
  below: "not below",
  "at most": "more than",
  above: "not above",
  "at least": "below",
  recorded: "not recorded",
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
  const { subject, verdict, value, comparison, cutOff, baseline, referenceLimit, missing } = condition;
  const name = subjectText(subject);
  const origins = [
    cutOff?.origin ?? null,
    baseline === null ? null : `baseline ${quantity(baseline.value, baseline.unit)}`,
    referenceLimit === null
      ? null
      : `${referenceLimit.limit} limit of normal ${quantity(referenceLimit.value, referenceLimit.unit)}`,
  ].filter((part) => part !== null);
  const origin = origins.length === 0 ? null : origins.join("; ");
  if (verdict === "CANNOT_BE_TOLD")
    return { measured: name, comparison: `missing: ${missing ?? "a value"}`, origin, entry: null };
  if (comparison === "recorded") {
    return {
      measured: name,
      comparison: verdict === "HOLDS" ? "seen" : "not seen",
      origin,
      entry: value?.entry ?? null,
    };
  }
  const measured = value === null ? name : `${name} ${value.qualifier ?? ""}${quantity(value.value, value.unit)}`;
  const relation = verdict === "HOLDS" ? comparison : NOT[comparison];
  return {
    measured,
    comparison: cutOff === null ? relation : `${relation} ${quantity(cutOff.value, cutOff.unit)}`,
    origin,
    entry: value?.entry ?? null,
  };
};

/** What ended, or would end, a toxicity of the hold. */
export const recoveryTitle = ({ term, verdict }: RecoveryVerdict): string => {
  const word = toxicityWord(term);
  const name = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return verdict === "HOLDS"
    ? `${name} has recovered`
    : verdict === "DOES_NOT_HOLD"
      ? `${name} has not recovered`
      : `${name}: recovery cannot be told`;
};

/** What was missing, and the rules that could not be told for want of it. */
export type Missing = { readonly what: string; readonly rules: readonly string[] };

/** One line for each thing that was missing, however many rules asked for it. */
export const missingByWhat = (rules: readonly RuleVerdict[]): readonly Missing[] => {
  const found = new Map<string, Set<string>>();
  for (const { rule, conditions } of rules) {
    for (const { missing } of conditions) {
      if (missing !== null)
        found.set(missing, (found.get(missing) ?? new Set<string>()).add(capitalized(RULE_WORDS[rule])));
    }
  }
  return [...found].map(([what, names]) => ({ what, rules: [...names] }));
};
