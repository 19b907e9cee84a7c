import "server-only";
import type { Animal } from "@/lib/contracts/animals";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { animalsAsKnown } from "@/lib/server/store/known-animals";
import type { Transaction } from "@/lib/server/db/transaction";

type AnimalRow = Omit<Animal, "doseLevels" | "startingDose"> & {
  readonly animalId: number;
  readonly doseLevels: readonly string[] | null;
  readonly startingDose: string;
};

type Wanted = {
  /** As they were at the instant; absent for all. */
  readonly tags?: readonly string[];
  readonly animalIds?: readonly number[];
  /** Null, or absent: as they are now. */
  readonly knownMs?: number | null;
};

/**
 * The animals of a study by their own records, now or as known at an instant, in the order of their tags (code points).
 * Starting dose, control and ladder are the animal's own once they are fixed, by its first dose or an import; until then
 * its group's.
 */
export const animalsById = async (
  connection: Transaction,
  study: AuthorizedStudy,
  { tags, animalIds, knownMs }: Wanted = {},
): Promise<ReadonlyMap<number, Animal>> => {
  const rows = await connection.query<AnimalRow>({
    text: `SELECT a.id AS "animalId", a.tag AS id, sex, group_code AS "group", room, cage, to_char(birth_date, 'YYYY-MM-DD') AS "birthDate", strain, genotype,
            coalesce(CASE WHEN dosing_fixed THEN a.control ELSE dose_groups.control END, false) AS control,
            coalesce(CASE WHEN dosing_fixed THEN a.starting_dose ELSE dose_groups.starting_dose END, 0)::text AS "startingDose",
            nullif(CASE WHEN dosing_fixed THEN a.dose_levels ELSE dose_groups.dose_levels END, '{}')::text[] AS "doseLevels"
     FROM ${animalsAsKnown("$1", "$4")} a LEFT JOIN dose_groups ON dose_groups.study_id = a.study_id AND dose_groups.code = group_code
     WHERE ($2::text[] IS NULL OR tag = ANY ($2)) AND ($3::int[] IS NULL OR a.id = ANY ($3)) ORDER BY tag`,
    values: [study.id, tags ?? null, animalIds ?? null, knownMs ?? null],
  });
  return new Map(
    rows.map(({ animalId, ...row }) => [
      animalId,
      { ...row, startingDose: Number(row.startingDose), doseLevels: row.doseLevels?.map(Number) ?? null },
    ]),
  );
};

/** The animals as they are now, by tag; `tags` null for all. */
export const animalsOf = async (
  connection: Transaction,
  study: AuthorizedStudy,
  tags: readonly string[] | null,
): Promise<readonly Animal[]> => [...(await animalsById(connection, study, tags === null ? {} : { tags })).values()];
