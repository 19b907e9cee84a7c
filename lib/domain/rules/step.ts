import { ZERO, type Decimal } from "../decimal";
import { compareCodePoints } from "../record/code-points";
import { isGiven } from "../record/dose-given";
import type { DispositionEntry, DoseEntry, ObservationEntry, ObservedEntry, OrderEntry } from "../record/log-entry";
import type { StandingVersion } from "../record/record";
import type { Baseline, BaselineValues } from "../grading/baseline";
import type { EnzymeMeasurement } from "../grading/criteria";
import { edgesFor } from "../grading/edges";
import { gradeEntry, type ClinicalEntry } from "../grading/grade-entry";
import { protocolInForce } from "../study/in-force";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { rowForToxicity } from "./decision-table";
import type { Action, Citation, DoseEvent, EntryGrade, GradedTerm, NotEvaluable } from "./history";
import { rememberMeasurements } from "./measurements-seen";
import { restartDose, restartDoseOfHold } from "./restart-dose";
import type { AnimalState, Hold } from "./state";
import { applyGrades } from "./toxicities";

/** One entry judged: the state after it, and what it adds to the history. At most one event follows from an entry. */
export type Step = {
  readonly state: AnimalState;
  readonly event: DoseEvent | null;
  readonly grades: readonly EntryGrade[];
  readonly notEvaluable: readonly NotEvaluable[];
};

export type Judged = { readonly animal: StudyAnimal; readonly protocols: readonly Protocol[] };

const NONE: readonly never[] = [];

const unjudged = (state: AnimalState): Step => ({ state, event: null, grades: NONE, notEvaluable: NONE });

type EventParts = { readonly action: Action; readonly rules: Iterable<Citation>; readonly toDose: Decimal };

const eventOf = (
  entry: ObservedEntry,
  before: AnimalState,
  { action, rules, toDose }: EventParts,
  toxicities: readonly GradedTerm[] = NONE,
): DoseEvent => ({
  at: entry.observedAt,
  entry: entry.id,
  action,
  rules: [...new Set(rules)].sort(compareCodePoints),
  fromDose: before.dose,
  toDose,
  toxicities,
});

const end = (state: AnimalState, status: "DISCONTINUED" | "OFF_STUDY"): AnimalState => ({
  ...state,
  status,
  dose: ZERO,
  hold: null,
  open: NONE,
});

/** Exfoliation, bullae, or a finding of the protocol's list at its grade or above. */
const isSevereDermatologic = (entry: ClinicalEntry, protocol: Protocol): entry is ObservationEntry =>
  entry.kind === "observation" &&
  (entry.exfoliation ||
    entry.bullae ||
    entry.findings.some(({ term, grade }) => grade >= (protocol.discontinueFindings.get(term) ?? Infinity)));

const citationsOf = (opened: readonly GradedTerm[]): readonly Citation[] =>
  opened.map(({ term, grade }) => rowForToxicity(term, grade)?.rule).filter((rule) => rule !== undefined);

/** The rules, for an animal on study drug that is not a control (dose-rules, section 4, "The step"). */
const applyRules = (
  { animal }: Judged,
  protocol: Protocol,
  state: AnimalState,
  entry: ClinicalEntry,
  grades: readonly EntryGrade[],
): { readonly state: AnimalState; readonly event: DoseEvent | null } => {
  const { open, opened, closedAny } = applyGrades(entry, grades, state, edgesFor(protocol, state.baseline), protocol);
  const citations = citationsOf(opened);
  const discontinue = (rules: readonly Citation[]): { state: AnimalState; event: DoseEvent } => ({
    state: end(state, "DISCONTINUED"),
    event: eventOf(entry, state, { action: "DISCONTINUE", rules, toDose: ZERO }, opened),
  });

  if (isSevereDermatologic(entry, protocol)) return discontinue([...citations, "SEVERE_DERMATOLOGIC"]);

  const hold: Hold = state.hold ?? { doseBefore: state.dose, byOrder: false, opened: NONE };
  if (opened.length > 0) {
    const permitted = opened.every(({ term }) => restartDose(term, hold.doseBefore, animal, protocol) !== null);
    if (!permitted) return discontinue([...citations, "LOWEST_LEVEL"]);
    const action = state.status === "ON_DOSE" ? "WITHHOLD" : "REMAIN_WITHHELD";
    const terms = new Set([...hold.opened, ...opened.map(({ term }) => term)]);
    return {
      state: {
        ...state,
        status: "WITHHELD",
        dose: ZERO,
        open,
        hold: { ...hold, opened: [...terms].sort(compareCodePoints) },
      },
      event: eventOf(entry, state, { action, rules: citations, toDose: ZERO }, opened),
    };
  }

  const next = open === state.open ? state : { ...state, open };
  if (state.status !== "WITHHELD" || hold.byOrder || !closedAny || open.length > 0) return { state: next, event: null };
  const dose = restartDoseOfHold(hold.opened, hold.doseBefore, animal, protocol);
  if (dose === null) return discontinue(["LOWEST_LEVEL"]);
  if (protocol.resumePolicy === "on-order") {
    return {
      state: next,
      event: eventOf(entry, state, { action: "RESUME_PROPOSED", rules: ["RECOVERED"], toDose: dose }),
    };
  }
  return {
    state: { ...next, status: "ON_DOSE", dose, hold: null },
    event: eventOf(entry, state, { action: "RESUME", rules: ["RECOVERED"], toDose: dose }),
  };
};

const judgeClinical = (judged: Judged, before: AnimalState, entry: ClinicalEntry): Step => {
  const protocol = protocolInForce(judged.protocols, entry.observedAt.ms);
  const { grades, notEvaluable } = gradeEntry(entry, edgesFor(protocol, before.baseline));
  const state = rememberMeasurements(before, entry, grades);
  if (judged.animal.control || (state.status !== "ON_DOSE" && state.status !== "WITHHELD")) {
    return { state, event: null, grades, notEvaluable };
  }
  const { state: after, event } = applyRules(judged, protocol, state, entry, grades);
  return { state: after, event, grades, notEvaluable };
};

/** A count or creatinine of 0 is no baseline: neither a percentage nor a multiple can be taken of it. */
const settleBaseline = (values: BaselineValues, protocol: Protocol): Baseline => {
  const above = (measurement: EnzymeMeasurement): boolean => {
    const upper = protocol.referenceRanges[measurement].upper;
    const own = values[measurement];
    return upper !== null && own !== null && own.value.gt(upper);
  };
  return {
    values: {
      ...values,
      neutrophils: values.neutrophils?.value.isZero() ? null : values.neutrophils,
      platelets: values.platelets?.value.isZero() ? null : values.platelets,
      creatinine: values.creatinine?.value.isZero() ? null : values.creatinine,
    },
    aboveUpperLimit: {
      alt: above("alt"),
      ast: above("ast"),
      bilirubin: above("bilirubin"),
      alp: above("alp"),
      ggt: above("ggt"),
    },
  };
};

const judgeDose = (judged: Judged, before: AnimalState, entry: DoseEntry, record: string): Step => {
  const isFirst = before.firstDose === null && isGiven(judged.animal, entry);
  if (!isFirst) return unjudged(before);
  const baseline = settleBaseline(before.beforeFirstDose, protocolInForce(judged.protocols, entry.observedAt.ms));
  const state = { ...before, firstDose: record, firstDoseMs: entry.observedAt.ms, baseline };
  if (before.status !== "NOT_STARTED") return unjudged(state);
  const dose = judged.animal.startingDose;
  return {
    ...unjudged({ ...state, status: "ON_DOSE", dose }),
    event: eventOf(entry, before, { action: "START", rules: ["START"], toDose: dose }),
  };
};

/** An order that does not apply in the present state does nothing and makes no event. */
const judgeOrder = (before: AnimalState, entry: OrderEntry): Step => {
  const { status, hold } = before;
  if (status !== "ON_DOSE" && status !== "WITHHELD") return unjudged(before);
  const byOrder = (state: AnimalState): Step => ({
    ...unjudged(state),
    event: eventOf(entry, before, { action: entry.action, rules: ["DIRECTOR_ORDER"], toDose: state.dose }),
  });
  switch (entry.action) {
    case "WITHHOLD":
      if (hold !== null) return unjudged(hold.byOrder ? before : { ...before, hold: { ...hold, byOrder: true } });
      return byOrder({
        ...before,
        status: "WITHHELD",
        dose: ZERO,
        hold: { doseBefore: before.dose, byOrder: true, opened: NONE },
      });
    case "RESUME":
      if (status !== "WITHHELD") return unjudged(before);
      return byOrder({ ...before, status: "ON_DOSE", dose: entry.dose, hold: null, open: NONE });
    case "SET_DOSE":
      if (status !== "ON_DOSE") return unjudged(before);
      return byOrder({ ...before, dose: entry.dose, open: NONE });
    case "DISCONTINUE":
      return byOrder(end(before, "DISCONTINUED"));
  }
};

const judgeDisposition = (before: AnimalState, entry: DispositionEntry): Step =>
  before.status === "OFF_STUDY"
    ? unjudged(before)
    : {
        ...unjudged(end(before, "OFF_STUDY")),
        event: eventOf(entry, before, { action: "OFF_STUDY", rules: ["DISPOSITION"], toDose: ZERO }),
      };

/** Takes an animal's state over one standing version. */
export const step = (judged: Judged, before: AnimalState, { entry, originalId }: StandingVersion): Step => {
  switch (entry.kind) {
    case "weight":
    case "cbc":
    case "lft":
    case "observation":
      return judgeClinical(judged, before, entry);
    case "dose":
      return judgeDose(judged, before, entry, originalId);
    case "order":
      return judgeOrder(before, entry);
    case "disposition":
      return judgeDisposition(before, entry);
  }
};
