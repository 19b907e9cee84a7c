import { studyDayOf } from "../time/study-day";
import type { ObservedEntry } from "../record/log-entry";
import { CTCAE_VERSION } from "../grading/criteria";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { COUNT_CRITERIA } from "../grading/criteria";
import { Decimal } from "../decimal";
import { FEBRILE_NEUTROPENIA } from "../rules/decision-table";
import type { ConditionVerdict, RecoveryVerdict, RuleVerdict } from "../rules/explanation";
import type { DoseEvent } from "../rules/history";
import { restartDoseOfHold } from "../rules/restart-dose";
import { measurementOfTerm } from "../rules/explain-conditions";
import type { AnimalState } from "../rules/state";
import { withUnit } from "./with-unit";
import { shownDecimal, subjectName, termName, type Subject } from "../rules/stated-values";
import { OUTCOME_WORDS } from "./code-words";

export type Told = {
  readonly event: DoseEvent;
  readonly entry: ObservedEntry;
  readonly after: AnimalState;
  readonly before: AnimalState;
  readonly animal: StudyAnimal;
  readonly protocol: Protocol;
  readonly rules: readonly RuleVerdict[];
  readonly recovery: readonly RecoveryVerdict[];
  readonly studyDay: number | null;
};

export const studyDayOfEvent = (event: DoseEvent, after: AnimalState, timeZone: string): number | null =>
  after.firstDoseMs === null ? null : studyDayOf(event.at.ms, after.firstDoseMs, timeZone);

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1] ?? ""}`;

const subjectOf = (name: string): Subject | null =>
  (["neutrophils", "platelets", "alt", "ast", "bilirubin", "weight", "temperature"] as const).find(
    (subject) => subjectName(subject) === name,
  ) ?? null;

const shown = (text: string, subject: Subject | null): string => shownDecimal(new Decimal(text), subject);

/** "neutrophils 0.8 × 10⁹/L, below 1.0". */
const comparisonText = ({ subject, value, comparison, cutOff, baseline, referenceLimit }: ConditionVerdict): string => {
  if (value === null || cutOff === null) return subject;
  const of = subjectOf(subject);
  const origin =
    referenceLimit !== null || baseline !== null ? `, ${cutOff.origin.replace(/^.*\((.*)\)$/u, "$1")}` : "";
  const edge = shown(cutOff.value, of);
  const relation =
    comparison === "at least"
      ? `${edge} or more`
      : comparison === "at most"
        ? `${edge} or less`
        : `${comparison} ${edge}`;
  return `${subject} ${withUnit(`${value.qualifier ?? ""}${shown(value.value, of)}`, value.unit)}, ${relation}${origin}`;
};

const toxicityText = (term: string, rules: readonly RuleVerdict[]): string => {
  const held = rules.find((rule) => rule.term === term && rule.verdict === "HOLDS");
  const [first, second] = held?.conditions ?? [];
  if (term === FEBRILE_NEUTROPENIA && first !== undefined && second !== undefined) {
    return `${comparisonText(first)}, with ${comparisonText(second)}: febrile neutropenia`;
  }
  if (measurementOfTerm(term) === null || first === undefined) return `${termName(term)} recorded`;
  return comparisonText(first);
};

const openedText = ({ event, rules, protocol }: Told): string => {
  const versions = `CTCAE v${CTCAE_VERSION}, protocol version ${String(protocol.version)}`;
  const [only, ...others] = event.toxicities;
  if (only !== undefined && others.length === 0) {
    return `${toxicityText(only.term, rules)} (grade ${String(only.grade)}, ${versions})`;
  }
  const each = event.toxicities.map(({ term, grade }) => `${toxicityText(term, rules)} (grade ${String(grade)})`);
  return `${joined(each)}; ${versions}`;
};

/** "rash", "ALT", "weight loss": what has a grade. */
const toxicityName = (term: string): string => {
  const measurement = measurementOfTerm(term);
  return measurement === null || measurement === "weight" ? termName(term) : subjectName(measurement);
};

const recoveryText = (term: string, told: Told): string => {
  const { protocol } = told;
  const verdict = told.recovery.find((recovery) => recovery.term === term);
  const measurement =
    term === FEBRILE_NEUTROPENIA ? "neutrophils" : COUNT_CRITERIA.find((row) => row.term === term)?.measurement;
  if (measurement !== undefined) {
    const cutOff = verdict?.condition.cutOff?.value;
    return `${measurement} are ${cutOff === undefined ? "recovered" : `${shown(cutOff, measurement)} or more`}`;
  }
  return `${toxicityName(term)} is grade ${String(protocol.otherRecoverGrade)} or lower`;
};

const outlookText = (told: Told): string => {
  const { after, animal, protocol } = told;
  const { hold } = after;
  if (hold === null) return "";
  if (hold.byOrder) return " Only an order ends this hold.";
  const dose = restartDoseOfHold(hold.opened, hold.doseBefore, animal, protocol);
  const when = joined([...new Set(after.open.map(({ term }) => recoveryText(term, told)))]);
  if (dose === null || when === "") return "";
  const at = `${dose.toFixed()} ${protocol.doseUnit}`;
  return protocol.resumePolicy === "on-order"
    ? ` When ${when}, resuming at ${at} is proposed to the study director.`
    : ` Resumes at ${at} when ${when}.`;
};

const recoveredText = ({ recovery, before }: Told): string => {
  const closing = recovery.filter(
    ({ term, verdict }) => verdict === "HOLDS" && before.open.some((toxicity) => toxicity.term === term),
  );
  const texts = closing.map(({ term, condition }) =>
    condition.value?.unit === "grade"
      ? `${toxicityName(term)} at grade ${condition.value.value}`
      : comparisonText(condition),
  );
  return joined([...new Set(texts)]);
};

const discontinuedText = (told: Told, on: string): string => {
  const { event, before, rules, protocol } = told;
  const unit = protocol.doseUnit;
  if (event.rules.includes("DIRECTOR_ORDER")) return `Discontinued for good${on} by order.`;
  const skin = rules.find(({ rule }) => rule === "SEVERE_DERMATOLOGIC");
  if (event.rules.includes("SEVERE_DERMATOLOGIC")) {
    const seen = (skin?.conditions ?? [])
      .filter(({ verdict }) => verdict === "HOLDS")
      .map(({ subject, value }) =>
        value === null ? `${subject} seen` : `${termName(subject)} at grade ${value.value}`,
      );
    return `Discontinued for good${on}: ${joined(seen)}, a severe dermatologic or listed reaction (protocol version ${String(protocol.version)}).`;
  }
  const from = (before.hold?.doseBefore ?? before.dose).toFixed();
  const because = event.toxicities.length > 0 ? `: ${openedText(told)}` : "";
  return `Discontinued for good${on}${because}. The ladder has no permitted dose below ${from} ${unit}.`;
};

/** One sentence for people, with the values in it. */
export const sentenceOf = (told: Told): string => {
  const { event, entry, before, animal, protocol, studyDay } = told;
  const unit = protocol.doseUnit;
  const on =
    studyDay === null
      ? " before the first dose"
      : ` on study day ${studyDay < 0 ? `−${String(-studyDay)}` : String(studyDay)}`;
  const to = `${event.toDose.toFixed()} ${unit}`;
  const byOrder = event.rules.includes("DIRECTOR_ORDER");
  switch (event.action) {
    case "START":
      return animal.control
        ? `Started${on} as a control: vehicle only.`
        : `Started${on} at ${to} (protocol version ${String(protocol.version)}).`;
    case "WITHHOLD":
      return byOrder
        ? `Withheld${on} by order, from ${event.fromDose.toFixed()} ${unit}.${outlookText(told)}`
        : `Withheld${on}: ${openedText(told)}.${outlookText(told)}`;
    case "REMAIN_WITHHELD":
      return `Still withheld${on}: ${openedText(told)}.${outlookText(told)}`;
    case "RESUME":
      if (byOrder) return `Resumed${on} at ${to} by order.`;
      return `Resumed${on} at ${to}: ${recoveredText(told)}. Before the hold it was ${before.hold?.doseBefore.toFixed() ?? "?"} ${unit}.`;
    case "RESUME_PROPOSED":
      return `Resuming at ${to} is proposed${on}: ${recoveredText(told)}. It stays withheld until the study director orders it.`;
    case "SET_DOSE":
      return `Dose set${on} by order, from ${event.fromDose.toFixed()} to ${to}.`;
    case "DISCONTINUE":
      return discontinuedText(told, on);
    case "OFF_STUDY":
      return `Off study${on}: ${entry.kind === "disposition" ? OUTCOME_WORDS[entry.outcome] : "left the study"}.`;
  }
};
