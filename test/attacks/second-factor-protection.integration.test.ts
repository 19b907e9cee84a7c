import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appOf, setFactorOf } from "@/test/people/test-factors";
import { PASSWORD, person } from "@/test/people/test-people";
import type { Actor } from "@/lib/server/command/actor";
import { beginSecondFactor } from "@/lib/server/operations/accounts/begin-second-factor";
import { setSecondFactor } from "@/lib/server/operations/accounts/set-second-factor";
import { withConnection } from "../../scripts/database/connection.mjs";
import { database, openDatabase, useDatabase } from "../../lib/server/db/database";
import { NOT_ALLOWED, REFUSED_BY_CHECK, REFUSED_BY_TRIGGER, sqlStateAtCommit } from "../database/sql-state";
import { createTestDatabase } from "../database/test-database";
import type { TestDatabase } from "../database/test-database";

let urls: TestDatabase;
let ana: Actor;
let ben: Actor;

beforeAll(async () => {
  urls = await createTestDatabase();
  process.env["NEXTAUTH_SECRET"] = "a secret of the tests, long enough for a key";
  process.env["NEXTAUTH_URL"] = "http://127.0.0.1:3000";
  useDatabase(openDatabase(urls.databaseUrl));
  [ana, ben] = [await person("ana@example.org"), await person("ben@example.org")];
  await setFactorOf(ana);
});
afterAll(() => database().close());

const byAna = () =>
  `SELECT set_config('doseline.origin', 'session', true), set_config('doseline.actor', '${ana.userId}', true)`;
const eventOfAna = (kind: string) =>
  `INSERT INTO audit_events (chain, kind) VALUES ('account:${ana.userId}', '${kind}')`;

describe("who reads it", () => {
  test.each(["second_factors", "recovery_codes"])("the auditor of the database does not read %s", async (table) => {
    const read = `SELECT 1 FROM ${table}`;
    expect(await sqlStateAtCommit(urls.superuserUrl, "SET ROLE doseline_auditor", read)).toBe(NOT_ALLOWED);
    expect(await sqlStateAtCommit(urls.superuserUrl, "SET ROLE doseline_auditor", "SELECT email FROM users")).toBe(
      "done",
    );
  });
});

describe("what the application may not do", () => {
  test.each([
    "TRUNCATE recovery_codes",
    "DELETE FROM recovery_codes",
    "UPDATE second_factors SET user_id = user_id",
    "UPDATE second_factors SET begun_at = clock_timestamp()",
    "UPDATE recovery_codes SET code_hash = code_hash",
    "INSERT INTO second_factors (user_id, sealed, key_id, set_at) SELECT user_id, sealed, key_id, set_at FROM second_factors",
    "ALTER TABLE second_factors DISABLE TRIGGER check_second_factor",
  ])("%s", async (statement) => {
    expect(await sqlStateAtCommit(urls.databaseUrl, statement)).toBe(NOT_ALLOWED);
  });
});

describe("what nobody may do to a factor that is set", () => {
  test.each([
    ["give it another secret", "UPDATE second_factors SET sealed = sealed || '\\x00'", REFUSED_BY_TRIGGER],
    ["take a step a second time", "UPDATE second_factors SET last_step = last_step", REFUSED_BY_TRIGGER],
    ["go back to a code from before", "UPDATE second_factors SET last_step = last_step - 1", REFUSED_BY_TRIGGER],
    ["unset it and keep it", "UPDATE second_factors SET set_at = NULL, recovery_salt = NULL", REFUSED_BY_TRIGGER],
    [
      "give it other recovery codes",
      "INSERT INTO recovery_codes (user_id, code_hash) SELECT user_id, sha256('x') FROM second_factors",
      REFUSED_BY_CHECK,
    ],
    ["use no recovery code", "UPDATE recovery_codes SET used_at = NULL", REFUSED_BY_TRIGGER],
  ])("%s", async (_, statement, state) => {
    for (const url of [urls.databaseUrl, urls.databaseOwnerUrl, urls.superuserUrl]) {
      expect(await sqlStateAtCommit(url, statement)).toBe(state);
    }
    expect(await sqlStateAtCommit(urls.superuserUrl, "SET session_replication_role = replica", statement)).toBe(state);
  });

  test("use a recovery code a second time", async () => {
    const use = `UPDATE recovery_codes SET used_at = clock_timestamp() WHERE user_id = '${ana.userId}'`;
    expect(await sqlStateAtCommit(urls.databaseUrl, use, use)).toBe(REFUSED_BY_TRIGGER);
  });
});

describe("what is refused at COMMIT without its event", () => {
  const changes = () =>
    [
      ["SECOND_FACTOR_REMOVED", `DELETE FROM second_factors WHERE user_id = '${ana.userId}'`],
      [
        "RECOVERY_CODE_USED",
        `UPDATE recovery_codes SET used_at = clock_timestamp() WHERE user_id = '${ana.userId}'
         AND code_hash = (SELECT min(code_hash::text)::bytea FROM recovery_codes WHERE user_id = '${ana.userId}')`,
      ],
    ] as const;

  test("taken off, used: and another event is not enough, nor one of another account", async () => {
    for (const [kind, change] of changes()) {
      expect(await sqlStateAtCommit(urls.databaseUrl, change)).toBe(REFUSED_BY_CHECK);
      expect(await sqlStateAtCommit(urls.databaseUrl, byAna(), change, eventOfAna("SIGNED_OUT"))).toBe(
        REFUSED_BY_CHECK,
      );
      const elsewhere = eventOfAna(kind).replace(`account:${ana.userId}`, `account:${ben.userId}`);
      expect(await sqlStateAtCommit(urls.databaseUrl, byAna(), change, elsewhere)).toBe(REFUSED_BY_CHECK);
      expect(await sqlStateAtCommit(urls.databaseUrl, byAna(), change, eventOfAna(kind))).toBe("done");
    }
  });

  test("set", async () => {
    const begun = await beginSecondFactor(ben, { password: PASSWORD });
    expect(begun.ok).toBe(true);
    const set = `UPDATE second_factors SET set_at = clock_timestamp(), recovery_salt = substr(sha256('x'), 1, 16)
      WHERE user_id = '${ben.userId}'`;
    expect(await sqlStateAtCommit(urls.databaseUrl, set)).toBe(REFUSED_BY_CHECK);
  });

  test("a code that is accepted needs none: the sign-in or the signature has its own", async () => {
    expect(
      await sqlStateAtCommit(
        urls.databaseUrl,
        `UPDATE second_factors SET last_step = last_step + 1 WHERE user_id = '${ana.userId}'`,
      ),
    ).toBe("done");
  });
});

test("a set-up that waits for longer than fifteen minutes has to be begun again", async () => {
  const eve = await person("eve@example.org");
  const begun = await beginSecondFactor(eve, { password: PASSWORD });
  if (!begun.ok) throw new Error(begun.fault.detail);
  await withConnection(urls.superuserUrl, async (client) => {
    await client.query("ALTER TABLE second_factors DISABLE TRIGGER check_second_factor");
    await client.query(`UPDATE second_factors SET begun_at = begun_at - interval '16 minutes' WHERE user_id = $1`, [
      eve.userId,
    ]);
    await client.query("ALTER TABLE second_factors ENABLE ALWAYS TRIGGER check_second_factor");
  });
  const app = appOf(begun.value.secret);
  expect(await setSecondFactor(eve, { code: app.nextCode() })).toMatchObject({
    ok: false,
    fault: { code: "NO_SET_UP" },
  });
});
