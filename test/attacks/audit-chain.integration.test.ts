import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalEvent } from "@/lib/domain/trail/canonical";
import { NO_HASH, verifyChain } from "@/lib/domain/trail/chain";
import { ON_INSTALLATION, onAccount, onAnimal, onStudy } from "@/lib/server/store/audit-events";
import { SYSTEM, appendAudit } from "@/lib/server/command/audit";
import { readChain } from "../../lib/server/store/audit-chain";
import { linkHash } from "@/test/attacks/link-hash";
import { actAs } from "../../lib/server/store/audit-events";
import type { AuditRecord, AuditedBy } from "../../lib/server/store/audit-events";
import { connection } from "../../lib/server/db/connection";
import { database, openDatabase, useDatabase } from "../../lib/server/db/database";
import { createTestDatabase } from "../database/test-database";
import type { TestDatabase } from "../database/test-database";
import { inTransaction } from "../../lib/server/db/transaction";

let urls: TestDatabase;

beforeAll(async () => {
  urls = await createTestDatabase();
  useDatabase(openDatabase(urls.databaseUrl));
});
afterAll(() => database().close());

const append = (by: AuditedBy, ...records: readonly [AuditRecord, ...AuditRecord[]]): Promise<void> =>
  inTransaction(database(), async (transaction) => {
    await appendAudit(transaction, by, records);
    return { keep: true, value: undefined };
  });

const FAILED: AuditRecord = { ...ON_INSTALLATION, kind: "SIGN_IN_FAILED" };

/** Of one, two, three and four octets; what separates; what is nothing. */
const TEXTS = [
  "",
  "-,",
  "1:a,",
  "plain",
  "naïve",
  "10⁹/L",
  "🐁",
  "a\nb\t\u0001",
  '{"a":"\\u00e9"}',
  "0",
  "ﷺ".repeat(300),
];

describe("the form that is hashed", () => {
  test("the database and the domain hash the same", async () => {
    for (const text of TEXTS) {
      await append(
        { ...SYSTEM, roles: text.replaceAll(/\W/gu, ""), address: text },
        { ...FAILED, subject: text, reason: text, oldValue: { [text]: text }, newValue: [text, null] },
      );
    }
    const events = await readChain(connection, "installation");
    expect(events).toHaveLength(TEXTS.length);
    expect(events.map(({ subject }) => subject)).toEqual(TEXTS);
    let before = NO_HASH;
    for (const event of events) {
      expect(event.previousHash).toBe(before);
      expect(event.hash).toBe(linkHash(before, canonicalEvent(event)));
      before = event.hash;
    }
    expect(verifyChain(events, linkHash)).toEqual([]);
  });

  test("instant and sequence are the database's; what happened in one statement stays in its order", async () => {
    const [{ before } = { before: 0 }] = await connection.query<{ before: number }>({
      text: "SELECT extract(epoch FROM date_trunc('milliseconds', clock_timestamp()))::float8 * 1000 AS before",
    });
    const many = Array.from({ length: 50 }, (_, index) => ({ ...FAILED, subject: `m${String(index)}` }));
    await append(SYSTEM, FAILED, ...many);
    const events = (await readChain(connection, "installation")).slice(-50);
    expect(events.map(({ subject }) => subject)).toEqual(many.map(({ subject }) => subject));
    for (const { atMs } of events) {
      expect(atMs).toBeGreaterThanOrEqual(before);
      expect(atMs).toBeLessThanOrEqual(Date.now() + 1000);
    }
  });
});

describe("the place of an event", () => {
  test.each([
    ["a study that is not there", onStudy({ id: 999, code: "NONE" })],
    ["an animal that is not there", onAnimal({ id: 999, code: "NONE" }, 1)],
    ["an account that is not there", onAccount("00000000-0000-4000-8000-000000000000")],
    ["a chain of no kind", { ...ON_INSTALLATION, chain: "elsewhere" }],
  ])("%s: refused", async (_name, place) => {
    await expect(append(SYSTEM, { ...place, kind: "STUDY_CREATED" })).rejects.toMatchObject({ code: "23514" });
  });

  test("without an actor nothing is written, but by the system, the console and who did not get in", async () => {
    const nobody: AuditedBy = { actorId: null, roles: "", origin: "session", address: null };
    const record: AuditRecord = { ...ON_INSTALLATION, kind: "STUDY_CREATED" };
    await expect(append(nobody, record)).rejects.toMatchObject({ code: "23514" });
    await expect(append({ ...nobody, origin: "token" }, record)).rejects.toMatchObject({ code: "23514" });
    await expect(append({ ...nobody, actorId: "00000000-0000-4000-8000-000000000000" }, record)).rejects.toMatchObject({
      code: "23514",
    });
    await append(nobody, { ...FAILED, subject: "who@example.org" });
    const [last] = (await readChain(connection, "installation")).slice(-1);
    expect(last).toMatchObject({ actor: null, actorText: "who@example.org", origin: "session" });
  });

  test("who acts holds until the transaction ends, and no longer", async () => {
    await inTransaction(database(), async (transaction) => {
      await actAs(transaction, { ...SYSTEM, address: "here" });
      const [now] = await transaction.query<{ origin: string; address: string }>({
        text: "SELECT current_setting('doseline.origin') AS origin, current_setting('doseline.address') AS address",
      });
      expect(now).toEqual({ origin: "system", address: "here" });
      return { keep: true, value: null };
    });
    await expect(
      connection.query({ text: "INSERT INTO audit_events (chain, kind) VALUES ('installation', 'STUDY_CREATED')" }),
    ).rejects.toThrow("doseline.origin is not set");
  });
});

test("writers of one chain wait for each other: no gap, no fork", async () => {
  const before = (await readChain(connection, "installation")).length;
  await Promise.all(Array.from({ length: 100 }, (_, index) => append(SYSTEM, { ...FAILED, subject: String(index) })));
  const events = await readChain(connection, "installation");
  expect(events).toHaveLength(before + 100);
  expect(verifyChain(events, linkHash)).toEqual([]);
});
