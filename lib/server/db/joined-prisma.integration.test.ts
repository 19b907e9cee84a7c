import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { actAs, onAccount } from "@/lib/server/store/audit-events";
import { SYSTEM, appendAudit } from "@/lib/server/command/audit";
import { person, useTestDatabase } from "@/test/people/test-people";
import { withConnection } from "../../../scripts/database/connection.mjs";
import { database } from "./database";
import { databaseError } from "./database-error";
import { connection } from "./connection";
import { inTransaction } from "./transaction";
import type { Transaction } from "./transaction";

useTestDatabase();

const idOf = async (email: string, { prisma }: Transaction = connection) =>
  (await (await prisma()).user.findFirst({ where: { email }, select: { id: true } }))?.id;

const addUser = async ({ prisma }: Transaction, email: string): Promise<string> => {
  const { id } = await (await prisma()).user.create({ data: { email, name: "N" }, select: { id: true } });
  return id;
};

const audited = (transaction: Transaction, id: string) =>
  appendAudit(transaction, SYSTEM, [{ ...onAccount(id), kind: "USER_CREATED", subject: "x", newValue: {} }]);

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test("what Prisma writes is seen by plain SQL of the same transaction, and by nobody else before its COMMIT", async () => {
  const email = `${randomUUID()}@example.org`;
  await inTransaction(database(), async (transaction) => {
    const id = await addUser(transaction, email);
    const rows = await transaction.query({ text: "SELECT id FROM users WHERE email = $1", values: [email] });
    expect([rows.length, await idOf(email, transaction), await idOf(email)]).toEqual([1, id, undefined]);
    await audited(transaction, id);
    return { keep: true, value: null };
  });
  expect(await idOf(email)).toBeDefined();
});

test("what Prisma wrote is gone when its transaction is taken back, or something in it is thrown", async () => {
  const email = `${randomUUID()}@example.org`;
  await inTransaction(database(), async (transaction) => {
    await addUser(transaction, email);
    return { keep: false, value: null };
  });
  const thrown = await thrownBy(
    inTransaction(database(), async (transaction) => {
      await addUser(transaction, email);
      throw new Error("no");
    }),
  );
  expect([(thrown as Error).message, await idOf(email)]).toEqual(["no", undefined]);
});

test("nested writes, which Prisma puts into a transaction of its own, are part of ours", async () => {
  const email = `${randomUUID()}@example.org`;
  await inTransaction(database(), async (transaction) => {
    const prisma = await transaction.prisma();
    const { sessions } = await prisma.user.create({
      data: { email, name: "N", sessions: { create: [{ sessionEpoch: 0, expiresAt: new Date(2_000_000_000_000) }] } },
      select: { sessions: true },
    });
    expect(sessions).toHaveLength(1);
    return { keep: false, value: null };
  });
  expect(await idOf(email)).toBeUndefined();
});

test("triggers know who acts in what Prisma writes", async () => {
  const { userId } = await person(`${randomUUID()}@example.org`);
  const seen = await inTransaction(database(), async (transaction) => {
    await actAs(transaction, { ...SYSTEM, actorId: userId, origin: "session" });
    const rows = await (await transaction.prisma()).$queryRaw`SELECT current_setting('doseline.actor') AS actor`;
    return { keep: false, value: rows };
  });
  expect(seen).toEqual([{ actor: userId }]);
});

test("a refusal of the database tells its state and constraint through Prisma as through plain SQL", async () => {
  const email = `${randomUUID()}@example.org`;
  await person(email);
  const byPrisma = await thrownBy(
    inTransaction(database(), async (transaction) => {
      await addUser(transaction, email);
      return { keep: true, value: null };
    }),
  );
  const bySql = await thrownBy(
    inTransaction(database(), async (transaction) => {
      await transaction.query({ text: "INSERT INTO users (email, name) VALUES ($1, 'N')", values: [email] });
      return { keep: true, value: null };
    }),
  );
  const refusal = databaseError(bySql);
  expect(refusal).toMatchObject({ state: "23505", constraint: "users_email_key" });
  expect(databaseError(byPrisma)).toEqual(refusal);
});

test("a refusal of a trigger tells its state and words through Prisma as through plain SQL", async () => {
  const { userId } = await person(`${randomUUID()}@example.org`);
  const byPrisma = await thrownBy(
    connection
      .prisma()
      .then((prisma) => prisma.user.update({ where: { id: userId }, data: { email: "x@example.org" } })),
  );
  const change = { text: "UPDATE users SET email = 'x@example.org' WHERE id = $1", values: [userId] };
  const refusal = databaseError(await thrownBy(connection.query(change)));
  expect(refusal?.state).toBe("23001");
  expect(databaseError(byPrisma)).toEqual(refusal);
});

test("an instant is stored as it is, as a client in another time zone reads it", async () => {
  const { userId } = await person(`${randomUUID()}@example.org`);
  const at = new Date("2026-07-01T12:34:56.789Z");
  const kept = await inTransaction(database(), async ({ prisma }) => {
    const { id } = await (await prisma()).session.create({ data: { userId, sessionEpoch: 0, expiresAt: at } });
    return { keep: true, value: id };
  });
  const read = await withConnection(process.env["DATABASE_URL"] ?? "", async (client) => {
    await client.query("SET TimeZone = 'America/New_York'");
    const { rows } = await client.query("SELECT expires_at::text AS text FROM sessions WHERE id = $1", [kept]);
    return rows;
  });
  expect(read).toEqual([{ text: "2026-07-01 08:34:56.789-04" }]);
});

test("transactions side by side each read their own rows, though they ask for them at one moment", async () => {
  const emails = Array.from({ length: 8 }, () => `${randomUUID()}@example.org`);
  const seen = await Promise.all(
    emails.map((email) =>
      inTransaction(database(), async (transaction) => {
        const id = await addUser(transaction, email);
        const prisma = await transaction.prisma();
        const found = await Promise.all(
          [id, id].map((one) => prisma.user.findUnique({ where: { id: one }, select: { email: true } })),
        );
        return { keep: false, value: found.map((user) => user?.email) };
      }),
    ),
  );
  expect(seen).toEqual(emails.map((email) => [email, email]));
});

test("Prisma sends nothing more on a connection whose transaction is over", async () => {
  const prisma = await inTransaction(database(), async (transaction) => ({
    keep: true,
    value: await transaction.prisma(),
  }));
  await expect(prisma.user.count()).rejects.toThrow(/Transaction/);
});

test("another copy of the module, as a build has them, joins the same transactions", async () => {
  vi.resetModules();
  const copy = await import("./transaction");
  expect(copy.inTransaction).not.toBe(inTransaction);
  const email = `${randomUUID()}@example.org`;
  const seen = await copy.inTransaction(database(), async (transaction) => {
    const id = await addUser(transaction, email);
    const rows = await transaction.query({ text: "SELECT FROM users WHERE id = $1", values: [id] });
    return { keep: false, value: rows.length };
  });
  expect([seen, await idOf(email)]).toEqual([1, undefined]);
});
