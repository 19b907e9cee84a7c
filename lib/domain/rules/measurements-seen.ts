import type { Measured } from "../record/log-entry";
import type { BaselineValue, BaselineValues } from "../grading/baseline";
import type { BaselineMeasurement } from "../grading/criteria";
import type { ClinicalEntry } from "../grading/grade-entry";
import type { EntryGrade } from "./history";
import { SEEN, type AnimalState, type LatestValue } from "./state";

type Value = readonly [BaselineMeasurement, Measured | null];

const baselineValuesOf = (entry: ClinicalEntry): readonly Value[] => {
  switch (entry.kind) {
    case "weight":
      return [["weight", entry.grams]];
    case "cbc":
      return [
        ["neutrophils", entry.neutrophils],
        ["platelets", entry.platelets],
      ];
    case "lft":
      return [
        ["alt", entry.alt],
        ["ast", entry.ast],
        ["bilirubin", entry.bilirubin],
        ["alp", entry.alp],
        ["ggt", entry.ggt],
        ["creatinine", entry.creatinine],
      ];
    case "observation":
      return [];
  }
};

const withToxicTerms = (terms: readonly string[], grades: readonly EntryGrade[]): readonly string[] => {
  let next = terms;
  for (const { term, grade } of grades) {
    const listed = next.includes(term);
    if (grade >= 3 && !listed) next = [...next, term];
    else if (grade < 3 && listed) next = next.filter((candidate) => candidate !== term);
  }
  return next;
};

const latest = (measured: Measured, entry: ClinicalEntry): LatestValue => ({
  measured,
  observedMs: entry.observedAt.ms,
  entry: entry.id,
});

/** The state with an entry's values remembered: what was seen, the baselines so far, the latest count and temperature. */
export const rememberMeasurements = (
  state: AnimalState,
  entry: ClinicalEntry,
  grades: readonly EntryGrade[],
): AnimalState => {
  let seen = state.seen;
  let baselines: BaselineValues | null = null;
  if (entry.kind === "observation" && !entry.notMade) seen |= SEEN.observation;
  for (const [measurement, measured] of baselineValuesOf(entry)) {
    if (measured === null) continue;
    seen |= SEEN[measurement];
    if (state.firstDose !== null || measured.qualifier !== null) continue;
    const value: BaselineValue = { value: measured.value, entry: entry.id };
    baselines = { ...(baselines ?? state.beforeFirstDose), [measurement]: value };
  }
  const neutrophils = entry.kind === "cbc" ? entry.neutrophils : null;
  const temperature = entry.kind === "observation" ? entry.temperature : null;
  const toxicTerms = withToxicTerms(state.toxicTerms, grades);
  if (
    seen === state.seen &&
    baselines === null &&
    neutrophils === null &&
    temperature === null &&
    toxicTerms === state.toxicTerms
  ) {
    return state;
  }
  // Written out field by field: this is made anew at every value, and a spread takes fifty times as long.
  return {
    status: state.status,
    dose: state.dose,
    hold: state.hold,
    open: state.open,
    firstDose: state.firstDose,
    firstDoseMs: state.firstDoseMs,
    beforeFirstDose: baselines ?? state.beforeFirstDose,
    baseline: state.baseline,
    latestNeutrophils: neutrophils === null ? state.latestNeutrophils : latest(neutrophils, entry),
    latestTemperature: temperature === null ? state.latestTemperature : latest(temperature, entry),
    toxicTerms,
    seen,
  };
};
