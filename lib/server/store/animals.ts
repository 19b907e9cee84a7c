import "server-only";
import type { NewAnimal } from "@/lib/contracts/animals";
import { Prisma } from "@/generated/prisma/client";
import type { Transaction } from "@/lib/server/db/transaction";
import { animalDocument } from "./animal-document";
import type { AnimalColumns, ImportedAnimal } from "./animal-document";

type Document = Readonly<Record<string, unknown>>;

const COLUMNS = {
  tag: true,
  sex: true,
  strain: true,
  genotype: true,
  birthDate: true,
  room: true,
  cage: true,
  groupCode: true,
  startingDose: true,
  control: true,
  doseLevels: true,
  extra: true,
} as const satisfies Prisma.AnimalSelect;

type AnimalRow = Prisma.AnimalGetPayload<{ select: typeof COLUMNS }>;

/** A calendar day, as it is written and as Prisma takes it. */
export const dayText = (day: Date | null): string | null => day?.toISOString().slice(0, 10) ?? null;
const dayOf = (text: string | null): Date | null => (text === null ? null : new Date(`${text}T00:00:00Z`));

const columnsOf = ({ groupCode, extra: _extra, ...row }: AnimalRow): AnimalColumns => ({
  ...row,
  birthDate: dayText(row.birthDate),
  group: groupCode,
  startingDose: row.startingDose?.toNumber() ?? null,
  control: row.control ?? false,
  doseLevels: row.doseLevels.length === 0 ? null : row.doseLevels.map((level) => level.toNumber()),
});

/** What the audit trail keeps of animals: each as a bundle writes it, its dosing only once it is its own. */
export const animalContents = async (
  { prisma }: Transaction,
  studyId: number,
  animalIds: readonly number[],
): Promise<ReadonlyMap<number, Document>> => {
  const rows = await (
    await prisma()
  ).animal.findMany({
    where: { studyId, id: { in: [...animalIds] } },
    orderBy: { id: "asc" },
    select: { id: true, ...COLUMNS },
  });
  return new Map(rows.map(({ id, ...row }) => [id, animalDocument(columnsOf(row), row.extra as Document | null)]));
};

/**
 * Registers animals, in the order of their tags, so that two batches never wait for each other. Answers the ids of those
 * whose tags were new.
 */
export const addAnimals = async (
  { prisma }: Transaction,
  studyId: number,
  animals: readonly NewAnimal[],
  createdById: string,
): Promise<readonly number[]> => {
  const data = animals
    .map(({ id, group, birthDate, ...row }) => ({
      ...row,
      studyId,
      tag: id,
      groupCode: group,
      birthDate: dayOf(birthDate),
      createdById,
    }))
    .sort((left, right) => (left.tag < right.tag ? -1 : 1));
  const made = await (await prisma()).animal.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } });
  return made.map(({ id }) => id);
};

/** In the order of the bundle, which their ids keep. Answers the id of each tag. */
export const addImportedAnimals = async (
  { prisma }: Transaction,
  studyId: number,
  animals: readonly ImportedAnimal[],
  createdById: string | null,
): Promise<ReadonlyMap<string, number>> => {
  const data = animals.map(({ group, birthDate, doseLevels, extra, ...row }) => ({
    ...row,
    studyId,
    groupCode: group,
    birthDate: dayOf(birthDate),
    dosingFixed: true,
    ...(doseLevels === null ? {} : { doseLevels: [...doseLevels] }),
    extra: extra === null ? Prisma.DbNull : (extra as Prisma.InputJsonObject),
    createdById,
  }));
  const made = await (await prisma()).animal.createManyAndReturn({ data, select: { id: true, tag: true } });
  return new Map(made.map(({ id, tag }) => [tag, id]));
};

/** The tags of a study's animals, in the order of their registration. */
export const tagsOf = async ({ prisma }: Transaction, studyId: number): Promise<readonly string[]> => {
  const rows = await (
    await prisma()
  ).animal.findMany({ where: { studyId }, orderBy: { id: "asc" }, select: { tag: true } });
  return rows.map(({ tag }) => tag);
};

/** How many animals are in groups other than these, by group in order. */
export const countInOtherGroups = async (
  { prisma }: Transaction,
  studyId: number,
  codes: readonly string[],
): Promise<readonly { readonly code: string; readonly animals: number }[]> => {
  const rows = await (
    await prisma()
  ).animal.groupBy({
    by: ["groupCode"],
    where: { studyId, groupCode: { notIn: [...codes] } },
    orderBy: { groupCode: "asc" },
    _count: { id: true },
  });
  return rows.flatMap(({ groupCode, _count }) => (groupCode === null ? [] : [{ code: groupCode, animals: _count.id }]));
};

/** When an animal was first observed; null while it was not. */
export const firstObservedAt = async (
  { prisma }: Transaction,
  studyId: number,
  animalId: number,
): Promise<Date | null> => {
  const { _min } = await (await prisma()).entry.aggregate({ where: { studyId, animalId }, _min: { observedAt: true } });
  return _min.observedAt;
};

/** The dose that the first order of an animal which names one names; null where none does. */
export const firstOrderedDose = async (
  { prisma }: Transaction,
  studyId: number,
  animalId: number,
): Promise<string | null> => {
  const ordered = await (
    await prisma()
  ).entry.findFirst({
    where: { studyId, animalId, order: { dose: { not: null } } },
    orderBy: { logNumber: "asc" },
    select: { order: { select: { dose: true } } },
  });
  return ordered?.order?.dose?.toFixed() ?? null;
};
