import "server-only";
import { INITIAL_REPLAY_STATE } from "@/lib/domain/rules/continue";
import { eventKey } from "@/lib/domain/rules/event-key";
import { replayAnimal } from "@/lib/domain/rules/replay";
import type { ReplayState } from "@/lib/domain/rules/replay";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import { summaryOfLog } from "@/lib/domain/animal/animal-summary";
import type { AnimalSummary } from "@/lib/domain/animal/animal-summary";
import type { Protocol } from "@/lib/domain/study/protocol";
import { protocolInForce } from "@/lib/domain/study/in-force";
import type { NewClosureRow, NewEventRow, NewRunRow } from "@/lib/server/store/write-log";
import { judgeByContinuing, judgeByReplaying } from "./judge-entries";
import type { JudgedBy, Judgement } from "./judge-entries";
import { closureRows, eventRows, runRow } from "./run-rows";

/** The runs of an animal whose log came as a whole: what would have been stored, had it been recorded here. */
export type ReconstructedRuns = {
  readonly runs: readonly NewRunRow[];
  readonly events: readonly NewEventRow[];
  readonly closures: readonly NewClosureRow[];
  readonly runNumber: number;
  readonly lastRecordedMs: number | null;
  readonly state: ReplayState;
  readonly summary: AnimalSummary;
};

/** The log in parts that became known at one instant each, the earliest first. */
const byInstant = (
  log: readonly LogEntry[],
): readonly (readonly [recordedMs: number, entries: readonly LogEntry[]])[] => {
  const parts = new Map<number, LogEntry[]>();
  for (const entry of log) {
    const part = parts.get(entry.recordedAt.ms);
    if (part === undefined) parts.set(entry.recordedAt.ms, [entry]);
    else part.push(entry);
  }
  return [...parts].sort(([left], [right]) => left - right);
};

type Place = { readonly recordedMs: number; readonly position: number };

/** Which events stand after a run, and which of those before it do not. */
const settleEvents = (standing: Map<string, Place>, judgement: Judgement, recordedMs: number): readonly Place[] => {
  const closed = [...standing].filter(([key]) => judgement.standing?.has(key) === false);
  for (const [key] of closed) standing.delete(key);
  judgement.written.forEach(({ event }, position) => standing.set(eventKey(event), { recordedMs, position }));
  return closed.map(([, place]) => place);
};

/** Of the versions in force for the entries of a run the newest. */
const newestProtocol = ({ protocols }: JudgedBy, part: readonly LogEntry[], recordedMs: number): Protocol | null =>
  part
    .map((entry) => protocolInForce(protocols, entry.kind === "void" ? recordedMs : entry.observedAt.ms))
    .reduce<Protocol | null>(
      (newest, next) => (newest === null || next.version > newest.version ? next : newest),
      null,
    );

/** Goes through the log as it became known. Entries that came in order cost a step; a late one costs a replay. */
export const reconstructRuns = (judgedBy: JudgedBy, animalId: number, log: readonly LogEntry[]): ReconstructedRuns => {
  const runs: NewRunRow[] = [];
  const events: NewEventRow[] = [];
  const closures: NewClosureRow[] = [];
  const standing = new Map<string, Place>();
  const known: LogEntry[] = [];
  let state = INITIAL_REPLAY_STATE;
  for (const [recordedMs, part] of byInstant(log)) {
    known.push(...part);
    const judgement =
      judgeByContinuing(judgedBy, state, part) ?? judgeByReplaying(judgedBy, known, part, new Set(standing.keys()));
    state = judgement.state;
    const run = { animalId, runNumber: runs.length + 1, recordedMs };
    runs.push(runRow(run, judgement.how, state, newestProtocol(judgedBy, part, recordedMs)));
    closures.push(...closureRows(run, settleEvents(standing, judgement, recordedMs)));
    events.push(...eventRows(run, judgement.written));
  }
  const replayed = replayAnimal(judgedBy.protocols, judgedBy.animal, log);
  return {
    runs,
    events,
    closures,
    runNumber: runs.length,
    lastRecordedMs: runs[runs.length - 1]?.recordedMs ?? null,
    state: replayed.state,
    summary: summaryOfLog(log, replayed),
  };
};
