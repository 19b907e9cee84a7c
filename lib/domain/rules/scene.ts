import type { Baseline } from "../grading/baseline";
import type { Edges } from "../grading/edges";
import type { ClinicalEntry } from "../grading/grade-entry";
import type { Measured } from "../record/log-entry";
import type { Protocol, StudyAnimal } from "../study/protocol";
import type { Rules } from "./compile-rules";
import type { EntryGrade } from "./history";
import type { AnimalState } from "./state";

/** All that the rules look at when they judge one clinical entry. */
export type Scene = {
  readonly animal: StudyAnimal;
  readonly protocol: Protocol;
  readonly rules: Rules;
  readonly edges: Edges;
  readonly baseline: Baseline | null;
  readonly entry: ClinicalEntry;
  /** Before the step, with the entry's own values remembered. */
  readonly state: AnimalState;
  readonly grades: readonly EntryGrade[];
};

export const temperatureOf = (entry: ClinicalEntry): Measured | null =>
  entry.kind === "observation" ? entry.temperature : null;

export const countOf = (entry: ClinicalEntry, measurement: "neutrophils" | "platelets"): Measured | null =>
  entry.kind === "cbc" ? entry[measurement] : null;
