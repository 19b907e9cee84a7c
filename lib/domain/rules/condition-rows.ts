import { isAtLeast, isBelow } from "../grading/compare";
import type { ConditionVerdict, Verdict } from "./explanation";
import { countCutOff, type Shown } from "./grade-rows";
import { recordRule, type Recorder } from "./recorder";
import { countOf, temperatureOf, type Scene } from "./scene";
import type { DermatologicRow, FebrileRow } from "./sets/rule-set";
import {
  givenIn,
  givenLatest,
  statedComparison,
  statedGrade,
  statedInterval,
  statedSign,
  type Given,
} from "./stated-values";
import { FEBRILE_NEUTROPENIA } from "./toxicity-terms";
import { allOf, verdictOf } from "./verdicts";

type FebrileVerdicts = { readonly low: Verdict; readonly fever: Verdict; readonly near: Verdict };

const judgeFebrile = ({ when }: FebrileRow, { state, edges, protocol }: Scene): FebrileVerdicts => {
  const { latestNeutrophils: count, latestTemperature: temperature } = state;
  const cutOffs = edges.neutrophils;
  return {
    low:
      count === null || typeof cutOffs === "string"
        ? "NOT_EVALUABLE"
        : verdictOf(isBelow(count.measured, cutOffs[when.below])),
    fever: temperature === null ? "NOT_EVALUABLE" : verdictOf(isAtLeast(temperature.measured, protocol[when.atLeast])),
    near:
      count === null || temperature === null
        ? "NOT_EVALUABLE"
        : verdictOf(Math.abs(count.observedMs - temperature.observedMs) <= protocol[when.within]),
  };
};

const statedFebrile = (
  { when }: FebrileRow,
  { low, fever, near }: FebrileVerdicts,
  count: Given,
  temperature: Given,
  scene: Scene,
): readonly ConditionVerdict[] => {
  const { latestNeutrophils, latestTemperature } = scene.state;
  const feverOrigin = { kind: "setting", setting: when.atLeast, percentOfBaseline: null } as const;
  const apart =
    latestNeutrophils === null || latestTemperature === null
      ? null
      : Math.abs(latestNeutrophils.observedMs - latestTemperature.observedMs);
  return [
    statedComparison(scene, low, {
      subject: "neutrophils",
      given: count,
      comparison: "below",
      cutOff: countCutOff("neutrophils", when.below, scene) ?? "NO_BASELINE",
    }),
    statedComparison(scene, fever, {
      subject: "temperature",
      given: temperature,
      comparison: "atLeast",
      cutOff: { at: scene.protocol[when.atLeast], origin: feverOrigin },
    }),
    statedInterval(near, apart, scene.protocol[when.within]),
  ];
};

/** Febrile neutropenia is looked for at every count of neutrophils and every temperature, and nowhere else. */
const NOT_LOOKED_FOR: FebrileVerdicts = { low: "NOT_EVALUABLE", fever: "NOT_EVALUABLE", near: "NOT_EVALUABLE" };

/** The febrile neutropenia that an entry shows. */
export const judgeFebrileRow = (row: FebrileRow, scene: Scene, recorder: Recorder | null): Shown | null => {
  const { entry, state, edges } = scene;
  const ownCount = countOf(entry, "neutrophils");
  const ownTemperature = temperatureOf(entry);
  const isLookedFor = ownCount !== null || ownTemperature !== null;
  if (!isLookedFor && recorder === null) return null;
  const verdicts = isLookedFor ? judgeFebrile(row, scene) : NOT_LOOKED_FOR;
  const verdict = allOf([verdicts.low, verdicts.fever, verdicts.near]);
  const worst = typeof edges.neutrophils === "string" ? null : edges.neutrophils[row.when.grade4Below];
  const isWorst =
    worst !== null && state.latestNeutrophils !== null && isBelow(state.latestNeutrophils.measured, worst);
  const shown = { term: FEBRILE_NEUTROPENIA, grade: isWorst ? 4 : 3, row };
  if (recorder !== null) {
    const count = isLookedFor ? givenLatest(state.latestNeutrophils) : givenIn(ownCount, scene);
    const temperature = isLookedFor ? givenLatest(state.latestTemperature) : givenIn(ownTemperature, scene);
    const conditions = statedFebrile(row, verdicts, count, temperature, scene);
    recordRule(recorder, scene, { ...shown, verdict, conditions: isLookedFor ? conditions : conditions.slice(0, 2) });
  }
  return verdict === "MET" ? shown : null;
};

/** Whether the entry shows a sign or a finding that is enough by itself. */
export const isDermatologic = (row: DermatologicRow, scene: Scene, recorder: Recorder | null): boolean => {
  const { entry, protocol } = scene;
  const { signs, findings } = row.when;
  if (entry.kind !== "observation" && recorder === null) return false;
  const seen = entry.kind === "observation" ? entry : null;
  const conditions: ConditionVerdict[] = [];
  let isMet = false;
  for (const sign of signs) {
    const verdict = seen === null ? "NOT_EVALUABLE" : verdictOf(seen[sign]);
    isMet ||= verdict === "MET";
    if (recorder !== null) conditions.push(statedSign(verdict, sign));
  }
  for (const { term, grade } of seen?.findings ?? []) {
    const from = protocol[findings].get(term);
    if (from === undefined) continue;
    const verdict = verdictOf(grade >= from);
    isMet ||= verdict === "MET";
    const origin = { kind: "setting", setting: findings, percentOfBaseline: null } as const;
    if (recorder !== null) conditions.push(statedGrade(scene, verdict, term, grade, "atLeast", from, origin));
  }
  const verdict = isMet ? "MET" : seen === null ? "NOT_EVALUABLE" : "NOT_MET";
  if (recorder !== null) recordRule(recorder, scene, { row, term: null, grade: null, verdict, conditions });
  return isMet;
};
