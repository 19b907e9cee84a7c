import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/** What the audit trail keeps of a study: its columns, and what a bundle said beside them. */
export const studyContent = async (
  transaction: Transaction,
  studyId: number,
): Promise<Readonly<Record<string, unknown>>> => {
  const [row] = await transaction.query<{ readonly content: Readonly<Record<string, unknown>> }>({
    text: `SELECT json_build_object('code', code, 'title', title, 'species', species, 'strain', strain, 'timeZone', time_zone,
             'status', status, 'imported', imported, 'extra', extra) AS content
           FROM studies WHERE id = $1`,
    values: [studyId],
  });
  if (row === undefined) throw new Error("a study that was found is not there");
  return row.content;
};

/** What the audit trail keeps of animals: each as a bundle writes it, its dosing only once it is its own. */
export const animalContents = async (
  transaction: Transaction,
  animalIds: readonly number[],
): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>> => {
  const rows = await transaction.query<{ readonly id: number; readonly content: Readonly<Record<string, unknown>> }>({
    text: `SELECT id, json_strip_nulls(json_build_object('id', tag, 'sex', sex, 'strain', strain, 'genotype', genotype,
               'birthDate', to_char(birth_date, 'YYYY-MM-DD'), 'room', room, 'cage', cage, 'group', group_code,
               'startingDose', starting_dose::float8, 'control', nullif(control, false), 'doseLevels', dose_levels::float8[]))::jsonb
             || coalesce(extra, '{}') AS content
           FROM animals WHERE id = ANY ($1) ORDER BY id`,
    values: [animalIds],
  });
  return new Map(rows.map(({ id, content }) => [id, content]));
};
