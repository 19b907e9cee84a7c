import "server-only";
import type { Animal } from "@/lib/contracts/animals";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";

type AnimalRow = Omit<Animal, "doseLevels" | "startingDose"> & {
  readonly doseLevels: readonly string[] | null;
  readonly startingDose: string;
};

/**
 * The animals of a study by tag (code points), `tags` null for all. Starting dose, control and ladder are the animal's
 * own once they are fixed, by its first dose or an import; until then its group's.
 */
export const animalsOf = async (
  connection: Transaction,
  study: AuthorizedStudy,
  tags: readonly string[] | null,
): Promise<readonly Animal[]> => {
  const rows = await connection.query<AnimalRow>({
    text: `SELECT tag AS id, sex, group_code AS "group", room, cage, to_char(birth_date, 'YYYY-MM-DD') AS "birthDate", strain, genotype,
            coalesce(CASE WHEN dosing_fixed THEN animals.control ELSE dose_groups.control END, false) AS control,
            coalesce(CASE WHEN dosing_fixed THEN animals.starting_dose ELSE dose_groups.starting_dose END, 0)::text AS "startingDose",
            nullif(CASE WHEN dosing_fixed THEN animals.dose_levels ELSE dose_groups.dose_levels END, '{}')::text[] AS "doseLevels"
     FROM animals LEFT JOIN dose_groups ON dose_groups.study_id = animals.study_id AND dose_groups.code = group_code
     WHERE animals.study_id = $1 AND ($2::text[] IS NULL OR tag = ANY ($2)) ORDER BY tag`,
    values: [study.id, tags],
  });
  return rows.map((row) => ({
    ...row,
    startingDose: Number(row.startingDose),
    doseLevels: row.doseLevels?.map(Number) ?? null,
  }));
};
