import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Transaction } from "@/lib/server/db/transaction";

/** The state of an animal after everything known. */
export type StoredState = {
  readonly runNumber: number;
  readonly lastRecordedMs: number | null;
  readonly rulesRevision: number;
  readonly state: unknown;
  readonly status: string;
  /** Decimal as text. */
  readonly dose: string;
  readonly openToxicities: readonly string[];
  readonly summary: unknown;
};

export const stateOf = async (
  { prisma }: Transaction,
  studyId: number,
  animalId: number,
): Promise<StoredState | null> => {
  const row = await (await prisma()).animalState.findFirst({ where: { studyId, animalId } });
  if (row === null) return null;
  const { runNumber, lastRecordedAt: last, rulesRevision, state, status, dose, openToxicities, summary } = row;
  const decided = { status, dose: dose.toFixed(), openToxicities, summary };
  return { runNumber, lastRecordedMs: last?.getTime() ?? null, rulesRevision, state, ...decided };
};

/** The doses of the animals on dose, by animal. */
export const dosesOnDose = async ({ prisma }: Transaction, studyId: number): Promise<ReadonlyMap<number, string>> => {
  const rows = await (
    await prisma()
  ).animalState.findMany({ where: { studyId, status: "ON_DOSE" }, select: { animalId: true, dose: true } });
  return new Map(rows.map(({ animalId, dose }) => [animalId, dose.toFixed()]));
};

/** When the last entry of a study was recorded; null while there is none. */
export const lastRecordedAt = async ({ prisma }: Transaction, studyId: number): Promise<Date | null> => {
  const { _max } = await (await prisma()).animalState.aggregate({ where: { studyId }, _max: { lastRecordedAt: true } });
  return _max.lastRecordedAt;
};

/** What an animal is judged by is read anew with its next entry. */
export const forgetState = async ({ prisma }: Transaction, studyId: number, animalId: number): Promise<void> => {
  await (await prisma()).animalState.updateMany({ where: { studyId, animalId }, data: { state: Prisma.DbNull } });
};
