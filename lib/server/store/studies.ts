import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";

type Document = Readonly<Record<string, unknown>>;

export type NewStudy = {
  readonly code: string;
  readonly title: string;
  readonly species: string;
  readonly strain: string;
  readonly timeZone: string;
  readonly createdById: string | null;
};

/** A study that came as a bundle is in use at once. */
export type ImportedStudy = NewStudy & { readonly status: "active"; readonly imported: true; readonly extra: Document };

/** Null where another study has the code. */
export const addStudy = async (transaction: Transaction, row: NewStudy | ImportedStudy): Promise<number | null> => {
  const [made] = await (
    await transaction.prisma()
  ).study.createManyAndReturn({
    data: [row as Prisma.StudyCreateManyInput],
    skipDuplicates: true,
    select: { id: true },
  });
  return made?.id ?? null;
};

/** A study, and what somebody is in it. */
export type StudyRow = {
  readonly code: string;
  readonly title: string;
  readonly species: string;
  readonly strain: string;
  readonly timeZone: string;
  readonly status: string;
  readonly imported: boolean;
  readonly createdAt: Date;
  readonly animals: number;
  /** By membership, or in every study. */
  readonly roles: readonly string[];
};

export type StudiesOfPerson = {
  readonly studies: readonly StudyRow[];
  /** Whether memberships as auditor limit what they audit. */
  readonly auditsSomeOnly: boolean;
};

/** Studies by code, all or the one with a code, as somebody stands in them. */
export const studiesFor = async (userId: string, code: string | null): Promise<StudiesOfPerson> => {
  const prisma = await connection.prisma();
  const [rows, person, audited] = await Promise.all([
    prisma.study.findMany({
      where: code === null ? {} : { code },
      orderBy: { code: "asc" },
      select: {
        code: true,
        title: true,
        species: true,
        strain: true,
        timeZone: true,
        status: true,
        imported: true,
        createdAt: true,
        _count: { select: { animals: true } },
        memberships: { where: { userId }, select: { role: true } },
      },
    }),
    prisma.user.findUnique({ where: { id: userId }, select: { everyStudyRoles: true } }),
    prisma.membership.count({ where: { userId, role: "auditor" } }),
  ]);
  const studies = rows.map(({ _count, memberships, ...row }) => ({
    ...row,
    animals: _count.animals,
    roles: [...new Set([...memberships.map(({ role }) => role), ...(person?.everyStudyRoles ?? [])])],
  }));
  return { studies, auditsSomeOnly: audited > 0 };
};

/** Every study, or the one with a code. */
export const studyNames = async (
  code: string | null,
  on: Transaction = connection,
): Promise<readonly { readonly id: number; readonly code: string; readonly timeZone: string }[]> =>
  (await on.prisma()).study.findMany({
    where: code === null ? {} : { code },
    orderBy: { code: "asc" },
    select: { id: true, code: true, timeZone: true },
  });

export const setStudyStatus = async ({ prisma }: Transaction, id: number, status: string): Promise<void> => {
  await (await prisma()).study.update({ where: { id }, data: { status }, select: { id: true } });
};

export const statusOf = async ({ prisma }: Transaction, id: number): Promise<string> =>
  (await (await prisma()).study.findUniqueOrThrow({ where: { id }, select: { status: true } })).status;

/** By how many changes of its rules the study's entries are judged. */
export const rulesRevisionOf = async ({ prisma }: Transaction, id: number): Promise<number> =>
  (await (await prisma()).study.findUniqueOrThrow({ where: { id }, select: { rulesRevision: true } })).rulesRevision;

/** A study's columns, and what a bundle said beside them. */
export const studyRow = async ({ prisma }: Transaction, id: number) =>
  (await prisma()).study.findUniqueOrThrow({
    where: { id },
    select: {
      code: true,
      title: true,
      species: true,
      strain: true,
      timeZone: true,
      imported: true,
      extra: true,
    },
  });

/** What the audit trail keeps of a study: its columns, and what a bundle said beside them. */
export const studyContent = async ({ prisma }: Transaction, id: number): Promise<Document> =>
  (await prisma()).study.findUniqueOrThrow({
    where: { id },
    select: {
      code: true,
      title: true,
      species: true,
      strain: true,
      timeZone: true,
      status: true,
      imported: true,
      extra: true,
    },
  });
