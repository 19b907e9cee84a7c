import type { ConditionVerdict, ExplainedEvent } from "../rules/explanation";
import type { Trigger } from "./dose-modification-row";

const SIGNS: Readonly<Record<ConditionVerdict["comparison"], string>> = {
  below: "<",
  "at most": "≤",
  above: ">",
  "at least": "≥",
  recorded: "",
};

const GRADE_UNIT = "grade";

const triggerOf = (term: string, grade: number | null, condition: ConditionVerdict): Trigger => {
  const { value, cutOff, baseline } = condition;
  const byGrade = value?.unit === GRADE_UNIT;
  const edge = cutOff?.unit === GRADE_UNIT ? `grade ${cutOff.value}` : cutOff?.value;
  return {
    term,
    value: value === null || byGrade ? null : `${value.qualifier ?? ""}${value.value}`,
    unit: value === null || byGrade ? null : value.unit,
    cutOff: edge === undefined ? null : `${SIGNS[condition.comparison]} ${edge}`,
    baseline: baseline === null ? null : `${baseline.value} ${baseline.unit}`,
    grade: grade ?? (byGrade ? Number(value.value) : null),
  };
};

/** What was measured or seen; a computed time between two samples is no value of the animal. */
const isOfTheAnimal = ({ value, comparison }: ConditionVerdict): boolean =>
  comparison === "recorded" || (value !== null && value.entry !== null);

/** Of two conditions on one value (below 1.0, and not below 0.5) the first is the edge that was crossed. */
const oncePerSubject = (conditions: readonly ConditionVerdict[]): readonly ConditionVerdict[] =>
  conditions.filter(
    (condition, index) => conditions.findIndex(({ subject }) => subject === condition.subject) === index,
  );

const held = (conditions: readonly ConditionVerdict[]): readonly ConditionVerdict[] =>
  oncePerSubject(conditions.filter((condition) => condition.verdict === "HOLDS" && isOfTheAnimal(condition)));

/**
 * The values that led to an event, from its explanation: of the rules it cites those that opened something in this step;
 * of a resume what recovered. A start, an order and a disposition have none.
 */
export const triggersOf = ({ event, explanation }: ExplainedEvent): readonly Trigger[] => {
  const opened = explanation.rules
    .filter(({ rule, verdict, openSince }) => verdict === "HOLDS" && openSince === null && event.rules.includes(rule))
    .flatMap(({ term, grade, conditions }) =>
      held(conditions).map((condition) => triggerOf(term ?? condition.subject, grade, condition)),
    );
  if (!event.rules.includes("RECOVERED")) return opened;
  const recovered = explanation.recovery
    .filter(({ verdict }) => verdict === "HOLDS")
    .flatMap(({ term, condition }) => held([condition]).map((met) => triggerOf(term, null, met)));
  return [...opened, ...recovered];
};
