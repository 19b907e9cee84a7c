import { compareInReplayOrder, type StandingVersion } from "../record/record";
import { INITIAL_STATE, type AnimalState } from "./state";
import { step, type Judged, type Step } from "./step";

/**
 * The standing versions in the order of replay, each judged at most once until something before it changes. Entries
 * mostly arrive in the order in which they happened, so what was known at each instant, and what is known now, come out
 * of one pass; a late entry or a correction costs the steps after it again.
 */
export type Sequence = {
  readonly judged: Judged;
  readonly versions: StandingVersion[];
  /** The steps that still hold: `steps[i]` is what `versions[i]` did. Never longer than `versions`. */
  readonly steps: Step[];
};

export const newSequence = (judged: Judged): Sequence => ({ judged, versions: [], steps: [] });

/** The first place whose version does not come before this one. */
const placeFor = (versions: readonly StandingVersion[], version: StandingVersion): number => {
  const last = versions[versions.length - 1];
  if (last === undefined || compareInReplayOrder(last, version) < 0) return versions.length;
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = versions[middle];
    if (candidate !== undefined && compareInReplayOrder(candidate, version) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

const forgetStepsFrom = (sequence: Sequence, place: number): void => {
  if (sequence.steps.length > place) sequence.steps.length = place;
};

export const insertVersion = (sequence: Sequence, version: StandingVersion): void => {
  const place = placeFor(sequence.versions, version);
  if (place === sequence.versions.length) sequence.versions.push(version);
  else {
    sequence.versions.splice(place, 0, version);
    forgetStepsFrom(sequence, place);
  }
};

export const removeVersion = (sequence: Sequence, version: StandingVersion): void => {
  const place = placeFor(sequence.versions, version);
  sequence.versions.splice(place, 1);
  forgetStepsFrom(sequence, place);
};

const stateBefore = (steps: readonly Step[], place: number): AnimalState => steps[place - 1]?.state ?? INITIAL_STATE;

/** Judges what has not been judged yet, and gives the state after everything. */
export const judgedToEnd = (sequence: Sequence): AnimalState => {
  const { judged, versions, steps } = sequence;
  let state = stateBefore(steps, steps.length);
  for (let place = steps.length; place < versions.length; place += 1) {
    const version = versions[place];
    if (version === undefined) break;
    const next = step(judged, state, version);
    steps.push(next);
    state = next.state;
  }
  return state;
};

/** The state just before the version at this place; everything must have been judged. */
export const stateBeforePlace = (sequence: Sequence, place: number): AnimalState => stateBefore(sequence.steps, place);

/** The state after everything, had one record never been there. */
export const stateWithout = (sequence: Sequence, originalId: string): AnimalState => {
  judgedToEnd(sequence);
  const place = sequence.versions.findIndex((version) => version.originalId === originalId);
  let state = stateBefore(sequence.steps, place);
  for (const version of sequence.versions.slice(place + 1)) state = step(sequence.judged, state, version).state;
  return state;
};
