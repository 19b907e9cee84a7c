import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { person } from "@/test/people/test-people";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { database, openDatabase, useDatabase } from "../../lib/server/db/database";
import { ONE_WEIGHT } from "../database/protected-bundles";
import { REFUSED_BY_CHECK, SYSTEM, acting, sqlStateAtCommit, sqlStateOf } from "../database/sql-state";
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

describe("an entry", () => {
  const NOW = "date_trunc('milliseconds', transaction_timestamp())";
  const run = `INSERT INTO decision_runs (study_id, animal_id, recorded_at, run_number, judged, status, dose, open_toxicities, engine_version)
    VALUES (1, 1, ${NOW}, 2, 'continued', 'OFF_STUDY', 0, '{}', '1')`;
  const entry = (
    by: string | null = userId,
    { at = NOW, text = "dora@example.org", column = "", value = "" } = {},
  ): string => `
    INSERT INTO entries (study_id, id, animal_id, kind, observed_at, observed_at_text, recorded_at, record_id, content_hash, recorded_by, recorded_by_text${column === "" ? "" : `, ${column}`})
    VALUES (1, 'e', 1, 'weight', '2026-01-05', 'x', ${at}, 'e', sha256('x'), ${by === null ? "NULL" : `'${by}'`}, '${text}'${column === "" ? "" : `, ${value}`})`;
  const event =
    "INSERT INTO audit_events (chain, kind, study_id, animal_id, entry_id) VALUES ('animal:PROTECTED:1', 'ENTRY_RECORDED', 1, 1, 'e')";

  test("has its event, of its own transaction, by whoever recorded it", async () => {
    expect(await atCommit(acting(userId), run, entry())).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting(userId), run, event, entry())).toBe("done");
    expect(await atCommit(acting(userId), run, entry(), event)).toBe("done");
    expect(await atCommit(SYSTEM, run, entry(), event)).toBe(REFUSED_BY_CHECK);
  });

  test("says who recorded it, and is of the database's instant: neither is the writer's to say", async () => {
    expect(await atCommit(SYSTEM, run, entry(null), event)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting(userId), run, entry(null), event)).toBe(REFUSED_BY_CHECK);
    const somebody = entry(userId, { text: "somebody@example.org" });
    expect(await atCommit(acting(userId), run, somebody, event)).toBe(REFUSED_BY_CHECK);
    const written = { column: "recorded_at_text", value: "'2026-01-05T09:00:00Z'" };
    expect(await atCommit(acting(userId), run, entry(userId, written), event)).toBe(REFUSED_BY_CHECK);
  });

  test("is not put into a run that was there before", async () => {
    const earlier = entry(userId, { at: "(SELECT max(recorded_at) FROM decision_runs)" });
    expect(await atCommit(acting(userId), earlier, event)).toBe(REFUSED_BY_CHECK);
  });

  test("has one event", async () => {
    expect(await atCommit(acting(userId), run, entry(), event, event)).toBe("23505");
  });

  test("is not put behind an event that was there before", async () => {
    expect(await sqlStateOf(urls.databaseUrl, "BEGIN", acting(userId), event, "COMMIT")).toBe("done");
    expect(await atCommit(acting(userId), run, entry())).toBe(REFUSED_BY_CHECK);
  });
});

describe("what has a row of its own beside the entries", () => {
  const change = `INSERT INTO animal_changes (id, study_id, animal_id, changed_by, reason, before, after, content_hash)
    SELECT gen_random_uuid(), 1, 1, id, 'Seen', '{}', '{}', sha256('x') FROM users LIMIT 1`;
  const changed = (reason: string): string =>
    `INSERT INTO audit_events (chain, kind, study_id, animal_id, reason) VALUES ('animal:PROTECTED:1', 'ANIMAL_CHANGED', 1, 1, '${reason}')`;

  test("a change of an animal's record is its event's: the same reason, by the same person", async () => {
    expect(await atCommit(acting(userId), change)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting(userId), change, changed("Another"))).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(SYSTEM, change, changed("Seen"))).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting(userId), change, changed("Seen"))).toBe("done");
  });

  const signature = "00000000-0000-4000-8000-00000000000b";
  const signed = `INSERT INTO signatures (id, study_id, signer, meaning, subject_kind, subject, content)
    SELECT '${signature}', 1, id, 'REVIEWED', 'audit_review', '${signature}', '{}' FROM users LIMIT 1`;
  const saying = (said: string): string => `INSERT INTO audit_events (chain, kind, study_id, subject, new_value)
    SELECT 'study:PROTECTED', 'SIGNED', 1, id, jsonb_build_object('subjectKind', subject_kind, 'subject', subject, 'meaning', meaning,
      'signerName', signer_name, 'signedAt', signed_at, 'contentHash', encode(content_hash, 'hex'), 'list', list) || '${said}' FROM signatures`;

  test.each(["meaning", "subjectKind", "subject", "signerName", "signedAt", "contentHash", "list"])(
    "a signature is its event's: not another %s",
    async (key) => {
      expect(await atCommit(acting(userId), signed, saying("{}"))).toBe("done");
      const other = key === "signedAt" ? "2026-01-01T00:00:00Z" : "other";
      expect(await atCommit(acting(userId), signed, saying(`{"${key}": "${other}"}`))).toBe(REFUSED_BY_CHECK);
    },
  );

  test("a mark of review has its own event", async () => {
    const mark = `INSERT INTO audit_reviews (study_id, exception, signature) VALUES (1, 'LATE_ENTRY:w', '${signature}')`;
    const event = `INSERT INTO audit_events (chain, kind, study_id, subject) VALUES ('study:PROTECTED', 'AUDIT_REVIEWED', 1, '${signature}')`;
    expect(await atCommit(acting(userId), signed, saying("{}"), mark)).toBe(REFUSED_BY_CHECK);
    expect(await atCommit(acting(userId), signed, saying("{}"), mark, event)).toBe("done");
  });
});
