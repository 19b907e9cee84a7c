import { isGiven } from "../record/dose-given";
import type { DoseEntry, LogEntry } from "../record/log-entry";
import { inArrival, placeOf, type LogInArrival, type ReplayPlace } from "../record/record";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { deviationsOfDose, knownThenOf, sameKnowledge, type KnownThen } from "./deviations";
import type { AnimalHistory, Deviation, DoseEvent, EntryGrade, NotEvaluable } from "./history";
import { followLog, type Knowledge } from "./knowledge";
import { judgedToEnd, stateBeforePlace, stateWithout, type Sequence } from "./sequence";
import type { AnimalState } from "./state";
import type { Judged } from "./step";

/** Earlier than any instant that can be written. */
export const BEFORE_EVERYTHING: number = Number.MIN_SAFE_INTEGER;

/** What was known from an instant on, until the next of its list. */
export type KnownFrom = { readonly fromMs: number; readonly known: KnownThen };

/** All that one more entry, observed and recorded after everything in the log, can depend on. */
export type ReplayState = {
  readonly animal: AnimalState;
  /** The place of the last standing version; null before the first. */
  readonly last: ReplayPlace | null;
  /** Of the whole log, voids included. */
  readonly lastRecordedMs: number;
  /** A dose was observed at the last version's instant: an entry known at that very instant can still change how it is judged. */
  readonly doseAtLast: boolean;
  /** What was known from the last version's instant on: few, as only changes are listed. */
  readonly knownSince: readonly KnownFrom[];
};

export type Replayed = { readonly history: AnimalHistory; readonly state: ReplayState };

type StandingDose = { readonly entry: DoseEntry; readonly originalId: string; readonly observedMs: number };

/** What stands at the end of a log: when the last of it was observed, and the doses that are judged, as they were given. */
const standingAtEnd = (
  judged: Judged,
  { arrivals, revised }: LogInArrival,
): { readonly lastObservedMs: number; readonly doses: readonly StandingDose[] } => {
  const doses: StandingDose[] = [];
  let [lastObservedMs, inOrder] = [BEFORE_EVERYTHING, true];
  const add = (entry: LogEntry, originalId: string, observedMs: number): void => {
    lastObservedMs = Math.max(lastObservedMs, observedMs);
    if (entry.kind !== "dose" || !isGiven(judged.animal, entry)) return;
    inOrder &&= (doses[doses.length - 1]?.observedMs ?? BEFORE_EVERYTHING) <= observedMs;
    doses.push({ entry, originalId, observedMs });
  };
  for (const { entry, observedMs, revisedRecord } of arrivals)
    if (revisedRecord === null) add(entry, entry.id, observedMs);
  for (const [originalId, entry] of revised.standing) add(entry, originalId, entry.observedAt.ms);
  if (!inOrder) doses.sort((left, right) => left.observedMs - right.observedMs);
  return { lastObservedMs, doses };
};

/** What was known when each dose was given, the dose itself in any version left out. */
const knownAtEachDose = (knowledge: Knowledge, doses: readonly StandingDose[]): ReadonlyMap<DoseEntry, KnownThen> => {
  const known = new Map<DoseEntry, KnownThen>();
  for (const { entry, originalId, observedMs } of doses) {
    knowledge.advanceTo(observedMs);
    const state = judgedToEnd(knowledge.sequence);
    // Of all doses only the first one moves the state, so only that one has to be taken out again.
    const without = state.firstDose === originalId ? stateWithout(knowledge.sequence, originalId) : state;
    known.set(entry, knownThenOf(without));
  }
  return known;
};

/** Advances to the end of the log, noting each change of what was known from the last version's instant on. */
const knownFromLastInstant = (knowledge: Knowledge, lastObservedMs: number): readonly KnownFrom[] => {
  const since: KnownFrom[] = [];
  const note = (fromMs: number): void => {
    const known = knownThenOf(judgedToEnd(knowledge.sequence));
    const previous = since[since.length - 1];
    if (previous === undefined || !sameKnowledge(previous.known, known)) since.push({ fromMs, known });
  };
  knowledge.advanceTo(lastObservedMs);
  note(lastObservedMs);
  for (let next = knowledge.nextRecordedMs(); next !== null; next = knowledge.nextRecordedMs()) {
    knowledge.advanceTo(next);
    note(next);
  }
  return since;
};

const collect = (judged: Judged, sequence: Sequence, known: ReadonlyMap<DoseEntry, KnownThen>): AnimalHistory => {
  const { status, dose, open, firstDose } = judgedToEnd(sequence);
  const events: DoseEvent[] = [];
  const grades: EntryGrade[] = [];
  const notEvaluable: NotEvaluable[] = [];
  const deviations: Deviation[] = [];
  sequence.versions.forEach(({ entry, originalId }, place) => {
    const judgement = sequence.steps[place];
    if (judgement === undefined) return;
    if (judgement.event !== null) events.push(judgement.event);
    for (const grade of judgement.grades) grades.push(grade);
    for (const missing of judgement.notEvaluable) notEvaluable.push(missing);
    const knownThen = entry.kind === "dose" ? known.get(entry) : undefined;
    if (entry.kind !== "dose" || knownThen === undefined) return;
    const before = stateBeforePlace(sequence, place);
    for (const deviation of deviationsOfDose(judged, entry, firstDose === originalId, knownThen, before)) {
      deviations.push(deviation);
    }
  });
  return { status, dose, openToxicities: open.map(({ term }) => term), events, grades, notEvaluable, deviations };
};

/**
 * The history of one animal from its log, in whatever order that is given (dose-rules, sections 2 to 5).
 * With `asKnownAtMs` only what was recorded at or before that instant counts.
 */
export const replayAnimal = (
  protocols: readonly Protocol[],
  animal: StudyAnimal,
  log: readonly LogEntry[],
  asKnownAtMs: number = Infinity,
): Replayed => {
  const judged: Judged = { animal, protocols };
  const knownLog = asKnownAtMs === Infinity ? log : log.filter(({ recordedAt }) => recordedAt.ms <= asKnownAtMs);
  const told = inArrival(knownLog);
  const { lastObservedMs, doses } = standingAtEnd(judged, told);
  const knowledge = followLog(judged, told);
  const known = knownAtEachDose(knowledge, doses);
  const knownSince = knownFromLastInstant(knowledge, lastObservedMs);
  const history = collect(judged, knowledge.sequence, known);

  const { versions } = knowledge.sequence;
  const lastVersion = versions[versions.length - 1];
  return {
    history,
    state: {
      animal: judgedToEnd(knowledge.sequence),
      last: lastVersion === undefined ? null : placeOf(lastVersion),
      lastRecordedMs: told.arrivals[told.arrivals.length - 1]?.recordedMs ?? BEFORE_EVERYTHING,
      doseAtLast: doses[doses.length - 1]?.observedMs === lastObservedMs,
      knownSince,
    },
  };
};
