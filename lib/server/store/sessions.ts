import "server-only";
import { connection } from "@/lib/server/db/connection";
import type { PrismaQueries } from "@/lib/server/db/joined-prisma";
import type { Transaction } from "@/lib/server/db/transaction";
import { bytesOf } from "./bytes";
import { after, before, clockOf } from "./clock";

/** Whoever is let in by a session or a token. */
export type Person = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly administrator: boolean;
  /** Of every study. */
  readonly auditor: boolean;
};

const PERSON = { id: true, email: true, name: true, administrator: true, auditor: true } as const;

type PersonRow = Omit<Person, "userId"> & { readonly id: string };

const personOf = ({ id, email, name, administrator, auditor }: PersonRow): Person => ({
  userId: id,
  email,
  name,
  administrator,
  auditor,
});

/** A person as they are at a request: memberships as auditor limit who audits every study to those. */
const asTheyAct = async (prisma: PrismaQueries, row: PersonRow): Promise<Person> => {
  const person = personOf(row);
  if (!person.auditor) return person;
  const limits = await prisma.membership.count({ where: { userId: row.id, role: "auditor" } });
  return { ...person, auditor: limits === 0 };
};

/** The last use is noted no more often than this, so that reading stays reading. */
const NOTE_SECONDS = 60;

/** Opens a session; null for a disabled account. */
export const addSession = async (
  transaction: Transaction,
  userId: string,
  { seconds, userAgent }: { readonly seconds: number; readonly userAgent: string | null },
): Promise<{ readonly id: string; readonly person: Person } | null> => {
  const [prisma, now] = await Promise.all([transaction.prisma(), clockOf(transaction)]);
  const select = { ...PERSON, sessionEpoch: true };
  const user = await prisma.user.findFirst({ where: { id: userId, disabledAt: null }, select });
  if (user === null) return null;
  const { id } = await prisma.session.create({
    data: { userId, sessionEpoch: user.sessionEpoch, expiresAt: after(now, seconds), userAgent },
    select: { id: true },
  });
  return { id, person: personOf(user) };
};

/** Who has this session, while it lets in; that it was used is noted. */
export const personOfSession = async (id: string, idleSeconds: number): Promise<Person | null> => {
  const prisma = await connection.prisma();
  const [now, session] = await Promise.all([
    clockOf(connection),
    prisma.session.findUnique({
      where: { id, revokedAt: null, user: { disabledAt: null } },
      select: {
        expiresAt: true,
        lastSeenAt: true,
        sessionEpoch: true,
        user: { select: { ...PERSON, sessionEpoch: true } },
      },
    }),
  ]);
  if (session === null || session.sessionEpoch !== session.user.sessionEpoch) return null;
  if (session.expiresAt <= now || session.lastSeenAt <= before(now, idleSeconds)) return null;
  if (session.lastSeenAt < before(now, NOTE_SECONDS)) {
    await prisma.session.update({ where: { id }, data: { lastSeenAt: now }, select: { id: true } });
  }
  return asTheyAct(prisma, session.user);
};

/** Ends a session; null where it was not open. */
export const endSession = async (transaction: Transaction, id: string): Promise<Person | null> => {
  const [prisma, now] = await Promise.all([transaction.prisma(), clockOf(transaction)]);
  const { count } = await prisma.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  if (count === 0) return null;
  const { user } = await prisma.session.findUniqueOrThrow({ where: { id }, select: { user: { select: PERSON } } });
  return personOf(user);
};

export const addToken = async (
  transaction: Transaction,
  { userId, label, hash }: { readonly userId: string; readonly label: string; readonly hash: Buffer },
  seconds: number,
): Promise<void> => {
  const [prisma, now] = await Promise.all([transaction.prisma(), clockOf(transaction)]);
  await prisma.apiToken.create({
    data: { userId, label, tokenHash: bytesOf(hash), expiresAt: after(now, seconds) },
    select: { id: true },
  });
};

/** Whose token it is, while it lets in; that it was used is noted. */
export const personOfToken = async (hash: Buffer): Promise<Person | null> => {
  const prisma = await connection.prisma();
  const [now, token] = await Promise.all([
    clockOf(connection),
    prisma.apiToken.findUnique({
      where: { tokenHash: bytesOf(hash), revokedAt: null, user: { disabledAt: null } },
      select: { id: true, expiresAt: true, lastUsedAt: true, user: { select: PERSON } },
    }),
  ]);
  if (token === null || token.expiresAt <= now) return null;
  const { id, lastUsedAt } = token;
  if (lastUsedAt === null || lastUsedAt < before(now, NOTE_SECONDS)) {
    await prisma.apiToken.update({ where: { id }, data: { lastUsedAt: now }, select: { id: true } });
  }
  return asTheyAct(prisma, token.user);
};

/** Ends the personal tokens of an account that are not revoked; how many of them still let in. */
export const revokeTokens = async (transaction: Transaction, userId: string): Promise<number> => {
  const [prisma, now] = await Promise.all([transaction.prisma(), clockOf(transaction)]);
  const open = { userId, revokedAt: null };
  const { count } = await prisma.apiToken.updateMany({
    where: { ...open, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  await prisma.apiToken.updateMany({ where: open, data: { revokedAt: now } });
  return count;
};

/** Ends all that is open in the name of an account: its sessions by their epoch, and its personal tokens. */
export const endEverything = async (transaction: Transaction, userId: string): Promise<void> => {
  await (
    await transaction.prisma()
  ).user.update({ where: { id: userId }, data: { sessionEpoch: { increment: 1 } }, select: { id: true } });
  await revokeTokens(transaction, userId);
};

/** How many sessions and personal tokens of an account let in just now. */
export const countOpen = async (
  userId: string,
  idleSeconds: number,
): Promise<{ readonly sessions: number; readonly tokens: number }> => {
  const [prisma, now] = await Promise.all([connection.prisma(), clockOf(connection)]);
  const user = await prisma.user.findUnique({ where: { id: userId }, select: { sessionEpoch: true } });
  if (user === null) return { sessions: 0, tokens: 0 };
  const open = { userId, revokedAt: null, expiresAt: { gt: now } };
  const [sessions, tokens] = await Promise.all([
    prisma.session.count({
      where: { ...open, sessionEpoch: user.sessionEpoch, lastSeenAt: { gt: before(now, idleSeconds) } },
    }),
    prisma.apiToken.count({ where: open }),
  ]);
  return { sessions, tokens };
};
