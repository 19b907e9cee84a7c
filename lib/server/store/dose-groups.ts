import "server-only";
import { connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";

/** A dose group. Levels, from high to low, and starting dose are decimals as text. */
export type DoseGroupRow = {
  readonly code: string;
  readonly label: string;
  readonly control: boolean;
  readonly doseLevels: readonly string[];
  readonly startingDose: string | null;
};

/** The dose groups of a study in their order, and how many animals each has. */
export const doseGroups = async (
  studyId: number,
  on: Transaction = connection,
): Promise<readonly (DoseGroupRow & { readonly animals: number })[]> => {
  const rows = await (
    await on.prisma()
  ).doseGroup.findMany({
    where: { studyId },
    orderBy: [{ position: "asc" }, { code: "asc" }],
    include: { _count: { select: { animals: true } } },
  });
  return rows.map(({ code, label, control, doseLevels, startingDose, _count }) => ({
    code,
    label,
    control,
    doseLevels: doseLevels.map((level) => level.toFixed()),
    startingDose: startingDose?.toFixed() ?? null,
    animals: _count.animals,
  }));
};

export const addDoseGroups = async (
  { prisma }: Transaction,
  studyId: number,
  groups: readonly DoseGroupRow[],
): Promise<void> => {
  const data = groups.map((group, position) => ({
    ...group,
    doseLevels: [...group.doseLevels],
    studyId,
    position,
  }));
  await (await prisma()).doseGroup.createMany({ data });
};

/** Makes these the groups of a study: those that it does not name go, the others are as it says. */
export const setDoseGroups = async (
  transaction: Transaction,
  studyId: number,
  groups: readonly DoseGroupRow[],
): Promise<void> => {
  const { doseGroup } = await transaction.prisma();
  await doseGroup.deleteMany({ where: { studyId, code: { notIn: groups.map(({ code }) => code) } } });
  for (const [position, { code, doseLevels, ...group }] of groups.entries()) {
    const row = { ...group, doseLevels: [...doseLevels], position };
    await doseGroup.upsert({
      where: { studyId_code: { studyId, code } },
      create: { ...row, studyId, code },
      update: row,
      select: { code: true },
    });
  }
};
