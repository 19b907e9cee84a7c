import "server-only";
import { EMPTY_SUMMARY } from "@/lib/domain/animal/animal-summary";
import type { AnimalSummary } from "@/lib/domain/animal/animal-summary";
import type { OverviewAnimal, OverviewDecision } from "@/lib/domain/animal/overview-animal";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";

export type BoardRow = OverviewAnimal & { readonly studyId: number };

type StoredRow = Omit<BoardRow, "summary" | "decisions"> & {
  /** {} for an animal without entries. */
  readonly summary: Partial<AnimalSummary>;
  readonly decisions: readonly OverviewDecision[] | null;
};

const REPLAY_ORDER = "e.observed_at, original.recorded_at, original.id";

/**
 * Every animal of these studies by tag, in one statement: its row, its stored state and the decisions that stand. What
 * it costs does not depend on how many entries there are.
 */
export const boardRows = async (connection: Transaction, studyIds: readonly number[]): Promise<readonly BoardRow[]> => {
  const rows = await connection.query<StoredRow>({
    name: "board_rows",
    text: `
      SELECT a.study_id AS "studyId", a.tag, a.sex, a.group_code AS "group", a.room, a.cage,
        coalesce(CASE WHEN a.dosing_fixed THEN a.control ELSE g.control END, false) AS control,
        s.status, s.dose::text AS dose, s.open_toxicities AS "openToxicities", s.summary, d.decisions, d.said
      FROM animals a
        JOIN animal_states s ON (s.study_id, s.animal_id) = (a.study_id, a.id)
        LEFT JOIN dose_groups g ON g.study_id = a.study_id AND g.code = a.group_code
        LEFT JOIN LATERAL (
          SELECT
            json_agg(json_build_object(
              'action', e.action, 'fromDose', e.from_dose::text, 'toDose', e.to_dose::text,
              'observedMs', ${msOf("e.observed_at")}, 'recordedMs', ${msOf("e.recorded_at")}
            ) ORDER BY ${REPLAY_ORDER}) AS decisions,
            (array_agg(
              json_build_object('entry', e.entry_id, 'sentence', e.sentence, 'toDose', e.to_dose::text)
              ORDER BY ${REPLAY_ORDER}
            ))[count(*)::int] AS said
          FROM decision_event_periods e
            JOIN entries entry ON entry.study_id = e.study_id AND entry.id = e.entry_id
            JOIN entries original ON original.study_id = entry.study_id AND original.id = entry.record_id
          WHERE (e.study_id, e.animal_id) = (a.study_id, a.id) AND e.until IS NULL
        ) d ON true
      WHERE a.study_id = ANY ($1::int[])
      ORDER BY a.study_id, a.tag`,
    values: [studyIds],
  });
  return rows.map(({ summary, decisions, ...row }) => ({
    ...row,
    summary: { ...EMPTY_SUMMARY, ...summary },
    decisions: decisions ?? [],
  }));
};
