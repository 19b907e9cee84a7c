import "server-only";
import { CHANGEABLE } from "@/lib/contracts/animal-changes";
import { exactJson } from "@/lib/domain/trail/canonical-json";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { valueOf } from "@/lib/domain/proof/compare-entries";
import type { PlacedFault } from "@/lib/domain/proof/compare-entries";
import { COLUMN_OF } from "@/lib/server/store/animal-changes";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import type { CheckedChain } from "./chain-reading";
import { asObject, instantOf, namesActor, recordFaults, rowFaults } from "./record-comparison";
import type { Document, Said } from "./record-comparison";

type ChangeRow = {
  readonly by: string;
  readonly reason: string;
  readonly before: Document;
  readonly after: Document;
  readonly changedMs: number;
};

/** A field of an animal's document, where it is not called as the form calls it. */
const documentKey = (field: string): string => (field === "tag" ? "id" : field);

/** The fields in which two documents of an animal differ, as columns with the values of one of them. */
const columnsOf = (event: ChainedEvent, which: "oldValue" | "newValue"): Document => {
  const [before, after] = [asObject(valueOf(event.oldValue)), asObject(valueOf(event.newValue))];
  const changed = CHANGEABLE.filter((field) => before[documentKey(field)] !== after[documentKey(field)]);
  const document = which === "oldValue" ? before : after;
  return Object.fromEntries(changed.map((field) => [COLUMN_OF[field], document[documentKey(field)] ?? null]));
};

/**
 * What its event says of a change. What a bundle said of a field otherwise than its column holds it goes with the first
 * change of the field: then the column's own old value stands in no event, and is taken as it is.
 */
const changeRecorded = (event: ChainedEvent, row: ChangeRow | undefined, isImported: boolean): Document => ({
  person: event.actor,
  reason: event.reason,
  before: isImported && row !== undefined ? row.before : columnsOf(event, "oldValue"),
  after: columnsOf(event, "newValue"),
  instant: instantOf(event, row?.changedMs ?? event.atMs),
});

const changeDocument = ({ by, reason, before, after, changedMs }: ChangeRow): Document => ({
  person: by,
  reason,
  before,
  after,
  instant: changedMs,
});

/**
 * Changes of an animal's record against their events. Both stand in the order in which they were made; those that are equal
 * find each other first, so that one that is missing leaves the others in their places.
 */
const changeFaults = (checked: CheckedChain, rows: readonly ChangeRow[]): readonly PlacedFault[] => {
  const isImported = checked.events[0]?.kind === "ANIMAL_IMPORTED";
  const events = checked.events.filter(({ kind }) => kind === "ANIMAL_CHANGED");
  const left = [...rows];
  const unmatched = events.filter((event) => {
    const index = left.findIndex(
      (row) => exactJson(changeRecorded(event, row, isImported)) === exactJson(changeDocument(row)),
    );
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const ofEvents = unmatched.flatMap((event, index) => {
    const row = left[index];
    return recordFaults(checked, {
      what: "a change of the animal's record",
      event,
      recorded: changeRecorded(event, row, isImported),
      now: row === undefined ? null : changeDocument(row),
    });
  });
  const inserted = left.slice(unmatched.length).flatMap((row) =>
    recordFaults(checked, {
      what: `a change of the animal's record (${row.reason})`,
      event: undefined,
      recorded: {},
      now: changeDocument(row),
    }),
  );
  return [...ofEvents, ...inserted];
};

type ReviewRow = {
  readonly id: string;
  readonly entry: string;
  readonly cause: string;
  readonly recordedAt: string;
  readonly impactHash: string;
};

const reviewItemFaults = (checked: CheckedChain, rows: readonly ReviewRow[]): readonly PlacedFault[] => {
  const said = checked.events.flatMap((event): [string, Said][] =>
    event.kind === "REVIEW_OPENED" && event.subject !== null
      ? [[event.subject, { event, recorded: asObject(valueOf(event.newValue)) }]]
      : [],
  );
  const now = new Map(rows.map(({ id, ...row }) => [id, row]));
  return rowFaults(checked, (id) => `the item to review ${id}`, new Map(said), now);
};

type EntryRow = { readonly id: string; readonly by: string | null; readonly storedMs: number };

/** Who recorded an entry, and when it was stored, which its document does not say. An imported one is nobody's here. */
const entryRowFaults = (checked: CheckedChain, rows: readonly EntryRow[]): readonly PlacedFault[] => {
  const events = new Map(checked.events.map((event) => [event.entryId, event]));
  return rows.flatMap(({ id, by, storedMs }) => {
    const event = events.get(id);
    // Without an event it is named as an entry already; of one from before the trail, the event says neither.
    if (event === undefined || event.origin === "system") return [];
    const recorded = {
      person: event.kind === "ENTRY_IMPORTED" ? null : event.actor,
      "instant of storing": instantOf(event, storedMs),
    };
    return recordFaults(checked, {
      what: `entry ${id}`,
      event,
      recorded,
      now: { person: by, "instant of storing": storedMs },
    });
  });
};

type AnimalRow = { readonly by: string | null; readonly madeMs: number };

const registrationFaults = (checked: CheckedChain, row: AnimalRow | undefined): readonly PlacedFault[] => {
  const [event] = checked.events;
  if (event?.kind !== "ANIMAL_REGISTERED" || !namesActor(event) || row === undefined) return [];
  return recordFaults(checked, {
    what: "the animal's registration",
    event,
    recorded: { person: event.actor, instant: instantOf(event, row.madeMs) },
    now: { person: row.by, instant: row.madeMs },
  });
};

/** What stands in rows of its own of an animal: changes of its record, items to review, who registered it and recorded. */
export const animalRowFaults = async (
  transaction: Transaction,
  { studyId, animalId }: { readonly studyId: number; readonly animalId: number },
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const values = [studyId, animalId];
  const changes = await transaction.query<ChangeRow>({
    text: `SELECT changed_by::text AS by, reason, before, after, ${msOf("changed_at")} AS "changedMs" FROM animal_changes
           WHERE study_id = $1 AND animal_id = $2 ORDER BY number`,
    values,
  });
  const items = await transaction.query<ReviewRow>({
    text: `SELECT id::text, entry_id AS entry, cause, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "recordedAt",
             encode(sha256(convert_to(impact::text, 'UTF8')), 'hex') AS "impactHash"
           FROM review_items WHERE study_id = $1 AND animal_id = $2 ORDER BY recorded_at`,
    values,
  });
  const entries = await transaction.query<EntryRow>({
    text: `SELECT id, recorded_by::text AS by, ${msOf("stored_at")} AS "storedMs" FROM entries WHERE study_id = $1 AND animal_id = $2 ORDER BY log_number`,
    values,
  });
  const [animal] = await transaction.query<AnimalRow>({
    text: `SELECT created_by::text AS by, ${msOf("created_at")} AS "madeMs" FROM animals WHERE study_id = $1 AND id = $2`,
    values,
  });
  return [
    ...registrationFaults(checked, animal),
    ...changeFaults(checked, changes),
    ...reviewItemFaults(checked, items),
    ...entryRowFaults(checked, entries),
  ];
};
