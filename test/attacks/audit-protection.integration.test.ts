import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyChain } from "@/lib/domain/trail/chain";
import { AUDIT_KINDS } from "@/lib/domain/trail/events";
import { person } from "@/test/people/test-people";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { readChain } from "../../lib/server/store/audit-chain";
import { linkHash } from "@/test/attacks/link-hash";
import { connection } from "../../lib/server/db/connection";
import { database, openDatabase, useDatabase } from "../../lib/server/db/database";
import { ONE_WEIGHT } from "../database/protected-bundles";
import {
  NOT_ALLOWED,
  REFUSED_BY_CHECK,
  REFUSED_BY_TRIGGER,
  SYSTEM,
  acting,
  sqlStateAtCommit,
  sqlStateOf,
} from "../database/sql-state";
import { createTestDatabase } from "../database/test-database";
import type { TestDatabase } from "../database/test-database";

let urls: TestDatabase;
let userId = "";

beforeAll(async () => {
  urls = await createTestDatabase();
  useDatabase(openDatabase(urls.databaseUrl));
  expect(await importBundle(null, "PROTECTED", ONE_WEIGHT)).toMatchObject({ ok: true });
  ({ userId } = await person("dora@example.org"));
});
afterAll(() => database().close());

/** As the application, and then taken back or refused. */
const atCommit = (...statements: readonly string[]): Promise<string> =>
  sqlStateAtCommit(urls.databaseUrl, ...statements);

const INSERT = "INSERT INTO audit_events (chain, kind) VALUES ('installation', 'AUDIT_EXPORTED')";

const CHANGES = [
  "UPDATE audit_events SET reason = 'other'",
  "UPDATE audit_events SET new_value = new_value",
  "DELETE FROM audit_events",
  "TRUNCATE audit_events CASCADE",
] as const;

describe("the trail as it is written", () => {
  test.each(CHANGES)(
    "%s: not by the application, the owner, or a superuser in a replication session",
    async (change) => {
      expect(await sqlStateOf(urls.databaseUrl, change)).toBe(NOT_ALLOWED);
      expect(await sqlStateOf(urls.databaseOwnerUrl, change)).toBe(REFUSED_BY_TRIGGER);
      expect(await sqlStateOf(urls.superuserUrl, change)).toBe(REFUSED_BY_TRIGGER);
      expect(await sqlStateOf(urls.superuserUrl, "SET session_replication_role = replica", change)).toBe(
        REFUSED_BY_TRIGGER,
      );
    },
  );

  test.each([
    "ALTER TABLE audit_events DISABLE TRIGGER chain_audit_event",
    "ALTER TABLE entries DISABLE TRIGGER require_audit",
    "DROP TRIGGER refuse_change ON audit_events",
    "CREATE OR REPLACE FUNCTION doseline_chain_audit_event() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "DROP TABLE audit_events",
    "SET ROLE doseline_owner",
  ])("%s: not by the application", async (statement) => {
    expect(await sqlStateOf(urls.databaseUrl, statement)).toBe(NOT_ALLOWED);
  });

  test.each([
    ["sequence", "99"],
    ["at", "'2020-01-01'"],
    ["previous_hash", "sha256('x')"],
    ["hash", "sha256('x')"],
    ["actor", "gen_random_uuid()"],
    ["actor_text", "'nobody'"],
    ["roles", "'administrator'"],
    ["origin", "'console'"],
    ["created_in", "'3'"],
  ])("the application does not set %s", async (column, value) => {
    const insert = `INSERT INTO audit_events (chain, kind, ${column}) VALUES ('installation', 'AUDIT_EXPORTED', ${value})`;
    expect(await sqlStateOf(urls.databaseUrl, insert)).toBe(NOT_ALLOWED);
    expect(await sqlStateOf(urls.databaseUrl, insert.replace(" VALUES", " OVERRIDING SYSTEM VALUE VALUES"))).toBe(
      NOT_ALLOWED,
    );
  });

  test("nor do the owner and a superuser: what they set is set again", async () => {
    const forged = `INSERT INTO audit_events (chain, kind, sequence, at, previous_hash, hash, actor_text, origin)
      VALUES ('installation', 'AUDIT_EXPORTED', 99, '2020-01-01', sha256('x'), sha256('y'), 'nobody', 'console')`;
    expect(await sqlStateOf(urls.databaseOwnerUrl, "BEGIN", SYSTEM, forged, "COMMIT")).toBe("done");
    expect(
      await sqlStateOf(urls.superuserUrl, "SET session_replication_role = replica", "BEGIN", SYSTEM, forged, "COMMIT"),
    ).toBe("done");
    const events = await readChain(connection, "installation");
    expect(verifyChain(events, linkHash)).toEqual([]);
    expect(events.slice(-2).map(({ sequence, actorText, origin }) => [sequence, actorText, origin])).toEqual([
      [events.length - 1, "system", "system"],
      [events.length, "system", "system"],
    ]);
    expect(events.at(-1)?.atMs).toBeGreaterThan(Date.UTC(2026, 0));
  });

  test("a chain goes on by its own place: of another animal, study or account it takes nothing", async () => {
    const onto = (chain: string, study: string, animal: string): string =>
      `INSERT INTO audit_events (chain, kind, study_id, animal_id) VALUES ('${chain}', 'ANIMAL_CHANGED', ${study}, ${animal})`;
    expect(await atCommit(SYSTEM, onto("animal:PROTECTED:1", "1", "1"))).toBe("done");
    expect(await atCommit(SYSTEM, onto("animal:PROTECTED:2", "1", "1"))).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(SYSTEM, onto("study:OTHER", "1", "NULL"))).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(SYSTEM, onto("study:PROTECTED", "NULL", "NULL"))).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(SYSTEM, onto("animal:PROTECTED:1", "1", "NULL"))).toBe(REFUSED_BY_CHECK);
  });
});

describe("the kinds", () => {
  const ofKind = (kind: string, chain = "installation"): string =>
    `INSERT INTO audit_events (chain, kind) VALUES ('${chain}', '${kind}')`;

  test("are the same set here and in the domain, on the same chains", async () => {
    const stored = await connection.query<{ readonly kind: string; readonly chains: readonly string[] }>({
      text: "SELECT kind, chains FROM audit_kinds ORDER BY kind",
    });
    const known = Object.entries(AUDIT_KINDS).map(([kind, { chains }]) => ({ kind, chains: [...chains] }));
    expect(stored).toEqual(known.sort((left, right) => (left.kind < right.kind ? -1 : 1)));
  });

  test("another kind, or a kind on a chain that is not its own, is refused to every login", async () => {
    for (const insert of [ofKind("TRAIL_PAUSED"), ofKind("SIGNED_OUT"), ofKind("STUDY_CREATED")]) {
      expect(await atCommit(SYSTEM, insert)).toBe(REFUSED_BY_CHECK);
      expect(await sqlStateOf(urls.databaseOwnerUrl, "BEGIN", SYSTEM, insert)).toBe(REFUSED_BY_CHECK);
      expect(
        await sqlStateOf(urls.superuserUrl, "SET session_replication_role = replica", "BEGIN", SYSTEM, insert),
      ).toBe(REFUSED_BY_CHECK);
    }
  });

  test("are added by a migration, and changed by nobody", async () => {
    const added = "INSERT INTO audit_kinds (kind, chains) VALUES ('SOMETHING_DONE', '{installation}')";
    expect(await sqlStateOf(urls.databaseUrl, added)).toBe(NOT_ALLOWED);
    expect(await sqlStateOf(urls.databaseOwnerUrl, "BEGIN", SYSTEM, added, ofKind("SOMETHING_DONE"), "ROLLBACK")).toBe(
      "done",
    );
    for (const change of [
      "UPDATE audit_kinds SET chains = chains",
      "DELETE FROM audit_kinds",
      "TRUNCATE audit_kinds",
    ]) {
      expect(await sqlStateOf(urls.databaseUrl, change)).toBe(NOT_ALLOWED);
      expect(await sqlStateOf(urls.databaseOwnerUrl, change)).toBe(REFUSED_BY_TRIGGER);
    }
  });
});

describe("who acts", () => {
  test("is an account, or the system, the console, an import", async () => {
    expect(await atCommit(INSERT)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting(""), INSERT)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting("", "token"), INSERT)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting(userId, "nowhere"), INSERT)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting("00000000-0000-4000-8000-000000000000"), INSERT)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting("dora"), INSERT)).toBe("22P02");
    expect(await atCommit(acting(userId), INSERT)).toBe("done");
    expect(await atCommit(SYSTEM, INSERT)).toBe("done");
  });

  test("has the name that the account has, whatever the writer calls it", async () => {
    expect(await sqlStateOf(urls.databaseUrl, "BEGIN", acting(userId), INSERT, "COMMIT")).toBe("done");
    const [last] = (await readChain(connection, "installation")).slice(-1);
    expect(last).toMatchObject({ actor: userId, actorText: "dora@example.org" });
  });
});

describe("what is recorded", () => {
  test.each([
    ["users", "INSERT INTO users (email, name) VALUES ('new@example.org', 'New')"],
    ["users", "UPDATE users SET name = 'Other'"],
    ["users", "UPDATE users SET administrator = true"],
    ["users", "UPDATE users SET password_hash = 'x'"],
    ["studies", "INSERT INTO studies (code, species, time_zone) VALUES ('Y', 'mouse', 'UTC')"],
    ["studies", "UPDATE studies SET title = 'Other'"],
    ["memberships", "INSERT INTO memberships (study_id, user_id, role) SELECT 1, id, 'auditor' FROM users LIMIT 1"],
    [
      "protocol_versions",
      "INSERT INTO protocol_versions (study_id, version, status, settings) VALUES (1, 2, 'draft', '{}')",
    ],
    ["animals", "INSERT INTO animals (study_id, tag) VALUES (1, 'M2')"],
  ])("%s is not changed without an event of its own: %s", async (_table, change) => {
    expect(await sqlStateOf(urls.databaseUrl, "BEGIN", change, "ROLLBACK")).toBe("done");
    expect(await sqlStateOf(urls.databaseUrl, change)).toBe(REFUSED_BY_CHECK);
    expect(await sqlStateOf(urls.databaseOwnerUrl, change)).toBe(REFUSED_BY_CHECK);
    expect(await sqlStateOf(urls.superuserUrl, "SET session_replication_role = replica", change)).toBe(
      REFUSED_BY_CHECK,
    );
  });

  test("an event of before, or of another chain, does not count", async () => {
    const change = "UPDATE studies SET title = 'Other'";
    const elsewhere = "INSERT INTO audit_events (chain, kind) VALUES ('installation', 'AUDIT_EXPORTED')";
    const here = "INSERT INTO audit_events (chain, kind, study_id) VALUES ('study:PROTECTED', 'STUDY_CREATED', 1)";
    expect(await atCommit(SYSTEM, elsewhere, change)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(SYSTEM, here, change)).toBe("done");
    expect(await sqlStateOf(urls.databaseUrl, "BEGIN", SYSTEM, here, "COMMIT", change)).toBe(REFUSED_BY_CHECK);
    expect(await sqlStateOf(urls.databaseUrl, change)).toBe(REFUSED_BY_CHECK);
  });

  test("wrong passwords are counted without one", async () => {
    expect(
      await sqlStateOf(urls.databaseUrl, "UPDATE users SET failed_attempts = 3, locked_until = clock_timestamp()"),
    ).toBe("done");
  });
});

describe("the auditor's role", () => {
  const asAuditor = (statement: string): Promise<string> =>
    sqlStateOf(urls.superuserUrl, "SET ROLE doseline_auditor", statement);

  test("reads what was recorded", async () => {
    for (const table of ["audit_events", "entries", "animals", "studies", "decision_events", "memberships"]) {
      expect([table, await asAuditor(`SELECT * FROM ${table}`)]).toEqual([table, "done"]);
    }
    expect(await asAuditor("SELECT email, name FROM users")).toBe("done");
  });

  test("reads nothing that opens an account", async () => {
    for (const read of ["SELECT password_hash FROM users", "SELECT * FROM sessions", "SELECT * FROM api_tokens"]) {
      expect([read, await asAuditor(read)]).toEqual([read, NOT_ALLOWED]);
    }
  });

  test("writes nothing", async () => {
    for (const table of ["audit_events", "entries", "animals", "studies", "users", "memberships"]) {
      expect(await asAuditor(`DELETE FROM ${table}`)).toBe(NOT_ALLOWED);
      expect(await asAuditor(`INSERT INTO ${table} DEFAULT VALUES`)).toBe(NOT_ALLOWED);
    }
    expect(await asAuditor("CREATE TABLE other ()")).toBe(NOT_ALLOWED);
  });
});
