import { compareCodePoints } from "../record/code-points";
import type { Measured } from "../record/log-entry";
import { isAtLeast, isBelow } from "../grading/compare";
import { COUNT_CRITERIA, isLaboratoryTerm } from "../grading/criteria";
import type { CountEdges, Edges } from "../grading/edges";
import type { ClinicalEntry } from "../grading/grade-entry";
import type { Protocol } from "../study/protocol";
import { FEBRILE_NEUTROPENIA } from "./decision-table";
import type { EntryGrade, GradedTerm } from "./history";
import type { AnimalState, LatestValue, OpenToxicity } from "./state";

/** What a clinical entry did to the toxicities of an animal on study drug. */
export type ToxicityChange = {
  readonly open: readonly OpenToxicity[];
  readonly opened: readonly GradedTerm[];
  readonly closedAny: boolean;
};

const knownEdges = (edges: Edges, measurement: "neutrophils" | "platelets"): CountEdges | null => {
  const found = edges[measurement];
  return typeof found === "string" ? null : found;
};

export const temperatureOf = (entry: ClinicalEntry): Measured | null =>
  entry.kind === "observation" ? entry.temperature : null;

export const neutrophilsOf = (entry: ClinicalEntry): Measured | null =>
  entry.kind === "cbc" ? entry.neutrophils : null;

/** Whether the latest neutrophils and the latest temperature are both out of bounds and close enough in time. */
const isFebrileNeutropenia = (
  neutrophils: LatestValue,
  temperature: LatestValue,
  edges: CountEdges,
  protocol: Protocol,
): boolean =>
  isBelow(neutrophils.measured, edges.grade3Below) &&
  isAtLeast(temperature.measured, protocol.feverCelsius) &&
  Math.abs(neutrophils.observedMs - temperature.observedMs) <= protocol.febrileWindowMs;

/** Its grade, where this entry shows it: 4 if the count is below the cut-off of grade 4, else 3. */
const febrileGrade = (entry: ClinicalEntry, state: AnimalState, edges: Edges, protocol: Protocol): 3 | 4 | null => {
  if (neutrophilsOf(entry) === null && temperatureOf(entry) === null) return null;
  const { latestNeutrophils, latestTemperature } = state;
  const countEdges = knownEdges(edges, "neutrophils");
  if (latestNeutrophils === null || latestTemperature === null || countEdges === null) return null;
  if (!isFebrileNeutropenia(latestNeutrophils, latestTemperature, countEdges, protocol)) return null;
  return countEdges.grade4Below !== null && isBelow(latestNeutrophils.measured, countEdges.grade4Below) ? 4 : 3;
};

const hasRecoveredCount = (entry: ClinicalEntry, measurement: "neutrophils" | "platelets", edges: Edges): boolean => {
  const count = entry.kind === "cbc" ? entry[measurement] : null;
  const countEdges = knownEdges(edges, measurement);
  return count !== null && countEdges !== null && isAtLeast(count, countEdges.recoverAt);
};

/** Whether this entry shows that an open toxicity has recovered. No news is not recovery. */
export const hasRecovered = (
  term: string,
  entry: ClinicalEntry,
  grades: readonly EntryGrade[],
  edges: Edges,
  protocol: Protocol,
): boolean => {
  if (term === FEBRILE_NEUTROPENIA) return hasRecoveredCount(entry, "neutrophils", edges);
  const count = COUNT_CRITERIA.find((row) => row.term === term);
  if (count !== undefined) return hasRecoveredCount(entry, count.measurement, edges);
  const grade = grades.find((candidate) => candidate.term === term)?.grade;
  return grade !== undefined && grade <= protocol.otherRecoverGrade;
};

/** A laboratory term is a toxicity only where the protocol lets it hold. */
export const isToxicity = (term: string, { laboratoryTerms }: Protocol): boolean =>
  !isLaboratoryTerm(term) || laboratoryTerms.get(term) === "hold";

const NOTHING_OPENED: readonly GradedTerm[] = [];

/** Opens, raises and closes toxicities by what one entry shows. `state` already holds the entry's own values. */
export const applyGrades = (
  entry: ClinicalEntry,
  grades: readonly EntryGrade[],
  state: AnimalState,
  edges: Edges,
  protocol: Protocol,
): ToxicityChange => {
  const shown: GradedTerm[] = [];
  for (const grade of grades) if (grade.grade >= 3 && isToxicity(grade.term, protocol)) shown.push(grade);
  const febrile = febrileGrade(entry, state, edges, protocol);
  if (febrile !== null) shown.push({ term: FEBRILE_NEUTROPENIA, grade: febrile });
  if (shown.length === 0 && state.open.length === 0) {
    return { open: state.open, opened: NOTHING_OPENED, closedAny: false };
  }

  const opened: GradedTerm[] = [];
  const open: OpenToxicity[] = [];
  let closedAny = false;
  for (const toxicity of state.open) {
    const now = shown.find((candidate) => candidate.term === toxicity.term);
    if (now !== undefined) open.push(now.grade > toxicity.grade ? { ...toxicity, grade: now.grade } : toxicity);
    else if (hasRecovered(toxicity.term, entry, grades, edges, protocol)) closedAny = true;
    else open.push(toxicity);
  }
  for (const { term, grade } of shown) {
    if (state.open.some((toxicity) => toxicity.term === term)) continue;
    opened.push({ term, grade });
    open.push({ term, grade, entry: entry.id });
  }
  opened.sort((left, right) => compareCodePoints(left.term, right.term));
  open.sort((left, right) => compareCodePoints(left.term, right.term));
  return { open, opened, closedAny };
};
