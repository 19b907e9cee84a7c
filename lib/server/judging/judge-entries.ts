import "server-only";
import { eventKey } from "@/lib/domain/rules/event-key";
import { continueReplay } from "@/lib/domain/rules/continue";
import { explainEvent, explainEvents } from "@/lib/domain/rules/explain";
import type { ExplainedEvent } from "@/lib/domain/rules/explanation";
import type { Deviation, DoseEvent, EntryGrade, NotEvaluable } from "@/lib/domain/rules/history";
import { replayAnimal } from "@/lib/domain/rules/replay";
import type { ReplayState } from "@/lib/domain/rules/replay";
import { compareCodePoints } from "@/lib/domain/record/code-points";
import type { LogEntry, ObservedEntry } from "@/lib/domain/record/log-entry";
import { summaryAfter, summaryOfLog } from "@/lib/domain/animal/animal-summary";
import type { AnimalSummary } from "@/lib/domain/animal/animal-summary";
import type { Protocol, StudyAnimal } from "@/lib/domain/study/protocol";

/** By what an animal's entries are judged. `protocols` has at least one version. */
export type JudgedBy = {
  readonly protocols: readonly Protocol[];
  readonly animal: StudyAnimal;
  readonly timeZone: string;
};

/** What an entry itself was found to be. */
export type EntryJudgement = {
  readonly grades: readonly EntryGrade[];
  readonly notEvaluable: readonly NotEvaluable[];
  readonly deviations: readonly Deviation[];
};

/** What the entries of one run led to. */
export type Judgement = {
  readonly how: "continued" | "replayed";
  readonly state: ReplayState;
  /** The summary after them, made of the one before. */
  readonly summaryAfter: (before: AnimalSummary) => AnimalSummary;
  /** Events of the history that were not there before. */
  readonly written: readonly ExplainedEvent[];
  /** Keys (`eventKey`) of all events that stand now; null after continuing, which takes none back. */
  readonly standing: ReadonlySet<string> | null;
  /** The whole history's events in their order, after a replay; null after continuing. */
  readonly events: readonly DoseEvent[] | null;
  readonly ofEntry: ReadonlyMap<string, EntryJudgement>;
};

/** Entries that became known at one instant, in the order of replay. */
const inReplayOrder = (entries: readonly ObservedEntry[]): readonly ObservedEntry[] =>
  [...entries].sort((left, right) => left.observedAt.ms - right.observedAt.ms || compareCodePoints(left.id, right.id));

/**
 * The entries of one run, one step each from the state before. Null where one of them does not come after everything:
 * then the log has to be replayed.
 */
export const judgeByContinuing = (
  { protocols, animal, timeZone }: JudgedBy,
  before: ReplayState,
  added: readonly LogEntry[],
): Judgement | null => {
  const observed = added.filter((entry) => entry.kind !== "void");
  if (observed.length < added.length) return null;
  let state = before;
  const steps: ((summary: AnimalSummary) => AnimalSummary)[] = [];
  const written: ExplainedEvent[] = [];
  const ofEntry = new Map<string, EntryJudgement>();
  for (const entry of inReplayOrder(observed)) {
    const next = continueReplay(protocols, animal, state, entry);
    if (next === null) return null;
    for (const event of next.events) {
      const version = { entry, originalId: entry.id, originalRecordedMs: entry.recordedAt.ms };
      written.push(explainEvent({ animal, protocols }, { event, version, before: state.animal }, timeZone));
    }
    ofEntry.set(entry.id, next);
    steps.push((summary) => summaryAfter(summary, entry, next, next.state));
    state = next.state;
  }
  const summarize = (summary: AnimalSummary): AnimalSummary => steps.reduce((latest, step) => step(latest), summary);
  return { how: "continued", state, summaryAfter: summarize, written, standing: null, events: null, ofEntry };
};

const judgementsByEntry = (
  ids: readonly string[],
  { grades, notEvaluable, deviations }: EntryJudgement,
): ReadonlyMap<string, EntryJudgement> =>
  new Map(
    ids.map((id) => {
      const own = <Item extends { readonly entry: string }>(items: readonly Item[]): readonly Item[] =>
        items.filter(({ entry }) => entry === id);
      return [id, { grades: own(grades), notEvaluable: own(notEvaluable), deviations: own(deviations) }];
    }),
  );

/** The whole log again, with what was added to it. `standing` are the keys of the events that stood before. */
export const judgeByReplaying = (
  { protocols, animal, timeZone }: JudgedBy,
  log: readonly LogEntry[],
  added: readonly LogEntry[],
  standing: ReadonlySet<string>,
): Judgement => {
  const replayed = replayAnimal(protocols, animal, log);
  const now = new Set(replayed.history.events.map(eventKey));
  const isNew = replayed.history.events.some((event) => !standing.has(eventKey(event)));
  const explained = isNew ? explainEvents(protocols, animal, log, { timeZone }) : [];
  return {
    how: "replayed",
    state: replayed.state,
    summaryAfter: () => summaryOfLog(log, replayed),
    written: explained.filter(({ event }) => !standing.has(eventKey(event))),
    standing: now,
    events: replayed.history.events,
    ofEntry: judgementsByEntry(
      added.map(({ id }) => id),
      replayed.history,
    ),
  };
};
