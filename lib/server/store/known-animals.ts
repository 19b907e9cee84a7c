import "server-only";
import { msOf } from "./read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/**
 * To be read FROM: the animals of a study by their own records as known at an instant in milliseconds (null: now). Both are
 * parameters of the statement, like "$1". Whatever shows or exports who an animal was at an instant reads it here.
 */
export const animalsAsKnown = (studyId: string, knownMs: string): string =>
  `animals_as_known(${studyId}, to_timestamp(${knownMs}::numeric / 1000))`;

/** An animal that was looked for by a tag. */
export type FoundAnimal = {
  readonly animalId: number;
  /** Its tag now, whatever it was at the instant asked about. */
  readonly tagNow: string;
  /** Null: it came with an import, and was always known. */
  readonly knownFromMs: number | null;
};

/**
 * The animal that had a tag as known at an instant (null: now); else the one that has it now; else the one that had it
 * last. A tag that was freed may have been given to another animal, so the instant comes first.
 */
export const findAnimal = async (
  connection: Transaction,
  studyId: number,
  tag: string,
  knownMs: number | null,
): Promise<FoundAnimal | null> => {
  if (tag.includes("\u0000")) return null;
  const [found] = await connection.query<FoundAnimal>({
    text: `SELECT a.id AS "animalId", a.tag AS "tagNow", ${msOf("nullif(animal_known_from(a), '-infinity')")} AS "knownFromMs"
           FROM (
             SELECT id, 1 AS place, 0::bigint AS number FROM ${animalsAsKnown("$1", "$3")} WHERE tag = $2
             UNION ALL SELECT id, 2, 0 FROM animals WHERE study_id = $1 AND tag = $2
             UNION ALL SELECT animal_id, 3, number FROM animal_changes
               WHERE study_id = $1 AND before ? 'tag' AND before ->> 'tag' = $2
           ) candidate JOIN animals a ON a.study_id = $1 AND a.id = candidate.id
           ORDER BY place, number DESC LIMIT 1`,
    values: [studyId, tag, knownMs],
  });
  return found ?? null;
};
