import { beforeAll, describe, expect, test } from "vitest";
import { connection } from "@/lib/server/db/connection";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import { DEVIATION, SETTINGS, activeStudy, ago, dose, record, recorded } from "@/test/database/entry-study";
import { draft, useStaff } from "@/test/database/set-up";

const staff = useStaff();
const CODE = "PROTECTED";
const { groups: _groups, ...AMENDABLE } = SETTINGS;

beforeAll(async () => {
  await activeStudy(staff, CODE);
  recorded(await record(staff.tim, CODE, dose("M001", 4, ago(2), DEVIATION)));
  expect((await draft(staff.dora, CODE, { ...AMENDABLE, reason: "Tried", feverCelsius: 39 })).status).toBe(200);
});

/** With what the application's own login is refused; the change is taken back in any case. */
const stateOf = (statement: string, values: readonly unknown[] = []): Promise<string> =>
  inTransaction(database(), async (transaction) => {
    await transaction.query({
      text: `SELECT set_config('doseline.actor', $1, true), set_config('doseline.origin', 'session', true)`,
      values: [staff.dora.userId],
    });
    await transaction.query({ text: statement, values });
    await transaction.query({ text: "SET CONSTRAINTS require_signature IMMEDIATE" });
    return { keep: false, value: "done" };
  }).catch((error: unknown) =>
    error instanceof Error ? `${String(Reflect.get(error, "code"))} ${error.message}` : "unknown",
  );

const OF_STUDY = `study_id = (SELECT id FROM studies WHERE code = '${CODE}')`;

type Signing = {
  readonly signedAt?: string;
  readonly from?: string;
  readonly settings?: string;
  readonly signature?: boolean;
};

const signing = ({
  signedAt = "date_trunc('milliseconds', clock_timestamp())",
  from = "date_trunc('milliseconds', clock_timestamp()) + interval '1 hour'",
  settings = "settings",
  signature = false,
}: Signing): string => `
  WITH chosen AS MATERIALIZED (
    SELECT ${from} AS instant, to_char((${from}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS text
  )${signature ? `, made AS (INSERT INTO signatures (id, study_id, signer, meaning, subject_kind, subject, content) SELECT gen_random_uuid(), id, $1, 'APPROVED', 'amendment', '2', '{}' FROM studies WHERE code = '${CODE}')` : ""}
  UPDATE protocol_versions SET status = 'signed', signed_by = $1, signed_at = ${signedAt}, signed_meaning = 'Approved',
    password_verified_at = clock_timestamp(), effective_from = chosen.text::timestamptz, effective_from_text = chosen.text,
    settings = jsonb_set(${settings}, '{effectiveFrom}', to_jsonb(chosen.text))
  FROM chosen WHERE ${OF_STUDY} AND version = 2`;

const byDora = (change: Signing): Promise<string> => stateOf(signing(change), [staff.dora.userId]);

const RESTRICTED = /^23001 /u;

describe("a protocol version", () => {
  test("becomes signed with a signature, and not without one", async () => {
    expect(await byDora({ signature: true })).toBe("done");
    expect(await byDora({})).toBe("23514 protocol version 2 becomes signed only with a signature");
  });

  test.each([
    ["another time of signing", { signedAt: "clock_timestamp() - interval '1 day'" }, "signed_at is set by the clock"],
    ["no reason", { settings: "settings - 'reason'" }, "an amendment has a reason"],
    [
      "an instant before its signature",
      { from: "(SELECT max(last_recorded_at) + interval '1 millisecond' FROM animal_states)" },
      "violates check constraint",
    ],
    ["an instant before what is recorded", { from: "timestamptz '2020-01-01 00:00Z'" }, "than everything recorded"],
  ] as const)("is not signed with %s", async (_what, change, refusal) => {
    expect(await byDora({ ...change, signature: true })).toContain(refusal);
  });

  test("says in its settings from when it is in force", async () => {
    const later = signing({ signature: true }).replace("to_jsonb(chosen.text)", `'"2030-01-01T00:00:00Z"'`);
    expect(await stateOf(later, [staff.dora.userId])).toContain("say another instant");
  });

  test("begins as a draft above the version before, and becomes nothing but signed", async () => {
    const insert = (version: number, status: string): Promise<string> =>
      stateOf(
        `INSERT INTO protocol_versions (study_id, version, status, settings) SELECT id, $1, $2, '{}' FROM studies WHERE code = '${CODE}'`,
        [version, status],
      );
    expect(await insert(3, "signed")).toMatch(RESTRICTED);
    expect(await insert(3, "imported")).toMatch(RESTRICTED);
    expect(await insert(0, "draft")).toContain("is not above version 1");
    expect(await stateOf(`UPDATE protocol_versions SET status = 'imported' WHERE ${OF_STUDY} AND version = 2`)).toMatch(
      RESTRICTED,
    );
  });

  test("that is signed stays as it is", async () => {
    for (const change of [
      `UPDATE protocol_versions SET settings = settings || '{"feverCelsius": 40}' WHERE ${OF_STUDY} AND version = 1`,
      `UPDATE protocol_versions SET status = 'draft' WHERE ${OF_STUDY} AND version = 1`,
      `DELETE FROM protocol_versions WHERE ${OF_STUDY} AND version = 1`,
      `UPDATE dose_groups SET starting_dose = 3 WHERE ${OF_STUDY} AND NOT control`,
    ])
      expect(await stateOf(change)).toMatch(RESTRICTED);
  });

  test("is checked by triggers that nobody's session turns off", async () => {
    const triggers = await connection.query<{ name: string; enabled: string }>({
      text: `SELECT tgname AS name, tgenabled AS enabled FROM pg_trigger WHERE tgrelid = 'protocol_versions'::regclass AND NOT tgisinternal ORDER BY tgname`,
    });
    expect(triggers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["check_protocol_version", "count_rules_revision", "refuse_change", "require_signature"]),
    );
    expect(triggers.filter(({ enabled }) => enabled !== "A")).toEqual([]);
  });

  test("in draft leaves the animals' states as they are", async () => {
    const states = () =>
      connection.query({
        text: `SELECT animal_id, state IS NULL AS gone, rules_revision, (SELECT rules_revision FROM studies s WHERE s.id = t.study_id) AS revision
               FROM animal_states t WHERE ${OF_STUDY} ORDER BY animal_id`,
      });
    const before = await states();
    expect((await draft(staff.dora, CODE, { ...AMENDABLE, reason: "Again", feverCelsius: 40 })).status).toBe(200);
    expect(await states()).toEqual(before);
  });
});
