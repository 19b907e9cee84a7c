import { isGiven } from "../record/dose-given";
import type { ObservedEntry } from "../record/log-entry";
import { comparePlaces, type ReplayPlace } from "../record/record";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { deviationsOfDose, knownThenOf, sameKnowledge, type KnownThen } from "./deviations";
import type { Deviation, DoseEvent, EntryGrade, NotEvaluable } from "./history";
import { BEFORE_EVERYTHING, type KnownFrom, type ReplayState } from "./replay";
import { INITIAL_STATE } from "./state";
import { step, type Judged } from "./step";

export type Continued = {
  readonly state: ReplayState;
  readonly events: readonly DoseEvent[];
  readonly grades: readonly EntryGrade[];
  readonly notEvaluable: readonly NotEvaluable[];
  readonly deviations: readonly Deviation[];
};

export const INITIAL_REPLAY_STATE: ReplayState = {
  animal: INITIAL_STATE,
  last: null,
  lastRecordedMs: BEFORE_EVERYTHING,
  doseAtLast: false,
  knownSince: [{ fromMs: BEFORE_EVERYTHING, known: knownThenOf(INITIAL_STATE) }],
};

/**
 * Whether the entry comes after everything, in what happened and in what was known. An entry known at the very instant
 * of a dose already judged could still change what was known at that dose.
 */
const comesLast = (state: ReplayState, entry: ObservedEntry, place: ReplayPlace): boolean => {
  if (entry.corrects !== null) return false;
  if (entry.recordedAt.ms < state.lastRecordedMs) return false;
  if (state.last === null) return true;
  if (comparePlaces(state.last, place) >= 0) return false;
  return !(state.doseAtLast && entry.recordedAt.ms === state.last.observedMs);
};

const knownAt = (state: ReplayState, instantMs: number): KnownThen => {
  let known: KnownThen = knownThenOf(INITIAL_STATE);
  for (const since of state.knownSince) if (since.fromMs <= instantMs) known = since.known;
  return known;
};

/** The list kept short: what was known at the new last instant, and the changes after it. */
const knownFromNow = (since: readonly KnownFrom[], observedMs: number, added: KnownFrom): readonly KnownFrom[] => {
  if (added.fromMs <= observedMs) return [added];
  const earlier = since.filter(({ fromMs }) => fromMs < added.fromMs);
  const current = earlier.findLastIndex(({ fromMs }) => fromMs <= observedMs);
  const kept = earlier
    .slice(Math.max(current, 0))
    .map((item, index) => (index === 0 ? { ...item, fromMs: observedMs } : item));
  const last = kept[kept.length - 1];
  return last !== undefined && sameKnowledge(last.known, added.known) ? kept : [...kept, added];
};

/**
 * One more entry on a replayed log, in constant time. Null when the entry does not come after everything (a late entry, a
 * correction): the log has to be replayed. What it gives is what the replay would: no earlier part of a history changes.
 */
export const continueReplay = (
  protocols: readonly Protocol[],
  animal: StudyAnimal,
  state: ReplayState,
  entry: ObservedEntry,
): Continued | null => {
  const place = { observedMs: entry.observedAt.ms, originalRecordedMs: entry.recordedAt.ms, originalId: entry.id };
  if (!comesLast(state, entry, place)) return null;

  const judged: Judged = { animal, protocols };
  const next = step(judged, state.animal, { entry, originalId: entry.id, originalRecordedMs: entry.recordedAt.ms });
  const isJudged = entry.kind === "dose" && isGiven(animal, entry);
  const deviations = isJudged
    ? deviationsOfDose(
        judged,
        entry,
        next.state.firstDose === entry.id,
        knownAt(state, entry.observedAt.ms),
        state.animal,
      )
    : [];
  const sameInstant = state.last !== null && state.last.observedMs === entry.observedAt.ms;
  return {
    state: {
      animal: next.state,
      last: place,
      lastRecordedMs: entry.recordedAt.ms,
      doseAtLast: isJudged || (sameInstant && state.doseAtLast),
      knownSince: knownFromNow(state.knownSince, entry.observedAt.ms, {
        fromMs: entry.recordedAt.ms,
        known: knownThenOf(next.state),
      }),
    },
    events: next.event === null ? [] : [next.event],
    grades: next.grades,
    notEvaluable: next.notEvaluable,
    deviations,
  };
};
