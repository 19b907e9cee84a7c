import "server-only";
import { randomUUID } from "node:crypto";
import type { DecisionImpact } from "@/lib/contracts/entries/answer";
import { decisionSentence } from "@/lib/domain/language/decision-sentence";
import { keptEvent } from "@/lib/domain/rules/event-key";
import type { ExplainedEvent } from "@/lib/domain/rules/explanation";
import { writeState } from "@/lib/domain/rules/state-document";
import type { ReplayState } from "@/lib/domain/rules/replay";
import type { Protocol } from "@/lib/domain/study/protocol";
import type { AnimalSummary } from "@/lib/domain/animal/animal-summary";
import type { StoredEvent } from "@/lib/server/store/read-runs";
import type { NewClosureRow, NewEventRow, NewReviewRow, NewRunRow, StateRow } from "@/lib/server/store/write-log";

/** One run: which animal's, its number, and the instant at which its entries became known. */
export type RunIdentity = { readonly animalId: number; readonly runNumber: number; readonly recordedMs: number };

export const runRow = (
  run: RunIdentity,
  judged: NewRunRow["judged"],
  state: ReplayState | null,
  protocol: Protocol | null,
): NewRunRow => ({
  ...run,
  judged,
  status: state?.animal.status ?? "NOT_STARTED",
  dose: state?.animal.dose.toFixed() ?? "0",
  openToxicities: state?.animal.open.map(({ term }) => term) ?? [],
  protocolVersion: protocol?.version ?? null,
  engineVersion: protocol?.ruleSet ?? "none",
});

export const stateRow = (
  run: Omit<RunIdentity, "recordedMs"> & { readonly recordedMs: number | null },
  rulesRevision: number,
  state: ReplayState | null,
  summary: AnimalSummary,
): StateRow => ({
  animalId: run.animalId,
  runNumber: run.runNumber,
  lastRecordedMs: run.recordedMs,
  rulesRevision,
  state: state === null ? null : writeState(state),
  status: state?.animal.status ?? "NOT_STARTED",
  dose: state?.animal.dose.toFixed() ?? "0",
  openToxicities: state?.animal.open.map(({ term }) => term) ?? [],
  summary,
});

export const eventRows = (
  { animalId, recordedMs }: RunIdentity,
  written: readonly ExplainedEvent[],
): readonly NewEventRow[] =>
  written.map(({ event, explanation }, position) => ({
    animalId,
    recordedMs,
    position,
    entryId: event.entry,
    observedMs: event.at.ms,
    observedText: event.at.text,
    action: event.action,
    rules: event.rules,
    fromDose: event.fromDose.toFixed(),
    toDose: event.toDose.toFixed(),
    toxicities: event.toxicities.map(({ term, grade }) => ({ term, grade })),
    sentence: decisionSentence(keptEvent(event), explanation),
    explanation,
  }));

/** The director's item, where the run changed what had been decided. */
export const reviewRows = (
  { animalId, recordedMs }: RunIdentity,
  impact: DecisionImpact | null,
): readonly NewReviewRow[] =>
  impact === null
    ? []
    : [{ id: randomUUID(), animalId, recordedMs, entryId: impact.entry, cause: impact.cause, impact }];

type EventPlace = Pick<StoredEvent, "recordedMs" | "position">;

export const closureRows = (
  { animalId, recordedMs }: RunIdentity,
  closed: readonly EventPlace[],
): readonly NewClosureRow[] =>
  closed.map((event) => ({
    animalId,
    eventRecordedMs: event.recordedMs,
    eventPosition: event.position,
    closedMs: recordedMs,
  }));
