import "server-only";
import { keptEventKey } from "@/lib/domain/rules/event-key";
import type { ExplainedEvent } from "@/lib/domain/rules/explanation";
import { readState } from "@/lib/domain/rules/state-document";
import type { StateDocument } from "@/lib/domain/rules/state-document";
import type { Protocol } from "@/lib/domain/study/protocol";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import { EMPTY_SUMMARY } from "@/lib/domain/animal/animal-summary";
import type { AnimalSummary } from "@/lib/domain/animal/animal-summary";
import type { LockedAnimal } from "@/lib/server/store/lock-animals";
import { standingEvents } from "@/lib/server/store/read-runs";
import type { StoredEvent } from "@/lib/server/store/read-runs";
import type { Transaction } from "@/lib/server/db/transaction";
import type { NewRunRow, StateRow } from "@/lib/server/store/write-log";
import { judgeByContinuing, judgeByReplaying } from "@/lib/server/judging/judge-entries";
import type { EntryJudgement, Judgement } from "@/lib/server/judging/judge-entries";
import { runRow, stateRow } from "@/lib/server/judging/run-rows";
import type { RunIdentity } from "@/lib/server/judging/run-rows";
import { readStoredLog } from "@/lib/server/judging/stored-log";
import { protocolFor, studyAnimal } from "@/lib/server/judging/study-rules";
import type { StudyRules } from "@/lib/server/judging/study-rules";
import { decisionImpact } from "./decision-impact";
import type { DecisionImpact } from "./decision-impact";

/** What a run comes to for one animal. */
export type AnimalRun = {
  readonly animal: LockedAnimal;
  readonly run: RunIdentity;
  readonly runRow: NewRunRow;
  readonly stateRow: StateRow;
  readonly written: readonly ExplainedEvent[];
  readonly closed: readonly StoredEvent[];
  readonly ofEntry: ReadonlyMap<string, EntryJudgement>;
  /** When the animal left the study, in the history that now stands. */
  readonly offStudyMs: number | null;
  /** What it changes of what had been decided; null where nobody has to look again. */
  readonly impact: DecisionImpact | null;
};

const UNJUDGED: EntryJudgement = { grades: [], notEvaluable: [], deviations: [] };

/** Of an animal without a summary the column has its default, an empty object. */
export const summaryOf = ({ summary }: LockedAnimal): AnimalSummary => ({
  ...EMPTY_SUMMARY,
  ...(summary as Partial<AnimalSummary>),
});

type Judged = {
  readonly judgement: Judgement;
  readonly closed: readonly StoredEvent[];
  readonly impact: DecisionImpact | null;
};

const judge = async (
  transaction: Transaction,
  { animal, rules, timeZone, recordedMs }: JudgedAnimal,
  added: readonly LogEntry[],
): Promise<Judged> => {
  const judgedBy = { protocols: rules.protocols, animal: studyAnimal(animal), timeZone };
  const isCurrent = animal.state !== null && animal.stateRevision === rules.revision;
  const state = isCurrent ? readState(animal.state as StateDocument) : null;
  const continued = state === null ? null : judgeByContinuing(judgedBy, state, added);
  if (continued !== null) return { judgement: continued, closed: [], impact: null };

  const log = [...(await readStoredLog(transaction, animal)), ...added];
  const before = await standingEvents(transaction, animal.studyId, animal.animalId);
  const judgement = judgeByReplaying(judgedBy, log, added, new Set(before.map(keptEventKey)));
  return {
    judgement,
    closed: before.filter((event) => judgement.standing?.has(keptEventKey(event)) === false),
    impact: decisionImpact({ before, judgement, log, added, knownMs: recordedMs }),
  };
};

export type JudgedAnimal = {
  readonly animal: LockedAnimal;
  readonly rules: StudyRules;
  readonly timeZone: string;
  readonly recordedMs: number;
};

const newestProtocol = (rules: StudyRules, added: readonly LogEntry[], recordedMs: number): Protocol | null =>
  added.reduce<Protocol | null>((newest, entry) => {
    const next = protocolFor(rules, entry.kind === "void" ? recordedMs : entry.observedAt.ms);
    return newest === null || (next !== null && next.version > newest.version) ? next : newest;
  }, null);

const offStudyOf = (
  animal: LockedAnimal,
  written: readonly ExplainedEvent[],
  leftBefore: number | null,
): number | null =>
  written.find(({ event }) => event.action === "OFF_STUDY")?.event.at.ms ??
  (animal.status === "OFF_STUDY" ? leftBefore : null);

/** Judges the entries of one animal that a request adds: one run. */
export const judgeAnimal = async (
  transaction: Transaction,
  judged: JudgedAnimal,
  added: readonly LogEntry[],
): Promise<AnimalRun> => {
  const { animal, rules, recordedMs } = judged;
  const run: RunIdentity = { animalId: animal.animalId, runNumber: animal.runNumber + 1, recordedMs };
  if (rules.protocols.length === 0) {
    const ofEntry = new Map(added.map(({ id }) => [id, UNJUDGED]));
    const rows = {
      runRow: runRow(run, "unjudged", null, null),
      stateRow: stateRow(run, rules.revision, null, EMPTY_SUMMARY),
    };
    return { animal, run, ...rows, written: [], closed: [], ofEntry, offStudyMs: null, impact: null };
  }
  const { judgement, closed, impact } = await judge(transaction, judged, added);
  const { how, state, summaryAfter, written, ofEntry } = judgement;
  const leftBefore =
    animal.status === "OFF_STUDY" && state.animal.status === "OFF_STUDY"
      ? await leftAt(transaction, animal, closed)
      : null;
  return {
    animal,
    run,
    runRow: runRow(run, how, state, newestProtocol(rules, added, recordedMs)),
    stateRow: stateRow(run, rules.revision, state, summaryAfter(summaryOf(animal))),
    written,
    closed,
    ofEntry,
    offStudyMs: offStudyOf(animal, written, leftBefore),
    impact,
  };
};

/** When an animal that had left the study before this request did so. */
const leftAt = async (
  transaction: Transaction,
  { studyId, animalId }: LockedAnimal,
  closed: readonly StoredEvent[],
): Promise<number | null> => {
  const standing = await standingEvents(transaction, studyId, animalId);
  const gone = new Set(closed.map(keptEventKey));
  return standing.find((event) => event.action === "OFF_STUDY" && !gone.has(keptEventKey(event)))?.observedMs ?? null;
};
