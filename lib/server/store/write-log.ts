import "server-only";
import { auditInsert, auditParameter } from "./audit-events";
import type { AuditRecord, AuditedBy } from "./audit-events";
import type { EntryRows } from "./entry-rows";
import { DETAIL_TABLES } from "./entry-rows";
import { FIXED_COLUMNS, INSERTS, INSERT_TABLES, STATE_COLUMNS, insertText, updateText } from "./log-statements";
import type { InsertTable } from "./log-statements";

import type { Statement, Transaction } from "@/lib/server/db/transaction";

type Row = Readonly<Record<string, unknown>>;

/** One entry to be stored, with what its document does not say. */
export type NewEntryRow = {
  readonly rows: EntryRows;
  readonly animalId: number;
  readonly observedMs: number | null;
  readonly recordedMs: number;
  /** As an imported bundle wrote it. */
  readonly recordedText: string | null;
  readonly recordedBy: string | null;
  readonly recordId: string;
  /** SHA-256, hexadecimal. */
  readonly contentHash: string;
  readonly answer: unknown;
};

export type NewRunRow = {
  readonly animalId: number;
  readonly recordedMs: number;
  readonly runNumber: number;
  readonly judged: "continued" | "replayed" | "unjudged";
  readonly status: string;
  /** Decimal as text. */
  readonly dose: string;
  readonly openToxicities: readonly string[];
  readonly protocolVersion: number | null;
  readonly engineVersion: string;
};

export type NewEventRow = {
  readonly animalId: number;
  readonly recordedMs: number;
  readonly position: number;
  readonly entryId: string;
  readonly observedMs: number;
  readonly observedText: string;
  readonly action: string;
  readonly rules: readonly string[];
  readonly fromDose: string;
  readonly toDose: string;
  readonly toxicities: unknown;
  readonly sentence: string;
  readonly explanation: unknown;
};

export type NewClosureRow = {
  readonly animalId: number;
  readonly eventRecordedMs: number;
  readonly eventPosition: number;
  readonly closedMs: number;
};

/** What somebody looks at again: the run changed decisions that had stood. */
export type NewReviewRow = {
  readonly id: string;
  readonly animalId: number;
  readonly recordedMs: number;
  readonly entryId: string;
  readonly cause: string;
  readonly impact: unknown;
};

export type StateRow = {
  readonly animalId: number;
  readonly runNumber: number;
  readonly lastRecordedMs: number | null;
  readonly rulesRevision: number;
  readonly state: unknown;
  readonly status: string;
  readonly dose: string;
  readonly openToxicities: readonly string[];
  readonly summary: unknown;
};

/** An animal's own starting dose, control and ladder, fixed at its first dose. */
export type FixedDosing = {
  readonly animalId: number;
  readonly startingDose: string;
  readonly control: boolean;
  readonly doseLevels: readonly string[] | null;
};

export type LogWrite = {
  readonly studyId: number;
  readonly runs: readonly NewRunRow[];
  readonly entries: readonly NewEntryRow[];
  readonly events: readonly NewEventRow[];
  readonly closures: readonly NewClosureRow[];
  readonly reviews: readonly NewReviewRow[];
  readonly states: readonly StateRow[];
  readonly fixed: readonly FixedDosing[];
  /** The events of the entries, and of what was fixed; null where only states are made again. */
  readonly audit: { readonly by: AuditedBy; readonly records: readonly AuditRecord[] } | null;
};

const entryRows = (studyId: number, entry: NewEntryRow): Row => ({
  ...entry.rows.header,
  study_id: studyId,
  animal_id: entry.animalId,
  kind: entry.rows.kind,
  observed_at: entry.observedMs,
  recorded_at: entry.recordedMs,
  recorded_at_text: entry.recordedText,
  recorded_by: entry.recordedBy,
  record_id: entry.recordId,
  content_hash: entry.contentHash,
  answer: entry.answer,
});

const runRow = (studyId: number, run: NewRunRow): Row => ({
  study_id: studyId,
  animal_id: run.animalId,
  recorded_at: run.recordedMs,
  run_number: run.runNumber,
  judged: run.judged,
  status: run.status,
  dose: run.dose,
  open_toxicities: run.openToxicities,
  protocol_version: run.protocolVersion,
  engine_version: run.engineVersion,
});

const eventRow = (studyId: number, event: NewEventRow): Row => ({
  study_id: studyId,
  animal_id: event.animalId,
  recorded_at: event.recordedMs,
  position: event.position,
  entry_id: event.entryId,
  observed_at: event.observedMs,
  observed_at_text: event.observedText,
  action: event.action,
  rules: event.rules,
  from_dose: event.fromDose,
  to_dose: event.toDose,
  toxicities: event.toxicities,
  sentence: event.sentence,
  explanation: event.explanation,
});

const stateRow = (studyId: number, state: StateRow): Row => ({
  study_id: studyId,
  animal_id: state.animalId,
  run_number: state.runNumber,
  last_recorded_at: state.lastRecordedMs,
  rules_revision: state.rulesRevision,
  state: state.state,
  status: state.status,
  dose: state.dose,
  open_toxicities: state.openToxicities,
  summary: state.summary,
});

const insertsOf = ({
  studyId,
  runs,
  entries,
  events,
  closures,
  reviews,
}: LogWrite): ReadonlyMap<InsertTable, Row[]> => {
  const rows = new Map<InsertTable, Row[]>(INSERT_TABLES.map((table) => [table, []]));
  const add = (table: InsertTable, row: Row): void => void rows.get(table)?.push(row);
  for (const run of runs) add("decision_runs", runRow(studyId, run));
  for (const entry of entries) {
    const key = { study_id: studyId, entry_id: entry.rows.header["id"] };
    const { kind, detail, findings, signs } = entry.rows;
    add("entries", entryRows(studyId, entry));
    if (kind !== "void" && detail !== null) add(DETAIL_TABLES[kind], { ...key, ...detail });
    for (const finding of findings) add("observation_findings", { ...key, ...finding });
    for (const sign of signs) add("observation_signs", { ...key, ...sign });
  }
  for (const event of events) add("decision_events", eventRow(studyId, event));
  for (const { animalId, eventRecordedMs, eventPosition, closedMs } of closures) {
    add("decision_event_closures", {
      study_id: studyId,
      animal_id: animalId,
      event_recorded_at: eventRecordedMs,
      event_position: eventPosition,
      closed_at: closedMs,
    });
  }
  for (const { id, animalId, recordedMs, entryId, cause, impact } of reviews) {
    const key = { id, study_id: studyId, animal_id: animalId, recorded_at: recordedMs };
    add("review_items", { ...key, entry_id: entryId, cause, impact });
  }
  return rows;
};

/** A part of the statement: the rows of one table, as JSON. The letters of the parts name the statement. */
type Part = {
  readonly letter: string;
  readonly text: (parameter: number) => string;
  readonly value: string;
};

const rowsPart = (letter: string, text: Part["text"], rows: readonly Row[]): readonly Part[] =>
  rows.length === 0 ? [] : [{ letter, text, value: JSON.stringify(rows) }];

const stateUpdate = (parameter: number): string => updateText("animal_states", "animal_id", STATE_COLUMNS, parameter);
const dosingUpdate = (parameter: number): string => updateText("animals", "id", FIXED_COLUMNS, parameter);

const partsOf = (write: LogWrite): readonly Part[] => {
  const inserts = [...insertsOf(write)].flatMap(([table, rows]) =>
    rowsPart(INSERTS[table].letter, (parameter) => insertText(table, parameter), rows),
  );
  const fixed = write.fixed.map(({ animalId, startingDose, control, doseLevels }) => ({
    study_id: write.studyId,
    id: animalId,
    dosing_fixed: true,
    starting_dose: startingDose,
    control,
    dose_levels: doseLevels,
  }));
  const { audit } = write;
  const events: readonly Part[] =
    audit === null || audit.records.length === 0
      ? []
      : [{ letter: "t", text: auditInsert, value: auditParameter(audit.by, audit.records) }];
  return [
    ...inserts,
    ...events,
    ...rowsPart(
      "S",
      stateUpdate,
      write.states.map((state) => stateRow(write.studyId, state)),
    ),
    ...rowsPart("A", dosingUpdate, fixed),
  ];
};

const textOf = (parts: readonly Part[]): string => {
  const texts = parts.map(({ text }, index) => text(index + 1));
  const last = texts.pop() ?? "SELECT";
  if (texts.length === 0) return last;
  return `WITH ${texts.map((text, index) => `p${String(index)} AS (${text})`).join(", ")} ${last}`;
};

/** There are as many as there are sets of tables that a request writes. */
const texts = new Map<string, string>();

/** Everything that a request stores, as one statement: of each table that gets rows, one insert from a JSON list. */
export const writeStatement = (write: LogWrite): Statement => {
  const parts = partsOf(write);
  const name = `write_${parts.map(({ letter }) => letter).join("")}`;
  const text = texts.get(name) ?? textOf(parts);
  texts.set(name, text);
  return { name, text, values: parts.map(({ value }) => value) };
};

export const writeLog = async (transaction: Transaction, write: LogWrite): Promise<void> => {
  await transaction.query(writeStatement(write));
};
