import "server-only";
import type { RecordOfAnimal, RecordedEntry, StoredDecision } from "@/lib/contracts/animal-record";
import { entryDetails } from "@/lib/contracts/entries/entry-details";
import { readEntry } from "@/lib/domain/bundle/read-entry";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { documentOfRecord, ENTRY_COLUMNS, msOf } from "@/lib/server/db/read-log";
import type { EntryRecord } from "@/lib/server/db/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import { animalsOf } from "./study-animals";
import { readRules } from "./study-rules";

type LogRow = EntryRecord & {
  readonly recordedByName: string | null;
  readonly recordedByText: string | null;
  readonly recorderId: string | null;
};

const byAnimal = <Row, Item>(
  rows: readonly (Row & { readonly animal: string })[],
  itemOf: (row: Row & { readonly animal: string }) => Item,
): ReadonlyMap<string, readonly Item[]> => {
  const found = new Map<string, Item[]>();
  for (const row of rows) {
    const list = found.get(row.animal);
    if (list === undefined) found.set(row.animal, [itemOf(row)]);
    else list.push(itemOf(row));
  }
  return found;
};

const readLogRows = (transaction: Transaction, studyId: number, tags: readonly string[] | null) =>
  transaction.query<LogRow>({
    text: `SELECT ${ENTRY_COLUMNS}, u.name AS "recordedByName", e.recorded_by_text AS "recordedByText", e.recorded_by::text AS "recorderId"
           FROM animals a JOIN entries e ON e.animal_id = a.id LEFT JOIN users u ON u.id = e.recorded_by
           WHERE a.study_id = $1 AND ($2::text[] IS NULL OR a.tag = ANY ($2)) ORDER BY e.log_number`,
    values: [studyId, tags],
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

const readDecisionRows = (transaction: Transaction, studyId: number, tags: readonly string[] | null) =>
  transaction.query<StoredDecision & { readonly animal: string }>({
    text: `SELECT a.tag AS animal, e.entry_id AS entry, e.action, e.rules, e.from_dose::text AS "fromDose", e.to_dose::text AS "toDose",
             e.toxicities, e.sentence, e.explanation, ${msOf("e.observed_at")} AS "observedMs", ${msOf("e.recorded_at")} AS "recordedMs",
             ${msOf("e.until")} AS "untilMs"
           FROM animals a
             JOIN decision_event_periods e ON e.animal_id = a.id
             JOIN entries entry ON entry.study_id = e.study_id AND entry.id = e.entry_id
             JOIN entries original ON original.study_id = entry.study_id AND original.id = entry.record_id
           WHERE a.study_id = $1 AND ($2::text[] IS NULL OR a.tag = ANY ($2))
           ORDER BY e.observed_at, original.recorded_at, original.id, e.recorded_at`,
    values: [studyId, tags],
  });

/**
 * Animals whole, by tag (`tags` null for all of the study): each with its log and who recorded what, what judges it, and
 * the decisions as they were stored.
 */
export const animalRecords = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  tags: readonly string[] | null,
): Promise<readonly RecordOfAnimal[]> => {
  const [animals, rules, logRows, decisionRows] = await Promise.all([
    animalsOf(transaction, study, tags),
    readRules(transaction, study.id),
    readLogRows(transaction, study.id, tags),
    readDecisionRows(transaction, study.id, tags),
  ]);
  const controls = new Set(animals.filter(({ control }) => control).map(({ id }) => id));
  const logs = byAnimal(logRows, (row) => recordedEntry(row, controls.has(row.animal)));
  const decisions = byAnimal(decisionRows, ({ animal: _tag, ...decision }): StoredDecision => decision);
  return animals.map((animal) => ({
    animal,
    protocols: rules.protocols,
    log: logs.get(animal.id) ?? [],
    decisions: decisions.get(animal.id) ?? [],
  }));
};
