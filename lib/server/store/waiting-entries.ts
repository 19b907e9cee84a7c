import "server-only";
import type { DeviationCode } from "@/lib/domain/rules/history";
import type { Transaction } from "@/lib/server/db/transaction";
import { ENTRY_COLUMNS, msOf } from "./read-log";
import type { EntryRecord } from "./read-log";

/** An entry that waits for a signature. */
export type WaitingEntry = EntryRecord & {
  readonly id: string;
  readonly animalId: number;
  readonly observedMs: number;
  readonly observedAt: string;
  readonly recordedBy: string;
  /** Of an order. */
  readonly action: "RESUME" | "SET_DOSE" | "DISCONTINUE" | null;
  readonly dose: string | null;
  /** Of a dose. */
  readonly deviations: readonly { readonly code: string }[] | null;
  readonly decision: string | null;
};

/**
 * Standing orders, and doses with one of these deviations, that were recorded here and that nobody has signed; of a study,
 * or of some of its entries. By hand: what waits is found by what is not there, in three tables.
 */
export const waitingEntries = (
  transaction: Transaction,
  studyId: number,
  deviations: readonly DeviationCode[],
  entries: readonly string[] | null,
): Promise<readonly WaitingEntry[]> =>
  transaction.query<WaitingEntry>({
    text: `
      SELECT ${ENTRY_COLUMNS}, e.id, e.animal_id AS "animalId", ${msOf("e.observed_at")} AS "observedMs",
        e.observed_at_text AS "observedAt", u.name AS "recordedBy", o.action, o.dose::text AS dose,
        e.answer -> 'deviations' AS deviations,
        (SELECT p.sentence FROM decision_event_periods p
         WHERE (p.study_id, p.animal_id) = (e.study_id, e.animal_id) AND p.entry_id = e.id AND p.until IS NULL ORDER BY p.position LIMIT 1) AS decision
      FROM standing_versions($1, NULL) e
        JOIN animals a ON (a.study_id, a.id) = (e.study_id, e.animal_id)
        JOIN users u ON u.id = e.recorded_by
        LEFT JOIN orders o ON o.study_id = e.study_id AND o.entry_id = e.id
      WHERE ($3::text[] IS NULL OR e.id = ANY ($3))
        AND (e.kind = 'order' AND o.action <> 'WITHHOLD'
          OR e.kind = 'dose' AND EXISTS (SELECT FROM json_array_elements(e.answer -> 'deviations') d WHERE d ->> 'code' = ANY ($2)))
        AND NOT EXISTS (SELECT FROM signatures s
          WHERE s.study_id = e.study_id AND s.subject_kind IN ('order', 'override', 'deviation') AND s.subject = e.id)
      ORDER BY e.log_number`,
    values: [studyId, deviations, entries],
  });
