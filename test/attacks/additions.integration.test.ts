import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { person } from "@/test/people/test-people";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { connection } from "../../lib/server/db/connection";
import { database, openDatabase, useDatabase } from "../../lib/server/db/database";
import { EVERY_TABLE } from "../database/protected-bundles";
import { NOT_ALLOWED, REFUSED_BY_CHECK, REFUSED_BY_TRIGGER, sqlStateOf } from "../database/sql-state";
import { createTestDatabase } from "../database/test-database";
import type { TestDatabase } from "../database/test-database";

let urls: TestDatabase;

beforeAll(async () => {
  urls = await createTestDatabase();
  useDatabase(openDatabase(urls.databaseUrl));
  expect(await importBundle(null, "PROTECTED", EVERY_TABLE)).toMatchObject({ ok: true });
  await person("dora@example.org");
});
afterAll(() => database().close());

/** Each puts another part to what the import recorded. */
const ADDITIONS = {
  body_weights: `SELECT study_id, 'd', 30, NULL, NULL, NULL FROM studies JOIN animals ON study_id = studies.id`,
  complete_blood_counts: `SELECT study_id, 'd', 1, 100, NULL, NULL, NULL, NULL, NULL, NULL FROM animals`,
  chemistries: `SELECT study_id, 'd', 40, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM animals`,
  clinical_observations: `SELECT study_id, 'd', 37, NULL, NULL, false, false, NULL, NULL, NULL FROM animals`,
  observation_findings: `SELECT study_id, 'o', 7, 'FATIGUE', 1 FROM animals`,
  observation_signs: `SELECT study_id, 'o', 7, 'posture', 'Hunched', NULL FROM animals`,
  doses_given: `SELECT study_id, 'w', 4, NULL, NULL, NULL, NULL, NULL FROM animals`,
  orders: `SELECT study_id, 'w', 'DISCONTINUE', NULL FROM animals`,
  dispositions: `SELECT study_id, 'w', 'DIED' FROM animals`,
  decision_events: `SELECT study_id, animal_id, recorded_at, 99, entry_id, observed_at, observed_at_text, 'WITHHOLD', rules, from_dose, 0, toxicities, sentence, explanation FROM decision_events LIMIT 1`,
  decision_event_closures: `SELECT e.study_id, e.animal_id, e.recorded_at, e.position, (SELECT max(recorded_at) FROM decision_runs) FROM decision_events e
    WHERE NOT EXISTS (SELECT FROM decision_event_closures c WHERE (c.study_id, c.animal_id, c.event_recorded_at, c.event_position) = (e.study_id, e.animal_id, e.recorded_at, e.position)) LIMIT 1`,
  review_items: `SELECT gen_random_uuid(), study_id, animal_id, max(recorded_at), 'x', 'late', '{}' FROM decision_runs GROUP BY 2, 3`,
} as const;

describe("nothing is added to what was recorded", () => {
  test.each(Object.entries(ADDITIONS))("%s", async (table, rows) => {
    const columns = table === "review_items" ? " (id, study_id, animal_id, recorded_at, entry_id, cause, impact)" : "";
    const insert = `INSERT INTO ${table}${columns} ${rows}`;
    for (const url of [urls.databaseUrl, urls.databaseOwnerUrl])
      expect(await sqlStateOf(url, insert)).toBe(REFUSED_BY_TRIGGER);
    expect(await sqlStateOf(urls.superuserUrl, "SET session_replication_role = replica", insert)).toBe(
      REFUSED_BY_TRIGGER,
    );
  });
});

describe("names are looked up in the record", () => {
  const shadowed = ["entries", "audit_events", "signatures", "studies", "decision_runs", "users", "animal_changes"];

  test("a temporary table of the same name answers for nothing", async () => {
    const bypass = [
      `GRANT TEMPORARY ON DATABASE ${new URL(urls.databaseUrl).pathname.slice(1)} TO doseline_app`,
      "SET ROLE doseline_app",
    ];
    const temporary = shadowed.map((table) => `CREATE TEMPORARY TABLE ${table} (LIKE public.${table})`);
    const addition =
      "INSERT INTO public.observation_findings SELECT study_id, 'o', 7, 'FATIGUE', 1 FROM public.animals";
    const asIfOwn = `INSERT INTO entries SELECT (e).* FROM (SELECT jsonb_populate_record(e, '{"stored_at": "2099-01-01"}') AS e FROM public.entries e) forged`;
    expect(await sqlStateOf(urls.superuserUrl, "BEGIN", ...bypass, ...temporary, asIfOwn, addition)).toBe(
      REFUSED_BY_TRIGGER,
    );
    const signature = `INSERT INTO public.signatures (id, study_id, signer, meaning, subject_kind, subject, content)
      SELECT gen_random_uuid(), 1, id, 'APPROVED', 'protocol', '1', '{}' FROM public.users LIMIT 1`;
    const actor = "SELECT set_config('doseline.actor', id::text, true) FROM public.users LIMIT 1";
    const event = `INSERT INTO audit_events (chain, sequence, at, kind, actor_text, roles, origin, study_id, subject, previous_hash, hash, created_in)
      SELECT 'study:PROTECTED', 1, clock_timestamp(), 'SIGNED', 'x', '', 'session', 1, id::text, sha256('x'), sha256('x'), created_in FROM public.signatures`;
    expect(
      await sqlStateOf(
        urls.superuserUrl,
        "BEGIN",
        ...bypass,
        ...temporary,
        actor,
        signature,
        event,
        "SET CONSTRAINTS ALL IMMEDIATE",
      ),
    ).toBe(REFUSED_BY_CHECK);
  });

  test("every trigger's function is held to the record's schema, and is nobody's to call", async () => {
    const loose = await connection.query({
      text: `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
               AND (proconfig IS DISTINCT FROM ARRAY['search_path=pg_catalog, public, pg_temp']
                 OR has_function_privilege('doseline_app', oid, 'EXECUTE'))`,
    });
    expect(loose).toEqual([]);
  });

  test("a trigger's function is given to no table of somebody else's", async () => {
    const own = ["CREATE TEMPORARY TABLE own (id integer, study_id integer)", "INSERT INTO own VALUES (1, 1)"];
    for (const name of ["add_animal_state", "count_rules_revision", "chain_audit_event", "require_audit"]) {
      const trigger = `CREATE TRIGGER t BEFORE UPDATE ON own FOR EACH ROW EXECUTE FUNCTION doseline_${name}()`;
      const grant = `GRANT TEMPORARY ON DATABASE ${new URL(urls.databaseUrl).pathname.slice(1)} TO doseline_app`;
      expect(await sqlStateOf(urls.superuserUrl, "BEGIN", grant, "SET ROLE doseline_app", ...own, trigger)).toBe(
        NOT_ALLOWED,
      );
    }
  });
});
