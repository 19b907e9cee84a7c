import { gradeEntry } from "../grading/grade-entry";
import { COUNT_CRITERIA, RISING_CRITERIA, WEIGHT_CRITERIA } from "../grading/criteria";
import type { StudyAnimal } from "../study/protocol";
import { DECISION_TABLE, FEBRILE_NEUTROPENIA, rowForToxicity, type DecisionRow } from "./decision-table";
import {
  countBelow,
  countGradeConditions,
  countRecovered,
  feverCondition,
  findingCondition,
  givenBy,
  givenLatest,
  risingGradeConditions,
  signCondition,
  weightGradeConditions,
  type Judging,
} from "./explain-conditions";
import type { ConditionVerdict, RecoveryVerdict, RuleVerdict, Verdict } from "./explanation";
import type { DoseEvent, EntryGrade } from "./history";
import { restartDose } from "./restart-dose";
import type { AnimalState, Hold } from "./state";
import { hasRecovered, isToxicity, neutrophilsOf, temperatureOf } from "./toxicities";

const allOf = (conditions: readonly ConditionVerdict[]): Verdict => {
  if (conditions.some(({ verdict }) => verdict === "DOES_NOT_HOLD")) return "DOES_NOT_HOLD";
  return conditions.some(({ verdict }) => verdict === "CANNOT_BE_TOLD") ? "CANNOT_BE_TOLD" : "HOLDS";
};

const anyOf = (conditions: readonly ConditionVerdict[]): Verdict => {
  if (conditions.some(({ verdict }) => verdict === "HOLDS")) return "HOLDS";
  return conditions.some(({ verdict }) => verdict === "DOES_NOT_HOLD") ? "DOES_NOT_HOLD" : "CANNOT_BE_TOLD";
};

type Scene = {
  readonly judging: Judging;
  readonly animal: StudyAnimal;
  /** With the entry's own values remembered. */
  readonly state: AnimalState;
  readonly before: AnimalState;
  readonly event: DoseEvent;
  readonly grades: readonly EntryGrade[];
};

const rowVerdict = (
  row: DecisionRow,
  term: string | null,
  verdict: Verdict,
  conditions: readonly ConditionVerdict[],
  { before, event }: Scene,
): RuleVerdict => ({
  rule: row.rule,
  term,
  source: row.source,
  verdict,
  grade: (verdict === "HOLDS" ? event.toxicities.find((toxicity) => toxicity.term === term)?.grade : undefined) ?? null,
  conditions,
  openSince: verdict === "HOLDS" ? (before.open.find((toxicity) => toxicity.term === term)?.entry ?? null) : null,
});

const gradeRow = (row: DecisionRow, grade: 3 | 4, scene: Scene): readonly RuleVerdict[] => {
  const { judging } = scene;
  const count = COUNT_CRITERIA.find(({ term }) => rowForToxicity(term, grade) === row);
  if (count !== undefined) {
    const conditions = countGradeConditions(count.measurement, grade, judging);
    const verdict = conditions.length === 0 ? "DOES_NOT_HOLD" : allOf(conditions);
    return [rowVerdict(row, count.term, verdict, conditions, scene)];
  }
  const toxicities = RISING_CRITERIA.filter(({ term }) => isToxicity(term, judging.protocol));
  const measured = toxicities.map(({ term, measurement }) => {
    const conditions = risingGradeConditions(measurement, grade, judging);
    return rowVerdict(row, term, allOf(conditions), conditions, scene);
  });
  const weight = weightGradeConditions(judging);
  const weights = grade === 3 ? [rowVerdict(row, WEIGHT_CRITERIA.term, allOf(weight), weight, scene)] : [];
  const findings = judging.entry.kind === "observation" ? judging.entry.findings : [];
  const recorded = findings.map((finding) => {
    const compared = (comparison: "at least" | "at most"): ConditionVerdict =>
      findingCondition(finding.term, finding.grade, comparison, grade, "decision table", judging.entry);
    const conditions = grade === 3 ? [compared("at least"), compared("at most")] : [compared("at least")];
    return rowVerdict(row, finding.term, allOf(conditions), conditions, scene);
  });
  return [...measured, ...weights, ...recorded];
};

/** Febrile neutropenia is looked for at every count of neutrophils and every temperature, and nowhere else. */
const NOT_LOOKED_FOR: ConditionVerdict = {
  subject: "neutrophils or temperature",
  verdict: "CANNOT_BE_TOLD",
  value: null,
  comparison: "recorded",
  cutOff: null,
  baseline: null,
  referenceLimit: null,
  missing: "neutrophils or a temperature in this entry",
};

const febrileRow = (row: DecisionRow, scene: Scene): RuleVerdict => {
  const { judging, state } = scene;
  if (neutrophilsOf(judging.entry) === null && temperatureOf(judging.entry) === null) {
    return rowVerdict(row, FEBRILE_NEUTROPENIA, "CANNOT_BE_TOLD", [NOT_LOOKED_FOR], scene);
  }
  const { latestNeutrophils, latestTemperature } = state;
  const window = judging.protocol.febrileWindowMs;
  const hours = String(window / 3_600_000);
  const apart =
    latestNeutrophils === null || latestTemperature === null
      ? null
      : Math.abs(latestNeutrophils.observedMs - latestTemperature.observedMs);
  const near: ConditionVerdict = {
    subject: "hours between count and temperature",
    verdict: apart === null ? "CANNOT_BE_TOLD" : apart <= window ? "HOLDS" : "DOES_NOT_HOLD",
    value:
      apart === null
        ? null
        : { value: String(Math.round(apart / 36_000) / 100), qualifier: null, unit: "h", entry: null },
    comparison: "at most",
    cutOff: { value: hours, unit: "h", origin: "protocol setting febrileWindowHours" },
    baseline: null,
    referenceLimit: null,
    missing: apart === null ? "both a count and a temperature" : null,
  };
  const conditions = [
    countBelow("neutrophils", givenLatest(latestNeutrophils, "neutrophils"), judging),
    feverCondition(givenLatest(latestTemperature, "temperature"), judging),
    near,
  ];
  return rowVerdict(row, FEBRILE_NEUTROPENIA, allOf(conditions), conditions, scene);
};

const dermatologicRow = (row: DecisionRow, scene: Scene): RuleVerdict => {
  const { entry, protocol } = scene.judging;
  const findings = entry.kind === "observation" ? entry.findings : [];
  const listed = findings.flatMap(({ term, grade }) => {
    const from = protocol.discontinueFindings.get(term);
    return from === undefined
      ? []
      : [findingCondition(term, grade, "at least", from, "protocol setting discontinueFindings", entry)];
  });
  const conditions = [signCondition("exfoliation", entry), signCondition("bullae", entry), ...listed];
  return rowVerdict(row, null, anyOf(conditions), conditions, scene);
};

const lowestLevelRow = (row: DecisionRow, scene: Scene): RuleVerdict => {
  const cited = scene.event.rules.includes("LOWEST_LEVEL");
  return rowVerdict(row, null, cited ? "HOLDS" : "DOES_NOT_HOLD", [], scene);
};

/** Every row of the decision table, as it was judged for this entry. */
export const ruleVerdicts = (scene: Scene): readonly RuleVerdict[] =>
  DECISION_TABLE.flatMap((row) => {
    switch (row.when.kind) {
      case "grade":
        return gradeRow(row, row.when.grade, scene);
      case "febrile-neutropenia":
        return [febrileRow(row, scene)];
      case "severe-dermatologic":
        return [dermatologicRow(row, scene)];
      case "no-restart-dose":
        return [lowestLevelRow(row, scene)];
    }
  });

const recoveryCondition = (term: string, { judging, grades }: Scene): ConditionVerdict => {
  const { entry, protocol } = judging;
  const cbc = entry.kind === "cbc" ? entry : null;
  if (term === FEBRILE_NEUTROPENIA)
    return countRecovered("neutrophils", givenBy(cbc?.neutrophils ?? null, "neutrophils", entry), judging);
  const count = COUNT_CRITERIA.find((row) => row.term === term)?.measurement;
  if (count !== undefined) return countRecovered(count, givenBy(cbc?.[count] ?? null, count, entry), judging);
  const grade = grades.find((candidate) => candidate.term === term)?.grade ?? null;
  return findingCondition(
    term,
    grade,
    "at most",
    protocol.otherRecoverGrade,
    "protocol setting otherRecoverGrade",
    entry,
  );
};

/** Every toxicity of the hold: whether it is open still, whether this entry ends it, and where it lets the animal restart. */
export const recoveryVerdicts = (scene: Scene, hold: Hold): readonly RecoveryVerdict[] =>
  hold.opened.map((term) => {
    const { animal, judging, before, grades } = scene;
    const isOpen =
      before.open.some((toxicity) => toxicity.term === term) ||
      scene.event.toxicities.some((toxicity) => toxicity.term === term);
    const condition = recoveryCondition(term, scene);
    const ended = !isOpen || hasRecovered(term, judging.entry, grades, judging.edges, judging.protocol);
    return {
      term,
      verdict: ended ? "HOLDS" : condition.verdict,
      condition,
      restartDose: restartDose(term, hold.doseBefore, animal, judging.protocol)?.toFixed() ?? null,
    };
  });

export const sceneOf = (
  judging: Judging,
  animal: StudyAnimal,
  states: { readonly before: AnimalState; readonly state: AnimalState },
  event: DoseEvent,
): Scene => ({ judging, animal, ...states, event, grades: gradeEntry(judging.entry, judging.edges).grades });
