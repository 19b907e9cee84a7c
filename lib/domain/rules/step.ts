import { ZERO } from "../decimal";
import { isGiven } from "../record/dose-given";
import type { DispositionEntry, DoseEntry, OrderEntry } from "../record/log-entry";
import type { StandingVersion } from "../record/record";
import type { Baseline, BaselineValues } from "../grading/baseline";
import type { EnzymeMeasurement } from "../grading/criteria";
import { edgesFor } from "../grading/edges";
import { gradeEntry, type ClinicalEntry } from "../grading/grade-entry";
import { protocolInForce } from "../study/in-force";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { applyRules } from "./apply-rules";
import { end, eventOf } from "./dose-event";
import type { DoseEvent, EntryGrade, NotEvaluable } from "./history";
import { rememberMeasurements } from "./measurements-seen";
import type { Recorder } from "./recorder";
import { rulesOf } from "./sets/rule-sets";
import type { AnimalState } from "./state";

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

const judgeClinical = (
  { animal, protocols }: Judged,
  before: AnimalState,
  entry: ClinicalEntry,
  recorder: Recorder | null,
): Step => {
  const protocol = protocolInForce(protocols, entry.observedAt.ms);
  const edges = edgesFor(protocol, before.baseline);
  const { grades, notEvaluable } = gradeEntry(entry, edges);
  const state = rememberMeasurements(before, entry, grades);
  if (animal.control || (state.status !== "ON_DOSE" && state.status !== "WITHHELD")) {
    return { state, event: null, grades, notEvaluable };
  }
  const rules = rulesOf(protocol.ruleSet);
  const scene = { animal, protocol, rules, edges, baseline: before.baseline, entry, state, grades };
  const { state: after, event } = applyRules(scene, recorder);
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

/** Takes an animal's state over one standing version. With a recorder what the rules found is taken down too. */
export const step = (
  judged: Judged,
  before: AnimalState,
  { entry, originalId }: StandingVersion,
  recorder: Recorder | null = null,
): Step => {
  switch (entry.kind) {
    case "weight":
    case "cbc":
    case "lft":
    case "observation":
      return judgeClinical(judged, before, entry, recorder);
    case "dose":
      return judgeDose(judged, before, entry, originalId);
    case "order":
      return judgeOrder(before, entry);
    case "disposition":
      return judgeDisposition(before, entry);
  }
};
