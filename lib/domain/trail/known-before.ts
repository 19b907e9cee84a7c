import { followLog } from "../rules/knowledge";
import type { DoseEvent, EntryGrade } from "../rules/history";
import { judgedToEnd } from "../rules/sequence";
import type { AnimalState } from "../rules/state";
import type { LogEntry } from "../record/log-entry";
import { inArrival } from "../record/record";
import type { Protocol, StudyAnimal } from "../study/protocol";

/** What was known of an animal at an instant. */
export type Known = {
  /** The grades of a version that stood then; none where it did not. */
  readonly gradesOf: (entryId: string) => readonly EntryGrade[];
  /** The last decision about what had happened by then. */
  readonly lastEventBy: (observedMs: number) => DoseEvent | null;
  readonly state: AnimalState;
};

/**
 * What was known just before an entry was recorded. Asked in the order of recording, so that the log is followed once, not
 * replayed for each of them; an answer holds until the next question.
 */
export const knownBeforeEach = (
  protocols: readonly Protocol[],
  animal: StudyAnimal,
  log: readonly LogEntry[],
): ((recordedMs: number) => Known) => {
  const knowledge = followLog({ animal, protocols }, inArrival(log));
  const { versions, steps } = knowledge.sequence;
  return (recordedMs) => {
    knowledge.advanceTo(recordedMs - 1);
    return {
      state: judgedToEnd(knowledge.sequence),
      gradesOf: (entryId) => steps[versions.findIndex(({ entry }) => entry.id === entryId)]?.grades ?? [],
      lastEventBy: (observedMs) =>
        steps.findLast(({ event }) => event !== null && event.at.ms <= observedMs)?.event ?? null,
    };
  };
};
