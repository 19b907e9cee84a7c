import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/** What of an animal the rules need. Starting dose and levels are decimals as text. */
export type StudyAnimalRow = {
  readonly studyId: number;
  readonly animalId: number;
  readonly tag: string;
  readonly group: string | null;
  /** Its own where fixed, else its group's; null without either. */
  readonly startingDose: string | null;
  readonly control: boolean;
  /** Null: the protocol's. */
  readonly doseLevels: readonly string[] | null;
};

/** Of `animals a LEFT JOIN dose_groups g`. */
export const STUDY_ANIMAL_COLUMNS = `
  a.study_id AS "studyId", a.id AS "animalId", a.tag, a.group_code AS "group",
  (CASE WHEN a.dosing_fixed THEN a.starting_dose ELSE g.starting_dose END)::text AS "startingDose",
  coalesce(CASE WHEN a.dosing_fixed THEN a.control ELSE g.control END, false) AS control,
  nullif(CASE WHEN a.dosing_fixed THEN a.dose_levels ELSE g.dose_levels END, '{}')::text[] AS "doseLevels"`;

/** The animals of a study in the order of their registration; `tags` null for all. */
export const studyAnimalRows = (
  transaction: Transaction,
  studyId: number,
  tags: readonly string[] | null,
): Promise<readonly StudyAnimalRow[]> =>
  transaction.query<StudyAnimalRow>({
    text: `SELECT ${STUDY_ANIMAL_COLUMNS}
           FROM animals a LEFT JOIN dose_groups g ON g.study_id = a.study_id AND g.code = a.group_code
           WHERE a.study_id = $1 AND ($2::text[] IS NULL OR a.tag = ANY ($2)) ORDER BY a.id`,
    values: [studyId, tags],
  });
