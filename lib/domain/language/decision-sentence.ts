import { Decimal } from "../decimal";
import { studyDayText } from "../time/study-day";
import type { KeptEvent } from "../rules/event-key";
import type { ConditionVerdict, Grounds, RecoveryVerdict } from "../rules/explanation";
import type { Action } from "../rules/history";
import { gradedNoun, toxicityWord } from "./animal-words";
import { OUTCOME_WORDS } from "./code-words";
import { COMPARISON_SIGNS, numberText, quantityText, relativeCutOff, subjectWords } from "./condition-words";

/** A decision as it is kept: its codes, and what it rests on. */
type Decided = Pick<KeptEvent, "rules" | "fromDose" | "toDose" | "toxicities"> & { readonly action: Action };

type Told = { readonly event: Decided; readonly grounds: Grounds; readonly judgedBy: string | null };

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1] ?? ""}`;

const HUNDRED = new Decimal(100);

/** "body weight 257 g, 20.4% below baseline 322.7 g". */
const lossText = ({ subject, value, baseline }: ConditionVerdict): string => {
  if (value === null || baseline === null) return subjectWords(subject);
  const loss = HUNDRED.minus(new Decimal(value.value).times(HUNDRED).div(baseline.value)).toDecimalPlaces(1).toFixed();
  return `${subjectWords(subject)} ${quantityText(value, subject)}, ${loss}% below baseline ${quantityText(baseline, subject)}`;
};

/** A cut-off at or below which a part of the baseline is lost: "loss ≥ 20%". */
const lossLimit = ({ comparison, cutOff }: ConditionVerdict): string | null =>
  comparison === "atMost" && cutOff?.origin.kind === "baseline"
    ? `loss ≥ ${HUNDRED.minus(HUNDRED.times(cutOff.origin.times)).toFixed()}%`
    : null;

const RELATIONS: Readonly<Record<ConditionVerdict["comparison"], string>> = {
  below: "below",
  atMost: "at most",
  above: "above",
  atLeast: "at least",
  recorded: "",
};

/** "neutrophils 0.8 × 10⁹/L, below 1.0", "ALT 310 U/L, above 5 × ULN (300)". */
const comparisonText = (condition: ConditionVerdict): string => {
  const { subject, value, comparison, cutOff } = condition;
  if (value === null || cutOff === null) return subjectWords(subject);
  if (lossLimit(condition) !== null) return lossText(condition);
  const limit = numberText(cutOff.value, subject);
  const relative = relativeCutOff(condition);
  const edge = relative === null ? limit : `${relative} (${limit})`;
  return `${subjectWords(subject)} ${quantityText(value, subject)}, ${RELATIONS[comparison]} ${edge}`;
};

/** "neutrophils 1.75 × 10⁹/L (≥ 1.0)". */
const limitText = ({ subject, value, comparison, cutOff }: ConditionVerdict): string => {
  if (value === null || cutOff === null) return subjectWords(subject);
  const limit = `${COMPARISON_SIGNS[comparison]} ${numberText(cutOff.value, subject)}`;
  return `${subjectWords(subject)} ${quantityText(value, subject)} (${limit})`;
};

const conditionsOf = ({ met }: Grounds, term: string): readonly ConditionVerdict[] =>
  met.find((rule) => rule.term === term)?.conditions ?? [];

const toxicityText = (term: string, grounds: Grounds): string => {
  const conditions = conditionsOf(grounds, term);
  const [first] = conditions;
  if (first === undefined || first.subject.kind === "grade") return toxicityWord(term);
  const measured = conditions.filter(({ subject }) => subject.kind === "measurement");
  const subjects = new Set(measured.map(({ subject }) => subjectWords(subject)));
  return subjects.size < 2 ? comparisonText(first) : `${toxicityWord(term)}: ${joined(measured.map(limitText))}`;
};

const gradeText = (term: string, grade: number, grounds: Grounds): string => {
  const [first] = conditionsOf(grounds, term);
  const limit = first === undefined ? null : lossLimit(first);
  return limit === null ? `grade ${String(grade)}` : `grade ${String(grade)}: ${limit}`;
};

const versionText = ({ grounds, judgedBy }: Told): string =>
  judgedBy ?? `protocol version ${String(grounds.protocolVersion)}`;

const judgedByText = (told: Told): string =>
  told.judgedBy ?? `CTCAE v${told.grounds.ctcaeVersion}, ${versionText(told)}`;

const openedText = (told: Told): string => {
  const { event, grounds } = told;
  const [only, ...others] = event.toxicities;
  if (only !== undefined && others.length === 0) {
    return `${toxicityText(only.term, grounds)} (${gradeText(only.term, only.grade, grounds)}, ${judgedByText(told)})`;
  }
  const each = event.toxicities.map(
    ({ term, grade }) => `${toxicityText(term, grounds)} (${gradeText(term, grade, grounds)})`,
  );
  return `${joined(each)}; ${judgedByText(told)}`;
};

/** "neutrophils ≥ 1.0", "rash is grade 2 or lower": when an open toxicity has recovered. */
const recoveryText = ({ condition }: RecoveryVerdict): string | null => {
  if (condition?.cutOff === undefined || condition.cutOff === null) {
    return condition === null ? null : `${subjectWords(condition.subject)} recovers`;
  }
  const { subject, comparison, cutOff } = condition;
  return subject.kind === "grade"
    ? `${gradedNoun(subject.term)} is grade ${cutOff.value} or lower`
    : `${subjectWords(subject)} ${COMPARISON_SIGNS[comparison]} ${numberText(cutOff.value, subject)}`;
};

const ONLY_AN_ORDER = " Only an order can resume dosing.";

const outlookText = ({ hold, recovery, resumePolicy, doseUnit }: Grounds): string => {
  if (hold === null) return "";
  const texts = recovery.filter(({ closed }) => closed === null).map(recoveryText);
  if (hold.byOrder || hold.restartDose === null || texts.includes(null)) return ONLY_AN_ORDER;
  const when = joined([...new Set(texts.filter((text) => text !== null))]);
  if (when === "") return "";
  const at = `${hold.restartDose} ${doseUnit}`;
  return resumePolicy === "on-order" ? ` Resume at ${at} by order when ${when}.` : ` Resumes at ${at} when ${when}.`;
};

const recoveredText = ({ recovery }: Grounds): string => {
  const texts = recovery
    .filter(({ closed }) => closed === "NOW")
    .map(({ term, condition }) => {
      if (condition === null || condition.value === null) return toxicityWord(term);
      return condition.subject.kind === "grade"
        ? `${gradedNoun(term)} at grade ${condition.value.value}`
        : limitText(condition);
    });
  return joined([...new Set(texts)]);
};

const discontinuedText = (told: Told, on: string): string => {
  const { event, grounds } = told;
  const head = `Permanently discontinued${on}`;
  const signs = grounds.met
    .filter(({ rule, term }) => term === null && event.rules.includes(rule))
    .flatMap(({ conditions }) => conditions.filter(({ verdict }) => verdict === "MET"))
    .map(({ subject, value }) =>
      value === null ? subjectWords(subject) : `${subjectWords(subject)} ${quantityText(value, subject)}`,
    );
  if (signs.length > 0) return `${head}: ${joined(signs)} (discontinuation criterion, ${versionText(told)}).`;
  const because = event.toxicities.length > 0 ? `: ${openedText(told)}` : "";
  const isLowest = event.rules.includes("LOWEST_LEVEL");
  const from = `${grounds.hold?.doseBefore ?? event.fromDose} ${grounds.doseUnit}`;
  return `${head}${because}.${isLowest ? ` No permitted dose below ${from}.` : ""}`;
};

const sentenceOf = (told: Told, on: string, to: string): string => {
  const { event, grounds } = told;
  const { hold, doseUnit, outcome } = grounds;
  const byOrder = event.rules.includes("DIRECTOR_ORDER");
  const was = `${event.fromDose} ${doseUnit}`;
  switch (event.action) {
    case "START":
      return grounds.control ? `Started as vehicle control${on}.` : `Started at ${to}${on} (${versionText(told)}).`;
    case "WITHHOLD":
      return byOrder
        ? `Withheld by order${on} (was ${was}).${ONLY_AN_ORDER}`
        : `Withheld${on}: ${openedText(told)}.${outlookText(grounds)}`;
    case "REMAIN_WITHHELD":
      return `Remains withheld${on}: ${openedText(told)}.${outlookText(grounds)}`;
    case "RESUME":
      return byOrder
        ? `Resumed at ${to} by order${on}.`
        : `Resumed at ${to}${on}: ${recoveredText(grounds)}. Dose before hold: ${hold?.doseBefore ?? event.fromDose} ${doseUnit}.`;
    case "RESUME_PROPOSED":
      return `Proposed${on}: resume at ${to}; ${recoveredText(grounds)}. Withheld until ordered by the study director.`;
    case "SET_DOSE":
      return `Dose changed by order${on}: ${event.fromDose} → ${to}.`;
    case "DISCONTINUE":
      return byOrder ? `Permanently discontinued by order${on}.` : discontinuedText(told, on);
    case "OFF_STUDY":
      return `Off study${on}${outcome === null ? "" : `: ${OUTCOME_WORDS[outcome]}`}.`;
  }
};

/**
 * A decision in one sentence, with the values in it. `judgedBy` replaces the protocol version and the criteria
 * where unsigned rules judged.
 */
export const decisionSentence = (event: Decided, grounds: Grounds, judgedBy: string | null = null): string => {
  const { studyDay, doseUnit } = grounds;
  const on = studyDay === null ? " before the first dose" : ` on study ${studyDayText(studyDay)}`;
  return sentenceOf({ event, grounds, judgedBy }, on, `${event.toDose} ${doseUnit}`);
};
