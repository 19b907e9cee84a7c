import type { Decimal } from "../decimal";
import type { Instant } from "../record/log-entry";

export type Status = "NOT_STARTED" | "ON_DOSE" | "WITHHELD" | "DISCONTINUED" | "OFF_STUDY";

export type Action =
  "START" | "WITHHOLD" | "REMAIN_WITHHELD" | "RESUME" | "RESUME_PROPOSED" | "SET_DOSE" | "DISCONTINUE" | "OFF_STUDY";

export type RuleName =
  | "NEUTROPENIA_G3"
  | "NEUTROPENIA_G4"
  | "FEBRILE_NEUTROPENIA"
  | "THROMBOCYTOPENIA_G3"
  | "THROMBOCYTOPENIA_G4"
  | "NON_HEMATOLOGIC_G3"
  | "NON_HEMATOLOGIC_G4"
  | "SEVERE_DERMATOLOGIC"
  | "LOWEST_LEVEL";

/** What an event cites: a rule of the table, or the other reasons a status changes for. */
export type Citation = RuleName | "START" | "RECOVERED" | "DIRECTOR_ORDER" | "DISPOSITION";

export type GradedTerm = { readonly term: string; readonly grade: number };

/** One decision. `entry` is the id of the standing version that led to it; doses in the protocol's unit. */
export type DoseEvent = {
  readonly at: Instant;
  readonly entry: string;
  readonly action: Action;
  readonly rules: readonly Citation[];
  readonly fromDose: Decimal;
  readonly toDose: Decimal;
  /** Toxicities that opened in this step, alphabetical. */
  readonly toxicities: readonly GradedTerm[];
};

export type EntryGrade = { readonly entry: string; readonly term: string; readonly grade: number };

export type NotEvaluableReason = "NOT_REPORTED" | "NO_REFERENCE_RANGE" | "NO_BASELINE";
export type NotEvaluable = { readonly entry: string; readonly term: string; readonly reason: NotEvaluableReason };

export type DeviationCode =
  | "BASELINE_INCOMPLETE"
  | "STARTED_WITH_TOXICITY"
  | "DOSED_WHILE_WITHHELD"
  | "DOSED_AFTER_DISCONTINUATION"
  | "WRONG_DOSE"
  | "EXPOSED_BEFORE_RESULT";
export type Deviation = { readonly entry: string; readonly code: DeviationCode };

/** All that follows for one animal from its log. */
export type AnimalHistory = {
  readonly status: Status;
  readonly dose: Decimal;
  readonly openToxicities: readonly string[];
  readonly events: readonly DoseEvent[];
  readonly grades: readonly EntryGrade[];
  readonly notEvaluable: readonly NotEvaluable[];
  readonly deviations: readonly Deviation[];
};
