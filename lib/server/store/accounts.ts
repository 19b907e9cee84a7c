import "server-only";
import type { ListedUser, User } from "@/lib/contracts/accounts";
import type { Prisma } from "@/generated/prisma/client";
import { connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";
import { clockOf } from "./clock";
import { lockEmail } from "./locks";

/** An account, and its row's id. */
export type Account = { readonly id: string; readonly user: User; readonly disabledAt: Date | null };

const SHOWN = {
  id: true,
  email: true,
  name: true,
  administrator: true,
  auditor: true,
  everyStudyRoles: true,
  disabledAt: true,
} as const satisfies Prisma.UserSelect;

const accountOf = ({ id, disabledAt, ...row }: Prisma.UserGetPayload<{ select: typeof SHOWN }>): Account => {
  const { email, name, administrator, auditor } = row;
  const everyStudyRoles = row.everyStudyRoles as User["everyStudyRoles"];
  return {
    id,
    disabledAt,
    user: { email, name, administrator, auditor, everyStudyRoles, disabled: disabledAt !== null },
  };
};

/** The account of an email, in lower case, which is the account's for good. */
export const accountOfEmail = async (email: string, on: Transaction = connection): Promise<Account | null> => {
  const row = await (await on.prisma()).user.findFirst({ where: { email }, select: SHOWN });
  return row === null ? null : accountOf(row);
};

/** The same with its row locked: two changes made side by side each see what the other did. */
export const lockAccount = async (transaction: Transaction, email: string): Promise<Account | null> => {
  await lockEmail(transaction, email);
  return accountOfEmail(email, transaction);
};

/** Every account, by email. */
export const listAccounts = async (): Promise<ListedUser[]> => {
  const [prisma, now] = await Promise.all([connection.prisma(), clockOf(connection)]);
  const rows = await prisma.user.findMany({
    select: { ...SHOWN, lockedUntil: true, secondFactor: { select: { setAt: true } } },
    orderBy: { email: "asc" },
  });
  return rows.map(({ lockedUntil, secondFactor, ...row }) => ({
    ...accountOf(row).user,
    locked: lockedUntil !== null && lockedUntil > now,
    secondFactor: secondFactor !== null && secondFactor.setAt !== null,
  }));
};

/** Null where the email has an account already. */
export const addAccount = async (
  transaction: Transaction,
  account: Omit<User, "disabled"> & { readonly passwordHash: string },
): Promise<Account | null> => {
  const prisma = await transaction.prisma();
  const [row] = await prisma.user.createManyAndReturn({ data: [account], skipDuplicates: true, select: SHOWN });
  return row === undefined ? null : accountOf(row);
};

/** What changes in an account: the keys that are there. */
export type AccountChange = {
  readonly name?: string | undefined;
  readonly passwordHash?: string | undefined;
  readonly administrator?: boolean | undefined;
  readonly auditor?: boolean | undefined;
  readonly everyStudyRoles?: User["everyStudyRoles"] | undefined;
  readonly disabled?: boolean | undefined;
  readonly endsSessions: boolean;
};

/** Changes an account that is locked. A new password also ends the lock after wrong ones. */
export const changeAccount = async (
  transaction: Transaction,
  { id, disabledAt }: Account,
  { disabled, endsSessions, ...change }: AccountChange,
): Promise<User> => {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const disabling = disabled === true ? (disabledAt ?? (await clockOf(transaction))) : null;
  const row = await (
    await transaction.prisma()
  ).user.update({
    where: { id },
    data: {
      ...given,
      ...(change.passwordHash === undefined ? {} : { failedAttempts: 0, lockedUntil: null }),
      ...(disabled === undefined ? {} : { disabledAt: disabling }),
      ...(endsSessions ? { sessionEpoch: { increment: 1 } } : {}),
    },
    select: SHOWN,
  });
  return accountOf(row).user;
};

export const setPassword = async ({ prisma }: Transaction, id: string, passwordHash: string): Promise<void> => {
  await (await prisma()).user.update({ where: { id }, data: { passwordHash }, select: { id: true } });
};

/**
 * The study in which a person would be technician and auditor at once, after the changes made so far in this
 * transaction; null when there is none. Who audits every study is limited by memberships as auditor.
 */
export const studyOfConflict = async ({ prisma }: Transaction, email: string): Promise<string | null> => {
  const person = await (
    await prisma()
  ).user.findFirst({
    where: { email },
    select: {
      auditor: true,
      everyStudyRoles: true,
      memberships: { select: { role: true, study: { select: { code: true } } } },
    },
  });
  if (person === null) return null;
  const studiesAs = (role: string) =>
    person.memberships.filter((membership) => membership.role === role).map(({ study }) => study.code);
  const audited = studiesAs("auditor");
  const worked = studiesAs("technician");
  const everywhere = person.everyStudyRoles.includes("technician");
  const both =
    person.auditor && audited.length === 0 ? worked : audited.filter((code) => everywhere || worked.includes(code));
  return both.sort()[0] ?? null;
};
