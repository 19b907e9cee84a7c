import "server-only";
import type { RecordOfAnimal, RecordedEntry, StoredDecision } from "@/lib/contracts/animal-record";
import { entryDetails } from "@/lib/contracts/entries/entry-details";
import { readEntry } from "@/lib/domain/record/read-entry";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { documentOfRecord, ENTRY_COLUMNS, msOf } from "@/lib/server/store/read-log";
import type { EntryRecord } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import { animalsById } from "./listed-animals";
import { readRules } from "@/lib/server/judging/study-rules";

type LogRow = EntryRecord & {
  readonly recordedByName: string | null;
  readonly recordedByText: string | null;
  readonly recorderId: string | null;
  readonly animalId: number;
};

const byAnimal = <Row, Item>(
  rows: readonly (Row & { readonly animalId: number })[],
  itemOf: (row: Row & { readonly animalId: number }) => Item,
): ReadonlyMap<number, readonly Item[]> => {
  const found = new Map<number, Item[]>();
  for (const row of rows) {
    const list = found.get(row.animalId);
    if (list === undefined) found.set(row.animalId, [itemOf(row)]);
    else list.push(itemOf(row));
  }
  return found;
};

const readLogRows = (transaction: Transaction, studyId: number, animalIds: readonly number[] | null) =>
  transaction.query<LogRow>({
    text: `SELECT ${ENTRY_COLUMNS}, a.id AS "animalId", u.name AS "recordedByName", e.recorded_by_text AS "recordedByText", e.recorded_by::text AS "recorderId"
           FROM animals a JOIN entries e ON e.animal_id = a.id LEFT JOIN users u ON u.id = e.recorded_by
           WHERE a.study_id = $1 AND ($2::int[] IS NULL OR a.id = ANY ($2)) ORDER BY e.log_number`,
    values: [studyId, animalIds],
  });

const recordedEntry = (row: LogRow, control: boolean): RecordedEntry => {
  const document = documentOfRecord(row);
  const read = readEntry(document, "", control);
  if (!read.ok) throw new Error(`a stored entry cannot be read: ${read.fault.path} ${read.fault.message}`);
  return {
    entry: read.value,
    details: entryDetails(document),
    recordedBy: row.recordedByName ?? row.recordedByText,
    recorderId: row.recorderId,
  };
};

const readDecisionRows = (transaction: Transaction, studyId: number, animalIds: readonly number[] | null) =>
  transaction.query<StoredDecision & { readonly animalId: number }>({
    text: `SELECT a.id AS "animalId", e.entry_id AS entry, e.action, e.rules, e.from_dose::text AS "fromDose", e.to_dose::text AS "toDose",
             e.toxicities, e.sentence, e.explanation, ${msOf("e.observed_at")} AS "observedMs", ${msOf("e.recorded_at")} AS "recordedMs",
             ${msOf("e.until")} AS "untilMs"
           FROM animals a
             JOIN decision_event_periods e ON e.animal_id = a.id
             JOIN entries entry ON entry.study_id = e.study_id AND entry.id = e.entry_id
             JOIN entries original ON original.study_id = entry.study_id AND original.id = entry.record_id
           WHERE a.study_id = $1 AND ($2::int[] IS NULL OR a.id = ANY ($2))
           ORDER BY e.observed_at, original.recorded_at, original.id, e.recorded_at`,
    values: [studyId, animalIds],
  });

type Wanted = {
  /** Null for all of the study. */
  readonly animalIds: readonly number[] | null;
  /** Null: now. */
  readonly knownMs: number | null;
};

/**
 * Animals whole, by tag: each by its own record and with the versions that judge it as known at an instant, with its log and
 * who recorded what, and the decisions as they were stored. Log and decisions are all there are.
 */
export const animalRecords = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  { animalIds, knownMs }: Wanted,
): Promise<readonly RecordOfAnimal[]> => {
  const [animals, today, rules, logRows, decisionRows] = await Promise.all([
    animalsById(transaction, study, { ...(animalIds === null ? {} : { animalIds }), knownMs }),
    knownMs === null ? null : animalsById(transaction, study, animalIds === null ? {} : { animalIds }),
    readRules(transaction, study.id, knownMs),
    readLogRows(transaction, study.id, animalIds),
    readDecisionRows(transaction, study.id, animalIds),
  ]);
  // What was recorded is read as what it is recorded for now: a group before the first dose may have been another one.
  const isControl = (animalId: number): boolean => (today ?? animals).get(animalId)?.control ?? false;
  const logs = byAnimal(logRows, (row) => recordedEntry(row, isControl(row.animalId)));
  const decisions = byAnimal(decisionRows, ({ animalId: _id, ...decision }): StoredDecision => decision);
  return [...animals].map(([animalId, animal]) => ({
    animalId,
    animal,
    protocols: rules.protocols,
    log: logs.get(animalId) ?? [],
    decisions: decisions.get(animalId) ?? [],
  }));
};
