import { COMPARISON_SIGNS, subjectWords } from "../language/condition-words";
import type { ConditionVerdict, ExplainedEvent, Subject } from "../rules/explanation";
import type { Trigger } from "./dose-modification-row";

const triggerOf = (term: string, grade: number | null, condition: ConditionVerdict): Trigger => {
  const { subject, value, cutOff, baseline } = condition;
  const byGrade = subject.kind === "grade";
  const edge = byGrade && cutOff !== null ? `grade ${cutOff.value}` : cutOff?.value;
  return {
    term,
    value: value === null || byGrade ? null : `${value.qualifier ?? ""}${value.value}`,
    unit: value === null || byGrade ? null : value.unit,
    cutOff: edge === undefined ? null : `${COMPARISON_SIGNS[condition.comparison]} ${edge}`,
    baseline: baseline === null ? null : `${baseline.value} ${baseline.unit ?? ""}`.trimEnd(),
    grade: grade ?? (byGrade && value !== null ? Number(value.value) : null),
  };
};

/** What was measured or seen; a computed time between two samples is no value of the animal. */
const isOfTheAnimal = ({ subject }: ConditionVerdict): boolean => subject.kind !== "interval";

/** Of two conditions on one value (below 1.0, and not below 0.5) the first is the edge that was crossed. */
const oncePerSubject = (conditions: readonly ConditionVerdict[]): readonly ConditionVerdict[] => {
  const words = conditions.map(({ subject }) => subjectWords(subject));
  return conditions.filter((_, index) => words.indexOf(words[index] ?? "") === index);
};

const met = (conditions: readonly ConditionVerdict[]): readonly ConditionVerdict[] =>
  oncePerSubject(conditions.filter((condition) => condition.verdict === "MET" && isOfTheAnimal(condition)));

const termOf = (subject: Subject): string => (subject.kind === "grade" ? subject.term : subjectWords(subject));

/**
 * The values that led to an event, from its explanation: of the rules it cites those that opened something in this step;
 * of a resume what recovered. A start, an order and a disposition have none.
 */
export const triggersOf = ({
  event,
  explanation,
}: Pick<ExplainedEvent, "explanation"> & {
  readonly event: Pick<ExplainedEvent["event"], "rules">;
}): readonly Trigger[] => {
  const opened = explanation.met
    .filter(({ rule, openSince }) => openSince === null && event.rules.includes(rule))
    .flatMap(({ term, grade, conditions }) =>
      met(conditions).map((condition) => triggerOf(term ?? termOf(condition.subject), grade, condition)),
    );
  if (!event.rules.includes("RECOVERED")) return opened;
  const recovered = explanation.recovery.flatMap(({ term, condition }) =>
    condition === null ? [] : met([condition]).map((ended) => triggerOf(term, null, ended)),
  );
  return [...opened, ...recovered];
};
