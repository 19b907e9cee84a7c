import "server-only";
import { CHANGEABLE } from "@/lib/contracts/animal-changes";
import type { ChangeableField, MadeChange } from "@/lib/contracts/animal-changes";
import type { Transaction } from "@/lib/server/db/transaction";

/** The columns of what can be changed of an animal's own record. */
export const COLUMN_OF: Readonly<Record<ChangeableField, string>> = {
  tag: "tag",
  sex: "sex",
  group: "group_code",
  room: "room",
  cage: "cage",
  birthDate: "birth_date",
  strain: "strain",
  genotype: "genotype",
};

export type ColumnValues = Readonly<Record<string, string | null>>;

type ChangeRow = {
  readonly id: string;
  readonly changedAt: Date;
  readonly changedBy: string;
  readonly reason: string;
  readonly before: ColumnValues;
  readonly after: ColumnValues;
};

const madeOf = ({ before, after, changedAt, ...row }: ChangeRow): MadeChange => ({
  ...row,
  changedAt: changedAt.toISOString(),
  fields: CHANGEABLE.filter((field) => Object.hasOwn(after, COLUMN_OF[field])).map((field) => ({
    field,
    before: before[COLUMN_OF[field]] ?? null,
    after: after[COLUMN_OF[field]] ?? null,
  })),
});

const CHANGE_COLUMNS = `c.id::text, c.changed_at AS "changedAt", u.name AS "changedBy", c.reason, c.before, c.after`;

/** The changes of animals' own records that were made after an instant and by another (null: no bound), each by its animal, the latest first. */
export const changesBetween = async (
  connection: Transaction,
  animalIds: readonly number[],
  { fromMs, toMs }: { readonly fromMs: number | null; readonly toMs: number | null },
): Promise<ReadonlyMap<number, readonly MadeChange[]>> => {
  const rows = await connection.query<ChangeRow & { readonly animalId: number }>({
    text: `SELECT ${CHANGE_COLUMNS}, c.animal_id AS "animalId" FROM animal_changes c JOIN users u ON u.id = c.changed_by
           WHERE c.animal_id = ANY ($1::int[]) AND ($2::numeric IS NULL OR c.changed_at > to_timestamp($2::numeric / 1000))
             AND ($3::numeric IS NULL OR c.changed_at <= to_timestamp($3::numeric / 1000))
           ORDER BY c.number DESC`,
    values: [animalIds, fromMs, toMs],
  });
  const found = new Map<number, MadeChange[]>();
  for (const { animalId, ...row } of rows) found.set(animalId, [...(found.get(animalId) ?? []), madeOf(row)]);
  return found;
};

/** The changes of one animal's own record, the latest first. */
export const changesOf = async (connection: Transaction, animalId: number): Promise<readonly MadeChange[]> =>
  (await changesBetween(connection, [animalId], { fromMs: null, toMs: null })).get(animalId) ?? [];

export type KnownChange = {
  readonly made: MadeChange;
  readonly studyId: number;
  readonly tag: string;
  readonly hash: string;
};

/** A change that is stored under an id already, with its animal's present tag. */
export const changeById = async (transaction: Transaction, id: string): Promise<KnownChange | null> => {
  const [row] = await transaction.query<
    ChangeRow & { readonly studyId: number; readonly tag: string; readonly hash: string }
  >({
    text: `SELECT ${CHANGE_COLUMNS}, c.study_id AS "studyId", a.tag, encode(c.content_hash, 'hex') AS hash
           FROM animal_changes c JOIN users u ON u.id = c.changed_by JOIN animals a ON a.id = c.animal_id WHERE c.id = $1`,
    values: [id],
  });
  if (row === undefined) return null;
  const { studyId, tag, hash, ...change } = row;
  return { made: madeOf(change), studyId, tag, hash };
};
