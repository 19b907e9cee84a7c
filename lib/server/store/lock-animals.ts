import "server-only";
import { msOf } from "./read-log";
import { STUDY_ANIMAL_COLUMNS } from "./study-animals";
import type { StudyAnimalRow } from "./study-animals";
import type { Transaction } from "@/lib/server/db/transaction";

/** An animal whose state this transaction has locked. */
export type LockedAnimal = StudyAnimalRow & {
  readonly birthDate: string | null;
  readonly dosingFixed: boolean;
  readonly runNumber: number;
  readonly lastRecordedMs: number | null;
  readonly stateRevision: number;
  readonly state: unknown;
  readonly summary: unknown;
  readonly status: string;
  readonly dose: string;
  readonly openToxicities: readonly string[];
  /** The study's count of changes of its rules, as this statement saw it. */
  readonly studyRevision: number;
  /** The database's clock, after the lock. */
  readonly clockMs: number;
};

/**
 * Locks the states of animals, in the order of their ids, so that whoever writes an animal sees all that was written
 * before. The clock is read outside of the locking part: for each row after its lock was got, for the last after all.
 */
export const lockAnimals = (
  transaction: Transaction,
  studyId: number,
  tags: readonly string[],
): Promise<readonly LockedAnimal[]> =>
  transaction.query<LockedAnimal>({
    name: "lock_animals",
    text: `
      SELECT locked.*, ${msOf("date_trunc('milliseconds', clock_timestamp())")} AS "clockMs"
      FROM (
        SELECT ${STUDY_ANIMAL_COLUMNS},
          to_char(a.birth_date, 'YYYY-MM-DD') AS "birthDate", a.dosing_fixed AS "dosingFixed",
          s.run_number AS "runNumber", ${msOf("s.last_recorded_at")} AS "lastRecordedMs", s.rules_revision AS "stateRevision",
          s.state, s.summary, s.status, s.dose::text AS dose, s.open_toxicities AS "openToxicities",
          st.rules_revision AS "studyRevision"
        FROM animals a
          JOIN animal_states s ON (s.study_id, s.animal_id) = (a.study_id, a.id)
          JOIN studies st ON st.id = a.study_id
          LEFT JOIN dose_groups g ON g.study_id = a.study_id AND g.code = a.group_code
        WHERE a.study_id = $1 AND a.tag = ANY ($2)
        ORDER BY a.id
        FOR UPDATE OF s
      ) locked`,
    values: [studyId, tags],
  });
