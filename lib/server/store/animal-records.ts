import "server-only";
import type { RecordOfAnimal, RecordedEntry, StoredDecision } from "@/lib/contracts/animal-record";
import { entryDetails } from "@/lib/contracts/entries/entry-details";
import { readEntry } from "@/lib/domain/record/read-entry";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { documentOfRecord, readEntries } from "@/lib/server/store/read-log";
import type { StoredEntry } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import { explainedEvents } from "./read-runs";
import { animalsById } from "./listed-animals";
import { readRules } from "@/lib/server/judging/study-rules";

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

const recordedEntry = (row: StoredEntry, control: boolean): RecordedEntry => {
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
    readEntries(transaction, study.id, { animalIds }),
    explainedEvents(transaction, study.id, animalIds),
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
