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

/** The one query behind page and file, with each animal by its own record as known then. What closed an event later than `knownMs` was not known then. */
export const doseModificationRecords = (
  transaction: Transaction,
  studyId: number,
  { animalId, group, action, fromMs, untilMs, knownMs }: DoseModificationBounds,
): Promise<readonly DoseModificationRecord[]> =>
  transaction.query<DoseModificationRecord>({
    text: `
      SELECT ${EVENT_COLUMNS}, e.explanation, e.sequence, a.tag AS animal, a.group_code AS "group", today.tag AS "tagNow",
        ${msOf("entry.recorded_at")} AS "entryRecordedMs", entry.recorded_at_text AS "entryRecordedText",
        entry.recorded_by_text AS "recordedBy", entry.kind = 'order' AND entry.recorded_by IS NULL AS "importedOrder"
      FROM (
        SELECT periods.*, row_number() OVER (PARTITION BY animal_id ORDER BY recorded_at, position)::int AS sequence
        FROM decision_event_periods periods WHERE study_id = $1
      ) e
        JOIN ${animalsAsKnown("$1", "$7")} a ON a.id = e.animal_id
        JOIN animals today ON today.id = e.animal_id
        JOIN entries entry ON entry.study_id = e.study_id AND entry.id = e.entry_id
      WHERE ($2::int IS NULL OR a.id = $2) AND ($3::text IS NULL OR a.group_code = $3) AND ($4::text IS NULL OR e.action = $4)
        AND ($5::numeric IS NULL OR e.observed_at >= to_timestamp($5::numeric / 1000))
        AND ($6::numeric IS NULL OR e.observed_at < to_timestamp($6::numeric / 1000))
        AND ($7::numeric IS NULL OR e.recorded_at <= to_timestamp($7::numeric / 1000))
      ORDER BY a.tag, e.sequence`,
    values: [studyId, animalId, group, action, fromMs, untilMs, knownMs],
  });
