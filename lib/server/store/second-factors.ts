import "server-only";
import { connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";
import { bytesOf } from "./bytes";

/** A second factor as it was begun. `setAt` is null until a right code was typed. */
export type Factor = {
  readonly sealed: Buffer;
  readonly keyId: string;
  readonly begunAt: Date;
  readonly setAt: Date | null;
  /** Of its recovery codes; null until it is set. */
  readonly salt: Buffer | null;
};

export const factorOf = async (userId: string, on: Transaction = connection): Promise<Factor | null> => {
  const row = await (await on.prisma()).secondFactor.findUnique({ where: { userId } });
  if (row === null) return null;
  const { sealed, keyId, begunAt, setAt, recoverySalt } = row;
  const salt = recoverySalt === null ? null : Buffer.from(recoverySalt);
  return { sealed: Buffer.from(sealed), keyId, begunAt, setAt, salt };
};

export const hasFactor = async (userId: string): Promise<boolean> =>
  (await (await connection.prisma()).secondFactor.count({ where: { userId, setAt: { not: null } } })) === 1;

/** Begins a factor, in the place of one that was only begun; false where one is set. */
export const beginFactor = async (userId: string, factor: Pick<Factor, "sealed" | "keyId">): Promise<boolean> => {
  const { keyId } = factor;
  const sealed = bytesOf(factor.sealed);
  const { secondFactor } = await connection.prisma();
  const again = await secondFactor.updateMany({ where: { userId, setAt: null }, data: { sealed, keyId } });
  if (again.count === 1) return true;
  const begun = await secondFactor.createMany({ data: [{ userId, sealed, keyId }], skipDuplicates: true });
  return begun.count === 1;
};

/** The database puts its own clock in the place of this instant. */
const NOW = new Date(0);

/** Sets a factor that is still as it was begun, with its recovery codes; false where it is another by now. */
export const setFactor = async (
  { prisma }: Transaction,
  userId: string,
  { sealed }: Factor,
  { step, salt, hashes }: { readonly step: number; readonly salt: Buffer; readonly hashes: readonly Buffer[] },
): Promise<boolean> => {
  const { recoveryCode, secondFactor } = await prisma();
  await recoveryCode.createMany({ data: hashes.map((codeHash) => ({ userId, codeHash: bytesOf(codeHash) })) });
  const { count } = await secondFactor.updateMany({
    where: { userId, setAt: null, sealed: bytesOf(sealed) },
    data: { setAt: NOW, lastStep: step, recoverySalt: bytesOf(salt) },
  });
  return count === 1;
};

/** Deletes a factor that is set, with its recovery codes; false where there is none. */
export const deleteFactor = async ({ prisma }: Transaction, userId: string): Promise<boolean> => {
  const { count } = await (await prisma()).secondFactor.deleteMany({ where: { userId, setAt: { not: null } } });
  return count === 1;
};

/** Takes a code's step, and none that is not after the last one: of two requests with one code, one is refused. */
export const acceptStep = async (userId: string, step: number): Promise<boolean> => {
  const { count } = await (
    await connection.prisma()
  ).secondFactor.updateMany({
    where: { userId, setAt: { not: null }, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
};

export type RecoveryCodeUse =
  { readonly use: "used-now"; readonly left: number } | { readonly use: "used-before" | "unknown" };

/** Uses up a recovery code, once. */
export const useRecoveryCode = async (
  { prisma }: Transaction,
  userId: string,
  hash: Buffer,
): Promise<RecoveryCodeUse> => {
  const { recoveryCode } = await prisma();
  const code = { userId, codeHash: bytesOf(hash) };
  const { count } = await recoveryCode.updateMany({ where: { ...code, usedAt: null }, data: { usedAt: NOW } });
  if (count === 1) return { use: "used-now", left: await recoveryCode.count({ where: { userId, usedAt: null } }) };
  return { use: (await recoveryCode.count({ where: code })) === 0 ? "unknown" : "used-before" };
};

export const countRecoveryCodes = async (userId: string): Promise<number> =>
  (await connection.prisma()).recoveryCode.count({ where: { userId, usedAt: null } });
