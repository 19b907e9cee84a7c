import "server-only";
import type { Member } from "@/lib/contracts/accounts";
import { connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";

/** The members of a study, by email, each with all their roles there. */
export const membersOf = async (studyId: number, on: Transaction = connection): Promise<Member[]> => {
  const rows = await (
    await on.prisma()
  ).user.findMany({
    where: { memberships: { some: { studyId } } },
    select: { email: true, name: true, memberships: { where: { studyId }, select: { role: true } } },
    orderBy: { email: "asc" },
  });
  return rows.map(({ email, name, memberships }) => ({
    email,
    name,
    roles: memberships.map(({ role }) => role as Member["roles"][number]).sort(),
  }));
};

/** What somebody is in a study by membership, in order. */
export const membershipsOf = async (
  { prisma }: Transaction,
  studyId: number,
  userId: string,
): Promise<readonly string[]> => {
  const rows = await (await prisma()).membership.findMany({ where: { studyId, userId }, select: { role: true } });
  return rows.map(({ role }) => role).sort();
};

/** Makes these the roles that somebody has in a study by membership. */
export const setMemberships = async (
  transaction: Transaction,
  studyId: number,
  userId: string,
  roles: readonly string[],
): Promise<void> => {
  const { membership } = await transaction.prisma();
  await membership.deleteMany({ where: { studyId, userId, role: { notIn: [...roles] } } });
  await membership.createMany({ data: roles.map((role) => ({ studyId, userId, role })), skipDuplicates: true });
};

/** How many people in use are director of a study, by membership or in every study. */
export const countDirectors = async ({ prisma }: Transaction, studyId: number): Promise<number> =>
  (await prisma()).user.count({
    where: {
      disabledAt: null,
      OR: [
        { everyStudyRoles: { has: "study_director" } },
        { memberships: { some: { studyId, role: "study_director" } } },
      ],
    },
  });
