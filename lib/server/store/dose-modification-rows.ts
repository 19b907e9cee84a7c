import "server-only";
import type { Explanation } from "@/lib/domain/rules/explanation";
import { animalsAsKnown } from "./known-animals";
import { msOf } from "./read-log";
import { EVENT_COLUMNS } from "./read-runs";
import type { StoredEvent } from "./read-runs";
import type { Transaction } from "@/lib/server/db/transaction";

/** An event of a study's animals with what stands beside it in the history. */
export type DoseModificationRecord = StoredEvent & {
  /** Its tag and its group as known at the instant asked about. */
  readonly animal: string;
  readonly group: string | null;
  readonly tagNow: string;
  /** Within the animal, in the order in which the events were written. */
  readonly sequence: number;
  readonly explanation: Explanation;
  readonly entryRecordedMs: number;
  readonly entryRecordedText: string | null;
  readonly recordedBy: string | null;
  /** An order that came with a bundle: signed, if at all, where that was made. */
  readonly importedOrder: boolean;
};

/** Bounds as milliseconds: at or after, and before; `knownMs` leaves out what was written later. */
export type DoseModificationBounds = {
  readonly animalId: number | null;
  readonly group: string | null;
  readonly action: string | null;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly knownMs: number | null;
};

/** The events of a page: so many, those after a place in the order of the history. */
export type DoseModificationPage = {
  readonly after: { readonly animal: string; readonly sequence: number } | null;
  readonly limit: number;
};

/** From the animals in order of tag each one's events: a page is read without what comes after it, or much before. */
const EVENTS_IN_ORDER = `
  FROM ${animalsAsKnown("$1", "$7")} a
    CROSS JOIN LATERAL (
      SELECT periods.*, row_number() OVER (ORDER BY recorded_at, position)::int AS sequence
      FROM decision_event_periods periods WHERE periods.study_id = $1 AND periods.animal_id = a.id
    ) e
  WHERE ($2::int IS NULL OR a.id = $2) AND ($3::text IS NULL OR a.group_code = $3) AND ($4::text IS NULL OR e.action = $4)
    AND ($5::numeric IS NULL OR e.observed_at >= to_timestamp($5::numeric / 1000))
    AND ($6::numeric IS NULL OR e.observed_at < to_timestamp($6::numeric / 1000))
    AND ($7::numeric IS NULL OR e.recorded_at <= to_timestamp($7::numeric / 1000))`;

const boundValues = (
  studyId: number,
  { animalId, group, action, fromMs, untilMs, knownMs }: DoseModificationBounds,
) => [studyId, animalId, group, action, fromMs, untilMs, knownMs];

export const countDoseModifications = async (
  transaction: Transaction,
  studyId: number,
  bounds: DoseModificationBounds,
): Promise<number> => {
  const [row] = await transaction.query<{ readonly count: number }>({
    text: `SELECT count(*)::int AS count ${EVENTS_IN_ORDER}`,
    values: boundValues(studyId, bounds),
  });
  return row?.count ?? 0;
};

/** The one query behind page and file, with each animal by its own record as known then. What closed an event later than `knownMs` was not known then. */
export const doseModificationRecords = (
  transaction: Transaction,
  studyId: number,
  bounds: DoseModificationBounds,
  page: DoseModificationPage | null,
): Promise<readonly DoseModificationRecord[]> =>
  transaction.query<DoseModificationRecord>({
    text: `
      SELECT ${EVENT_COLUMNS}, e.explanation, e.sequence, e.animal, e."group", today.tag AS "tagNow",
        ${msOf("entry.recorded_at")} AS "entryRecordedMs", entry.recorded_at_text AS "entryRecordedText",
        entry.recorded_by_text AS "recordedBy", entry.kind = 'order' AND entry.recorded_by IS NULL AS "importedOrder"
      FROM (
        SELECT e.*, a.tag AS animal, a.group_code AS "group" ${EVENTS_IN_ORDER}
          AND ($8::text IS NULL OR (a.tag >= $8 AND (a.tag, e.sequence) > ($8, $9::int)))
        ORDER BY a.tag, e.sequence LIMIT $10::int
      ) e
        JOIN animals today ON (today.study_id, today.id) = (e.study_id, e.animal_id)
        JOIN entries entry ON entry.study_id = e.study_id AND entry.id = e.entry_id
      ORDER BY e.animal, e.sequence`,
    values: [
      ...boundValues(studyId, bounds),
      page?.after?.animal ?? null,
      page?.after?.sequence ?? null,
      page?.limit ?? null,
    ],
  });
