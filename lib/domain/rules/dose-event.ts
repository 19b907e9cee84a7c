import { ZERO, type Decimal } from "../decimal";
import { compareCodePoints } from "../record/code-points";
import type { ObservedEntry } from "../record/log-entry";
import type { Action, Citation, DoseEvent, GradedTerm } from "./history";
import type { AnimalState } from "./state";

type EventParts = {
  readonly action: Action;
  readonly rules: Iterable<Citation>;
  readonly toDose: Decimal;
  readonly toxicities?: readonly GradedTerm[];
};

export const eventOf = (
  entry: ObservedEntry,
  before: AnimalState,
  { action, rules, toDose, toxicities = [] }: EventParts,
): DoseEvent => ({
  at: entry.observedAt,
  entry: entry.id,
  action,
  rules: [...new Set(rules)].sort(compareCodePoints),
  fromDose: before.dose,
  toDose,
  toxicities,
});

/** The end of dosing: every open toxicity is closed. */
export const end = (state: AnimalState, status: "DISCONTINUED" | "OFF_STUDY"): AnimalState => ({
  ...state,
  status,
  dose: ZERO,
  hold: null,
  open: [],
});
