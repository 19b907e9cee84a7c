import "server-only";
import { CHANGEABLE } from "@/lib/contracts/animal-changes";
import type { ChangeableField, MadeChange } from "@/lib/contracts/animal-changes";
import type { Prisma } from "@/generated/prisma/client";
import type { Transaction } from "@/lib/server/db/transaction";
import { dayText } from "./animals";
import { bytesOf } from "./bytes";

/** The columns of what can be changed of an animal's own record, as a change names them. */
export const COLUMN_OF = {
  tag: "tag",
  sex: "sex",
  group: "group_code",
  room: "room",
  cage: "cage",
  birthDate: "birth_date",
  strain: "strain",
  genotype: "genotype",
} as const satisfies Readonly<Record<ChangeableField, string>>;

type ColumnValues = Readonly<Record<string, string | null>>;

/** Of an animal's own record, some fields. */
export type FieldValues = Readonly<Partial<Record<ChangeableField, string | null>>>;

const CHANGE = {
  include: { changedBy: { select: { name: true } }, animal: { select: { tag: true } } },
} as const satisfies Prisma.AnimalChangeDefaultArgs;

type ChangeRow = Prisma.AnimalChangeGetPayload<typeof CHANGE>;

const madeOf = ({ id, changedAt, changedBy, reason, ...row }: ChangeRow): MadeChange => {
  const [before, after] = [row.before as ColumnValues, row.after as ColumnValues];
  return {
    id,
    changedAt: changedAt.toISOString(),
    changedBy: changedBy.name,
    reason,
    fields: CHANGEABLE.filter((field) => Object.hasOwn(after, COLUMN_OF[field])).map((field) => ({
      field,
      before: before[COLUMN_OF[field]] ?? null,
      after: after[COLUMN_OF[field]] ?? null,
    })),
  };
};

const instant = (ms: number): Date => new Date(ms);

/** The changes of animals' own records that were made after an instant and by another (null: no bound), each by its animal, the latest first. */
export const changesBetween = async (
  { prisma }: Transaction,
  studyId: number,
  animalIds: readonly number[],
  { fromMs, toMs }: { readonly fromMs: number | null; readonly toMs: number | null },
): Promise<ReadonlyMap<number, readonly MadeChange[]>> => {
  const after = fromMs === null ? {} : { gt: instant(fromMs) };
  const until = toMs === null ? {} : { lte: instant(toMs) };
  const rows = await (
    await prisma()
  ).animalChange.findMany({
    where: { studyId, animalId: { in: [...animalIds] }, changedAt: { ...after, ...until } },
    orderBy: { number: "desc" },
    ...CHANGE,
  });
  const found = new Map<number, MadeChange[]>();
  for (const row of rows) found.set(row.animalId, [...(found.get(row.animalId) ?? []), madeOf(row)]);
  return found;
};

/** The changes of one animal's own record, the latest first. */
export const changesOf = async (on: Transaction, studyId: number, animalId: number): Promise<readonly MadeChange[]> =>
  (await changesBetween(on, studyId, [animalId], { fromMs: null, toMs: null })).get(animalId) ?? [];

export type KnownChange = {
  readonly made: MadeChange;
  readonly tag: string;
  /** Hexadecimal. */
  readonly hash: string;
};

/** A change that is stored under an id already, with its animal's present tag. */
export const changeById = async ({ prisma }: Transaction, studyId: number, id: string): Promise<KnownChange | null> => {
  const row = await (await prisma()).animalChange.findFirst({ where: { studyId, id }, ...CHANGE });
  if (row === null) return null;
  const { animal, contentHash } = row;
  return { made: madeOf(row), tag: animal.tag, hash: Buffer.from(contentHash).toString("hex") };
};

/** The tag that the animal which once had this one has now, of several the one that had it last; null where none had. */
export const tagNow = async ({ prisma }: Transaction, studyId: number, formerTag: string): Promise<string | null> => {
  const found = await (
    await prisma()
  ).animalChange.findFirst({
    where: { studyId, before: { path: ["tag"], equals: formerTag } },
    orderBy: { number: "desc" },
    select: { animal: { select: { tag: true } } },
  });
  return found?.animal.tag ?? null;
};

/** An animal's own record as it can be changed. */
export const changeableOf = async (
  { prisma }: Transaction,
  studyId: number,
  id: number,
): Promise<Readonly<Record<ChangeableField, string | null>>> => {
  const row = await (await prisma()).animal.findFirstOrThrow({ where: { studyId, id } });
  const { tag, sex, groupCode, room, cage, birthDate, strain, genotype } = row;
  return { tag, sex, group: groupCode, room, cage, birthDate: dayText(birthDate), strain, genotype };
};

const columnsOf = (values: FieldValues): Prisma.InputJsonObject =>
  Object.fromEntries(
    CHANGEABLE.filter((field) => values[field] !== undefined).map((field) => [COLUMN_OF[field], values[field] ?? null]),
  );

/** A field as the bundle that an animal came with names it. */
const keyInBundle = (field: string): string => (field === "tag" ? "id" : field);

const withoutKeys = (extra: Prisma.JsonValue, fields: readonly string[]): Prisma.InputJsonObject => {
  const changed = new Set(fields.map(keyInBundle));
  const kept = Object.entries(extra as Prisma.InputJsonObject).filter(([key]) => !changed.has(key));
  return Object.fromEntries(kept);
};

export type NewChange = {
  readonly id: string;
  readonly studyId: number;
  readonly animalId: number;
  readonly changedById: string;
  readonly reason: string;
  readonly before: FieldValues;
  readonly after: FieldValues;
  /** Hexadecimal. */
  readonly hash: string;
};

/** Changes an animal's own record, and keeps what it was. What its bundle said of the same beside the columns goes. */
export const addChange = async ({ prisma }: Transaction, change: NewChange): Promise<void> => {
  const { id, studyId, animalId, changedById, reason, before, after, hash } = change;
  const { animal, animalChange } = await prisma();
  const contentHash = bytesOf(Buffer.from(hash, "hex"));
  const made = { before: columnsOf(before), after: columnsOf(after), contentHash };
  await animalChange.createMany({ data: [{ id, studyId, animalId, changedById, reason, ...made }] });
  const { birthDate, group, tag, ...plain } = after;
  const { extra } = await animal.findFirstOrThrow({ where: { studyId, id: animalId }, select: { extra: true } });
  await animal.updateMany({
    where: { studyId, id: animalId },
    data: {
      ...plain,
      ...(tag == null ? {} : { tag }),
      ...(group === undefined ? {} : { groupCode: group }),
      ...(birthDate === undefined ? {} : { birthDate: birthDate === null ? null : new Date(`${birthDate}T00:00:00Z`) }),
      ...(extra === null ? {} : { extra: withoutKeys(extra, Object.keys(after)) }),
    },
  });
};
