import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as archiveRoute from "@/app/api/v1/studies/[code]/archive/route";
import * as bundleRoute from "@/app/api/v1/studies/[code]/bundle/route";
import * as lockRoute from "@/app/api/v1/studies/[code]/lock/route";
import * as membersRoute from "@/app/api/v1/studies/[code]/members/route";
import * as usersRoute from "@/app/api/v1/users/route";
import * as unlockRoute from "@/app/api/v1/studies/[code]/unlock/route";
import { changeAccounts, PASSWORD, join, person } from "@/test/people/test-people";
import { connection } from "@/lib/server/db/connection";
import { database } from "@/lib/server/db/database";
import type { RouteHandler } from "@/lib/server/http/endpoint";
import type { Actor } from "@/lib/server/command/actor";
import { signaturesOf } from "@/lib/server/signing/signing";
import { activeStudy, ago, record, recorded, weight } from "@/test/database/entry-study";
import { draft, emptyStudy, PROTOCOL, register, said, send, useStaff, withToken } from "@/test/database/set-up";
import type { Answer } from "@/test/database/set-up";

const staff = useStaff();

const MEANINGS = { lock: "DATA_COMPLETE", unlock: "REOPENED", archive: "ARCHIVED" } as const;
const HANDLERS: Readonly<Record<keyof typeof MEANINGS, RouteHandler>> = {
  lock: lockRoute.POST,
  unlock: unlockRoute.POST,
  archive: archiveRoute.POST,
};

const take = (step: keyof typeof MEANINGS, actor: Actor, code: string, more: object = {}): Promise<Answer> => {
  const signature = { id: randomUUID(), meaning: MEANINGS[step], password: PASSWORD };
  return send(HANDLERS[step], "POST", actor, { code }, { reason: "All data are in", signature, ...more });
};

const studyId = async (code: string): Promise<number> => {
  const [row] = await connection.query<{ readonly id: number }>({
    text: "SELECT id FROM studies WHERE code = $1",
    values: [code],
  });
  return row?.id ?? 0;
};

const setRoles = (code: string, email: string, ...roles: readonly string[]): Promise<Answer> =>
  send(membersRoute.PUT, "PUT", staff.admin, { code }, { email, roles });

const refusedByDatabase = async (statement: string, values: readonly unknown[] = []): Promise<string> => {
  try {
    await database().pool.query(statement, [...values]);
    return "done";
  } catch (error) {
    return String(Reflect.get(error as object, "code"));
  }
};

const CLOSED = "55000";

describe("a locked study", () => {
  const CODE = "LOCKED";
  const first = weight("M001", 21.5);

  beforeAll(async () => {
    await activeStudy(staff, CODE);
    recorded(await record(staff.tim, CODE, first));
    expect(await take("lock", staff.dora, CODE)).toMatchObject({ status: 200, body: { status: "LOCKED" } });
  });

  test("takes no entry, correction, animal or protocol, and says the way out", async () => {
    const correction = { ...weight("M001", 21.6), corrects: first.id, reasonCode: "TRANSCRIPTION", reason: "Slip" };
    const answer = await record(staff.tim, CODE, weight("M001", 22));
    expect(said(answer)).toBe("409 STUDY_LOCKED");
    expect(answer.body).toMatchObject({
      detail: expect.stringMatching(/director can unlock it, with a reason/u) as string,
    });
    expect(said(await record(staff.tim, CODE, correction))).toBe("409 STUDY_LOCKED");
    expect(
      said(
        await record(staff.dora, CODE, {
          id: randomUUID(),
          animal: "M001",
          voids: first.id,
          reasonCode: "OTHER",
          reason: "No",
        }),
      ),
    ).toBe("409 STUDY_LOCKED");
    expect(said(await register(staff.dora, CODE, { id: "M9", sex: "F", group: "G2" }))).toBe("409 STUDY_LOCKED");
    expect(said(await draft(staff.dora, CODE, PROTOCOL))).toBe("409 STUDY_LOCKED");
    // What was recorded before is answered again.
    recorded(await record(staff.tim, CODE, first), 200);
  });

  test("refuses it in the database as well", async () => {
    const id = await studyId(CODE);
    const [entry] = await connection.query<{ readonly animal: number }>({
      text: "SELECT animal_id AS animal FROM entries WHERE study_id = $1",
      values: [id],
    });
    const insertEntry = `INSERT INTO entries (study_id, id, animal_id, kind, observed_at, observed_at_text, recorded_at, record_id, content_hash)
      VALUES ($1, 'x', $2, 'weight', now(), 'x', now(), 'x', sha256('x'))`;
    expect(await refusedByDatabase(insertEntry, [id, entry?.animal])).toBe(CLOSED);
    expect(await refusedByDatabase("UPDATE animals SET room = 'B' WHERE study_id = $1", [id])).toMatch(
      /^(?:55000|23001)$/u,
    );
    expect(await refusedByDatabase("UPDATE studies SET title = 'Other' WHERE id = $1", [id])).toBe(CLOSED);
    expect(await refusedByDatabase("DELETE FROM memberships WHERE study_id = $1", [id])).toBe(CLOSED);
    expect(await refusedByDatabase("DELETE FROM dose_groups WHERE study_id = $1", [id])).toMatch(/^(?:55000|23001)$/u);
    // Only with a signature, which only whoever is acting can make.
    expect(await refusedByDatabase("UPDATE studies SET status = 'active' WHERE id = $1", [id])).toBe("23514");
    expect(await refusedByDatabase("UPDATE studies SET status = 'draft' WHERE id = $1", [id])).toBe(CLOSED);
    const forged = `INSERT INTO signatures (id, study_id, signer, meaning, subject_kind, subject, content)
      VALUES (gen_random_uuid(), $1, $2, 'REOPENED', 'unlock', 'x', '{}')`;
    expect(await refusedByDatabase(forged, [id, staff.dora.userId])).toBe("23514");
    expect(await refusedByDatabase("DELETE FROM studies WHERE id = $1", [id])).toBe("42501");
    expect(await refusedByDatabase("UPDATE signatures SET meaning = 'REOPENED'")).toBe("42501");
    expect(await refusedByDatabase("DELETE FROM signatures")).toBe("42501");
  });

  test("keeps who writes in it; auditors come and go", async () => {
    await person("new@example.org");
    expect(said(await setRoles(CODE, "new@example.org", "technician"))).toBe("409 STUDY_LOCKED");
    expect(said(await setRoles(CODE, "new@example.org", "study_director"))).toBe("409 STUDY_LOCKED");
    expect(said(await setRoles(CODE, "tim@example.org"))).toBe("409 STUDY_LOCKED");
    expect((await setRoles(CODE, "new@example.org", "auditor")).status).toBe(200);
    expect((await setRoles(CODE, "new@example.org")).status).toBe(200);
  });

  test("is exported as before, locked again by nobody, and unlocked with a reason", async () => {
    expect((await send(bundleRoute.GET, "GET", staff.ada, { code: CODE })).status).toBe(200);
    expect(said(await take("lock", staff.dora, CODE))).toBe("409 STUDY_LOCKED");
    expect(said(await take("unlock", staff.dora, CODE, { reason: " " }))).toBe("422 INVALID_INPUT reason");
    expect(said(await take("unlock", staff.tim, CODE))).toBe("403 FORBIDDEN");
    expect(said(await take("unlock", staff.ada, CODE))).toBe("403 FORBIDDEN");
    const signature = { id: randomUUID(), meaning: "REOPENED", password: PASSWORD };
    const reason = "A late result came in";
    expect(said(await take("unlock", staff.dora, CODE, { signature: { ...signature, password: "wrong" } }))).toBe(
      "403 WRONG_PASSWORD signature.password",
    );
    expect(await take("unlock", staff.dora, CODE, { signature, reason })).toMatchObject({
      status: 200,
      body: { status: "ACTIVE" },
    });
    // Sent twice, it is unlocked once.
    expect((await take("unlock", staff.dora, CODE, { signature, reason })).status).toBe(200);
    const late = weight("M001", 22, ago(1));
    expect(await signaturesOf(connection, await studyId(CODE), { kinds: ["lock"] })).toMatchObject([{ intact: true }]);
    recorded(await record(staff.tim, CODE, late));
    const signatures = await signaturesOf(connection, await studyId(CODE), { kinds: ["lock", "unlock"] });
    expect(signatures).toMatchObject([
      { subjectKind: "lock", intact: false, changedBy: { entry: late.id, how: "recorded" }, reason: "All data are in" },
      { subjectKind: "unlock", intact: true, reason, signerName: "dora" },
    ]);
  });
});

test("entries that are on their way when a study is locked are stored before it, or refused", async () => {
  const code = "RACED";
  await activeStudy(staff, code);
  const writes = Array.from({ length: 24 }, (_, index) => record(staff.tim, code, weight("M001", 20 + index / 100)));
  const locking = take("lock", staff.dora, code);
  const answers = await Promise.all(writes);
  expect((await locking).status).toBe(200);
  const stored = answers.filter(({ status }) => status === 201).length;
  for (const answer of answers.filter(({ status }) => status !== 201)) expect(said(answer)).toBe("409 STUDY_LOCKED");
  const [signature] = await signaturesOf(connection, await studyId(code), { kinds: ["lock"] });
  expect(signature).toMatchObject({ intact: true, says: `3 animals, ${String(stored)} entries` });
});

test("a study whose directors are gone gets one who can unlock it", async () => {
  const code = "ORPHANED";
  const director = await withToken(await person("last@example.org"));
  const successor = await withToken(await person("next@example.org"));
  await activeStudy(staff, code);
  await join(director, code, "study_director");
  expect((await take("lock", director, code)).status).toBe(200);
  await changeAccounts("UPDATE users SET disabled_at = now() WHERE id = ANY ($1)", director, staff.dora);
  expect(said(await setRoles(code, "next@example.org", "technician"))).toBe("409 STUDY_LOCKED");
  expect((await setRoles(code, "next@example.org", "study_director")).status).toBe(200);
  expect((await take("unlock", successor, code)).status).toBe(200);
  await changeAccounts("UPDATE users SET disabled_at = NULL WHERE id = ANY ($1)", staff.dora);
});

describe("the steps of a study's life", () => {
  test("a draft is not locked, an active study neither unlocked nor archived", async () => {
    await emptyStudy(staff, "DRAFT");
    expect(said(await take("lock", staff.dora, "DRAFT"))).toBe("409 STUDY_NOT_ACTIVE");
    await activeStudy(staff, "ACTIVE");
    expect(said(await take("unlock", staff.dora, "ACTIVE"))).toBe("409 STUDY_NOT_LOCKED");
    expect(said(await take("archive", staff.dora, "ACTIVE"))).toBe("409 STUDY_NOT_LOCKED");
    expect(said(await take("lock", staff.admin, "ACTIVE"))).toBe("403 FORBIDDEN");
    expect(
      said(await take("lock", staff.dora, "ACTIVE", { signature: { meaning: "ORDERED", password: PASSWORD } })),
    ).toBe("422 INVALID_VALUE signature.meaning");
  });

  test("an archived study is read and exported, and never opened again", async () => {
    const code = "ARCHIVED";
    await activeStudy(staff, code);
    expect((await take("lock", staff.dora, code)).status).toBe(200);
    expect(await take("archive", staff.dora, code)).toMatchObject({ status: 200, body: { status: "ARCHIVED" } });
    expect(said(await take("unlock", staff.dora, code))).toBe("409 STUDY_LOCKED");
    expect(said(await record(staff.tim, code, weight("M001", 20)))).toBe("409 STUDY_LOCKED");
    expect(said(await setRoles(code, "tim@example.org"))).toBe("409 STUDY_LOCKED");
    const refusals = await connection.query<{ readonly subject: string }>({
      text: "SELECT subject FROM audit_events WHERE chain = 'study:ARCHIVED' AND kind LIKE '%REFUSED' ORDER BY sequence",
    });
    expect(refusals.map(({ subject }) => subject)).toEqual(["study.unlock", "STUDY_LOCKED", "membership.manage"]);
    expect((await send(bundleRoute.GET, "GET", staff.ada, { code })).status).toBe(200);
    expect(await refusedByDatabase("UPDATE studies SET status = 'active' WHERE code = $1", [code])).toBe(CLOSED);
  });
});

test("every step, every signature and what was refused meanwhile is in the audit trail", async () => {
  const rows = await connection.query<{ readonly kind: string; readonly reason: string | null }>({
    text: `SELECT e.kind, coalesce(e.reason, e.new_value::json->>'cause') AS reason FROM audit_events e JOIN studies s ON s.id = e.study_id
           WHERE s.code = 'LOCKED' AND e.kind IN ('STUDY_LOCKED', 'STUDY_UNLOCKED', 'RECORDING_REFUSED', 'ACCESS_REFUSED')
           ORDER BY e.at, e.sequence`,
  });
  const told = rows.map(({ kind, reason }) => `${kind}: ${reason ?? ""}`);
  expect(told).toContain("STUDY_LOCKED: All data are in");
  expect(told).toContain("STUDY_UNLOCKED: A late result came in");
  expect(told).toContain("ACCESS_REFUSED: STUDY_CLOSED");
  expect(told.some((line) => line === "RECORDING_REFUSED: STUDY_CLOSED")).toBe(true);
  const unsaid = await connection.query({
    text: `SELECT FROM signatures g WHERE NOT EXISTS (
             SELECT FROM audit_events e WHERE e.kind = 'SIGNED' AND e.subject = g.id::text AND e.created_in = g.created_in)`,
  });
  expect(unsaid).toEqual([]);
});

describe("accounts", () => {
  test("a disabled one keeps its email: nobody else gets it", async () => {
    const wanted = { email: "Last@Example.org", name: "Another", password: "forty grams of rat" };
    const answer = await send(usersRoute.POST, "POST", staff.admin, {}, wanted);
    expect(said(answer)).toBe("409 EMAIL_TAKEN email");
    expect(answer.body).toMatchObject({ detail: expect.stringMatching(/disabled.*open the account again/u) as string });
  });

  test("are never removed, and keep their email", async () => {
    expect(await refusedByDatabase("DELETE FROM users")).toMatch(/^(?:42501|23001)$/u);
    expect(
      await refusedByDatabase("UPDATE users SET email = 'other@example.org' WHERE email = 'tim@example.org'"),
    ).toMatch(/^(?:42501|23001)$/u);
  });
});
