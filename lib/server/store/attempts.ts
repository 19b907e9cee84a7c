import "server-only";
import { connection } from "@/lib/server/db/connection";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import { lockAccount } from "./accounts";
import { after, clockOf } from "./clock";

/** A try at an account's password, counted. */
export type Attempt = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly administrator: boolean;
  readonly auditor: boolean;
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  readonly locked: boolean;
  /** Whether this attempt locks the account, unless its password and code are right. */
  readonly locks: boolean;
};

export type AttemptLimits = { readonly mostAttempts: number; readonly lockSeconds: number };

/**
 * Counts an attempt, and locks the account where it reaches the limit; in a locked account nothing more is counted. A lock
 * that is over starts the count anew. Null where there is no such account.
 */
export const countAttempt = (email: string, limits: AttemptLimits): Promise<Attempt | null> =>
  inTransaction(database(), async (transaction) => {
    const account = await lockAccount(transaction, email);
    if (account === null) return { keep: false, value: null };
    const { id, user } = account;
    const [prisma, now] = await Promise.all([transaction.prisma(), clockOf(transaction)]);
    const row = await prisma.user.findUniqueOrThrow({
      where: { id },
      select: { passwordHash: true, failedAttempts: true, lockedUntil: true },
    });
    const { passwordHash, failedAttempts, lockedUntil } = row;
    const locked = lockedUntil !== null && lockedUntil > now;
    const failures = (lockedUntil !== null && !locked ? 0 : failedAttempts) + 1;
    const locks = !locked && failures >= limits.mostAttempts;
    if (!locked) {
      const data = { failedAttempts: failures, lockedUntil: locks ? after(now, limits.lockSeconds) : null };
      await prisma.user.update({ where: { id }, data, select: { id: true } });
    }
    const { name, administrator, auditor, disabled } = user;
    const value = { id, email, name, administrator, auditor, passwordHash, disabled, locked, locks };
    return { keep: true, value };
  });

/** A success starts the count anew. */
export const forgetAttempts = async (id: string): Promise<void> => {
  const data = { failedAttempts: 0, lockedUntil: null };
  await (await connection.prisma()).user.update({ where: { id }, data, select: { id: true } });
};

/** Takes back one attempt, which was neither a failure nor a success, with the lock that it set. */
export const uncountAttempt = async ({ id, locks }: Attempt): Promise<void> => {
  await (
    await connection.prisma()
  ).user.updateMany({
    where: { id, failedAttempts: { gt: 0 } },
    data: { failedAttempts: { decrement: 1 }, ...(locks ? { lockedUntil: null } : {}) },
  });
};
