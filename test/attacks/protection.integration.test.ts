import { afterAll, beforeAll, expect, test } from "vitest";
import { connection } from "@/lib/server/db/connection";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { createTestDatabase } from "@/test/database/test-database";
import type { TestDatabase } from "@/test/database/test-database";
import { withConnection } from "../../scripts/database/connection.mjs";
import type { Transaction } from "@/lib/server/db/transaction";
import { protectionFaults } from "../../lib/server/verifying/protection";
import { storedProtection } from "../../lib/server/verifying/protection-catalog";

let urls: TestDatabase;

beforeAll(async () => {
  urls = await createTestDatabase();
  useDatabase(openDatabase(urls.databaseUrl));
});
afterAll(() => database().close());

/** After a change of prisma/schema.prisma or prisma/sql: npm run test:integration -- test/attacks/protection -u, and once more without -u. */
test("expected-protection.json is what the migrations make of an empty database, and nothing of it is a fault", async () => {
  const stored = await storedProtection(connection);
  await expect(`${JSON.stringify(stored, null, 2)}\n`).toMatchFileSnapshot(
    "../../lib/server/verifying/expected-protection.json",
  );
  expect(await protectionFaults(connection)).toEqual([]);
});

test("every trigger is ENABLE ALWAYS: a replication session does not get past it", async () => {
  const { triggers } = await storedProtection(connection);
  expect(Object.entries(triggers).filter(([, text]) => !text.startsWith("CREATE "))).toEqual([]);
  expect(Object.keys(triggers).length).toBeGreaterThan(80);
});

/** What the statements leave to be said by verify, as whom it is always asked: the application. */
const after = async (undo: readonly string[], ...statements: readonly string[]): Promise<readonly string[]> => {
  await withConnection(urls.superuserUrl, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
  try {
    return (await protectionFaults(connection)).map(({ what }) => what);
  } finally {
    await withConnection(urls.superuserUrl, async (client) => {
      for (const statement of undo) await client.query(statement);
    });
  }
};

const OTHER_BODY = `CREATE OR REPLACE FUNCTION doseline_refuse_change() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS 'BEGIN RETURN NEW; END'`;
const BODY_AGAIN = `CREATE OR REPLACE FUNCTION doseline_refuse_change() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$`;

test.each<[string, readonly string[], readonly string[], RegExp]>([
  [
    "a function's body",
    [OTHER_BODY],
    [BODY_AGAIN],
    /^the function doseline_refuse_change\(\) is not as the migrations/u,
  ],
  [
    "a function's search path",
    ["ALTER FUNCTION doseline_check_study_life() RESET search_path"],
    ["ALTER FUNCTION doseline_check_study_life() SET search_path = pg_catalog, public, pg_temp"],
    /^the function doseline_check_study_life\(\) is not as/u,
  ],
  [
    "a function that runs as its caller",
    ["ALTER FUNCTION doseline_require_audit() SECURITY INVOKER"],
    ["ALTER FUNCTION doseline_require_audit() SECURITY DEFINER"],
    /^the function doseline_require_audit\(\) is not as .* as its caller/u,
  ],
  [
    "a function that everybody may call",
    ["GRANT EXECUTE ON FUNCTION doseline_add_animal_state() TO PUBLIC"],
    ["REVOKE EXECUTE ON FUNCTION doseline_add_animal_state() FROM PUBLIC"],
    /^the function doseline_add_animal_state\(\) .* callable by PUBLIC/u,
  ],
  [
    "a function of another owner",
    ["ALTER FUNCTION doseline_require_audit() OWNER TO postgres"],
    ["ALTER FUNCTION doseline_require_audit() OWNER TO doseline_owner"],
    /^the function doseline_require_audit\(\) .* another owner/u,
  ],
  [
    "a function of somebody else's",
    ["CREATE FUNCTION more() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"],
    ["DROP FUNCTION more()"],
    /^the function more\(\) is no migration's/u,
  ],
  [
    "a trigger that is off",
    ["ALTER TABLE entries DISABLE TRIGGER refuse_change"],
    ["ALTER TABLE entries ENABLE ALWAYS TRIGGER refuse_change"],
    /^the trigger entries\.refuse_change is switched off$/u,
  ],
  [
    "a trigger that a replication session gets past",
    ["ALTER TABLE entries ENABLE TRIGGER refuse_change"],
    ["ALTER TABLE entries ENABLE ALWAYS TRIGGER refuse_change"],
    /^the trigger entries\.refuse_change is off in a replication session$/u,
  ],
  [
    "a trigger that is gone",
    ["DROP TRIGGER refuse_truncate ON installations"],
    [
      "CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON installations FOR EACH STATEMENT EXECUTE FUNCTION doseline_refuse_change()",
      "ALTER TABLE installations ENABLE ALWAYS TRIGGER refuse_truncate",
    ],
    /^the trigger installations\.refuse_truncate is missing$/u,
  ],
  [
    "a trigger more",
    [
      "CREATE TRIGGER zz_more BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
    ["DROP TRIGGER zz_more ON audit_events"],
    /^the trigger audit_events\.zz_more is .*no migration's/u,
  ],
  [
    "a right of the application",
    ["GRANT UPDATE, DELETE ON entries TO doseline_app"],
    ["REVOKE UPDATE, DELETE ON entries FROM doseline_app"],
    /^what is allowed to doseline_app on entries is not as .*DELETE/u,
  ],
  [
    "a right of a column",
    ["GRANT INSERT (sequence) ON audit_events TO doseline_app"],
    ["REVOKE INSERT (sequence) ON audit_events FROM doseline_app"],
    /^what is allowed to doseline_app on audit_events is not as .*sequence/u,
  ],
  [
    "a right of the auditor",
    ["GRANT SELECT ON sessions TO doseline_auditor"],
    ["REVOKE SELECT ON sessions FROM doseline_auditor"],
    /^what is allowed to doseline_auditor on sessions is no migration's: SELECT$/u,
  ],
  [
    "a right of everybody",
    ["GRANT INSERT ON audit_kinds TO PUBLIC"],
    ["REVOKE INSERT ON audit_kinds FROM PUBLIC"],
    /^what is allowed to everybody on audit_kinds is no migration's/u,
  ],
  [
    "a sequence",
    ["GRANT UPDATE ON SEQUENCE entries_log_number_seq TO doseline_app"],
    ["REVOKE UPDATE ON SEQUENCE entries_log_number_seq FROM doseline_app"],
    /^what is allowed to doseline_app on entries_log_number_seq is no migration's/u,
  ],
  [
    "a check",
    ["ALTER TABLE body_weights DROP CONSTRAINT body_weights_grams_check"],
    ["ALTER TABLE body_weights ADD CONSTRAINT body_weights_grams_check CHECK (grams > 0)"],
    /^the constraint body_weights\.body_weights_grams_check is missing$/u,
  ],
  [
    "a reference that is not checked",
    ["ALTER TABLE review_items DISABLE TRIGGER ALL"],
    [
      "ALTER TABLE review_items ENABLE TRIGGER ALL",
      ...["refuse_addition", "refuse_change", "refuse_truncate", "require_event"].map(
        (trigger) => `ALTER TABLE review_items ENABLE ALWAYS TRIGGER ${trigger}`,
      ),
    ],
    /^the constraint review_items\.\w+_fkey is switched off$/u,
  ],
  [
    "a unique index",
    ["DROP INDEX users_email_key"],
    ["CREATE UNIQUE INDEX users_email_key ON users (lower(email))"],
    /^the unique index users_email_key is missing$/u,
  ],
  [
    "a column's default",
    ["ALTER TABLE animal_changes ALTER created_in SET DEFAULT '3'"],
    ["ALTER TABLE animal_changes ALTER created_in SET DEFAULT this_transaction()"],
    /^the column animal_changes\.created_in is not as/u,
  ],
  [
    "a view",
    [
      "CREATE OR REPLACE VIEW study_roles AS SELECT study_id, user_id, role FROM memberships UNION SELECT 1, id, 'study_director' FROM users",
    ],
    [
      `CREATE OR REPLACE VIEW study_roles AS SELECT study_id, user_id, role FROM memberships UNION
       SELECT studies.id, users.id, role FROM studies CROSS JOIN users CROSS JOIN LATERAL unnest(users.every_study_roles) AS role`,
    ],
    /^the view study_roles is not as/u,
  ],
  [
    "a rule",
    ["CREATE RULE hidden AS ON INSERT TO sessions DO ALSO NOTHING"],
    ["DROP RULE hidden ON sessions"],
    /^the rule hidden on sessions/u,
  ],
  [
    "rows that are hidden",
    ["ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY", "CREATE POLICY p ON audit_events USING (true)"],
    ["DROP POLICY p ON audit_events", "ALTER TABLE audit_events DISABLE ROW LEVEL SECURITY"],
    /^rows of audit_events are hidden/u,
  ],
  [
    "the schema",
    ["GRANT CREATE ON SCHEMA public TO PUBLIC"],
    ["REVOKE CREATE ON SCHEMA public FROM PUBLIC"],
    /^everybody may create in the schema/u,
  ],
  [
    "another kind of event",
    ["INSERT INTO audit_kinds (kind, chains) VALUES ('TRAIL_PAUSED', '{installation}')"],
    [
      "ALTER TABLE audit_kinds DISABLE TRIGGER refuse_change",
      "DELETE FROM audit_kinds WHERE kind = 'TRAIL_PAUSED'",
      "ALTER TABLE audit_kinds ENABLE ALWAYS TRIGGER refuse_change",
    ],
    /^the kind of event TRAIL_PAUSED is not one/u,
  ],
])("%s: named, and nothing else but what goes with it", async (_, attack, undo, words) => {
  const found = await after(undo, ...attack);
  expect(found.filter((what) => words.test(what.replace(/\n/gu, " ")))).not.toEqual([]);
  expect(found.length).toBeLessThan(12);
  expect(await protectionFaults(connection)).toEqual([]);
});

/** Rolled back: other tests use the same server, and settings and memberships are the whole server's. */
const inside = async (...statements: readonly string[]): Promise<readonly string[]> => {
  let found: readonly string[] = [];
  await withConnection(urls.superuserUrl, async (client) => {
    await client.query("BEGIN");
    for (const statement of statements) await client.query(statement);
    const query = async ({ text }: { readonly text: string }) => (await client.query(text)).rows as readonly unknown[];
    found = (await protectionFaults({ query } as unknown as Transaction)).map(({ what }) => what);
    await client.query("ROLLBACK");
  });
  return found;
};

const NOTHING = "RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'";

test.each<[string, readonly string[], RegExp]>([
  [
    "a setting of a login",
    ["ALTER ROLE doseline_web SET session_replication_role = replica"],
    /^the setting session_replication_role=replica of the login doseline_web/u,
  ],
  [
    "a search path of a login",
    ["ALTER ROLE doseline_web SET search_path = other, public"],
    /^the setting search_path=/u,
  ],
  [
    "a membership past every right",
    ["GRANT pg_write_all_data TO doseline_web"],
    /^the login doseline_web is past every right .* pg_write_all_data$/u,
  ],
  [
    "an event trigger",
    [
      `CREATE FUNCTION pg_temp.nothing() ${NOTHING}`,
      "CREATE EVENT TRIGGER watch ON ddl_command_start EXECUTE FUNCTION pg_temp.nothing()",
    ],
    /^the event trigger watch /u,
  ],
  [
    "a function of the system",
    ["ALTER FUNCTION pg_catalog.sha256(bytea) COST 2"],
    /^the function .*sha256\(bytea\) of the system is not as it came/u,
  ],
  ["an unlogged table", ["ALTER TABLE recovery_codes SET UNLOGGED"], /^the table recovery_codes is unlogged/u],
  [
    "default rights",
    ["ALTER DEFAULT PRIVILEGES FOR ROLE doseline_owner GRANT ALL ON TABLES TO doseline_web"],
    /^default rights of doseline_owner /u,
  ],
  [
    "a grant option",
    ["GRANT SELECT ON entries TO doseline_app WITH GRANT OPTION"],
    /^what is allowed to doseline_app on entries .*WITH GRANT OPTION/u,
  ],
  [
    "an operator",
    [
      "CREATE FUNCTION public.same(bytea, bytea) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'",
      "CREATE OPERATOR pg_catalog.=== (LEFTARG = bytea, RIGHTARG = bytea, FUNCTION = public.same)",
    ],
    /^the operator .* of the system is not as it came/u,
  ],
  [
    "a view whose columns are another table's",
    [
      `CREATE OR REPLACE VIEW decision_run_periods AS SELECT runs.*,
         lead(runs.recorded_at) OVER (PARTITION BY runs.study_id, runs.study_id ORDER BY runs.recorded_at) AS until FROM decision_runs runs`,
    ],
    /^the view decision_run_periods is not as/u,
  ],
])("%s: named", async (_, attack, words) => {
  const found = await inside(...attack);
  expect(found.filter((what) => words.test(what.replace(/\n/gu, " ")))).not.toEqual([]);
  expect(found.length).toBeLessThan(12);
});
