import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { allOrNothing, connection } from "@/lib/server/db/connection";
import { activeStudy, ago, record, recorded, weight } from "@/test/database/entry-study";
import { useStaff } from "@/test/database/set-up";
import type { Actor } from "@/lib/server/command/actor";
import { orderContent } from "./signed-content";
import { signInTransaction, signaturesOf } from "./signing";
import type { SignatureRequest } from "./signing";

const staff = useStaff();
const CODE = "SIGNED";
const hold = {
  id: randomUUID(),
  animal: "M001",
  kind: "order",
  observedAt: ago(3),
  action: "WITHHOLD",
  reason: "Pale",
};
let studyId = 0;

const wanted = (more: Partial<SignatureRequest> = {}): SignatureRequest => ({
  id: randomUUID(),
  meaning: "ORDERED",
  subjectKind: "order",
  subject: hold.id,
  content: orderContent({ entry: { ...hold, recordedBy: "dora@example.org" }, doseUnit: "mg/kg" }),
  ...more,
});

const sign = async (actor: Actor, request: SignatureRequest) => {
  const gate = await authorizeStudy(actor, CODE, "study.read");
  if (!gate.ok) return gate;
  return allOrNothing((transaction) => signInTransaction(transaction, actor, gate.value, request));
};

beforeAll(async () => {
  await activeStudy(staff, CODE);
  recorded(await record(staff.dora, CODE, hold));
  const [study] = await connection.query<{ readonly id: number }>({
    text: "SELECT id FROM studies WHERE code = $1",
    values: [CODE],
  });
  studyId = study?.id ?? 0;
});

describe("a signature", () => {
  test("says who, what it means and when, by the account and the clock of the database", async () => {
    const recordedAt = await connection.query<{ readonly at: Date }>({
      text: "SELECT recorded_at AS at FROM entries WHERE id = $1",
      values: [hold.id],
    });
    const entry = { ...hold, recordedBy: "dora@example.org", recordedAt: recordedAt[0]?.at.toISOString() };
    const content = orderContent({ entry, doseUnit: "mg/kg" });
    const request = wanted({ content });
    expect(await sign(staff.dora, request)).toEqual({ ok: true, value: null });
    const [signature] = await signaturesOf(connection, studyId, { subjects: [hold.id] });
    expect(signature).toMatchObject({
      id: request.id,
      subjectKind: "order",
      meaning: "ORDERED",
      signerName: "dora",
      signerEmail: "dora@example.org",
      intact: true,
      changedBy: null,
    });
    expect(Math.abs(Date.parse(signature?.signedAt ?? "") - Date.now())).toBeLessThan(60_000);
    // Sent again, it is the same one; under its id nothing else is signed.
    expect(await sign(staff.dora, request)).toMatchObject({ ok: true });
    expect(await sign(staff.dora, { ...request, content: {} })).toMatchObject({
      ok: false,
      fault: { code: "SIGNATURE_CONFLICT" },
    });
    expect(await signaturesOf(connection, studyId, { subjects: [hold.id] })).toHaveLength(1);
  });

  test("over another content than what stands is not intact", async () => {
    const request = wanted({
      subject: hold.id,
      content: orderContent({ entry: { ...hold, reason: "Another" }, doseUnit: null }),
    });
    expect(await sign(staff.dora, request)).toMatchObject({ ok: true });
    const all = await signaturesOf(connection, studyId, { kinds: ["order"] });
    expect(all.find(({ id }) => id === request.id)).toMatchObject({ intact: false, changedBy: null });
  });

  test("is broken by the correction of what it signed, which it names", async () => {
    const first = weight("M002", 24.5, ago(2));
    recorded(await record(staff.dora, CODE, first));
    const request = wanted({ subjectKind: "deviation", meaning: "ACCEPTED", subject: first.id, content: {} });
    expect(await sign(staff.dora, request)).toMatchObject({ ok: true });
    const correction = {
      ...weight("M002", 24.8, first.observedAt),
      corrects: first.id,
      reasonCode: "TRANSCRIPTION",
      reason: "Read again",
    };
    recorded(await record(staff.dora, CODE, correction));
    const [signature] = await signaturesOf(connection, studyId, { subjects: [first.id] });
    expect(signature).toMatchObject({
      intact: false,
      changedBy: { entry: correction.id, how: "corrected", by: "dora" },
    });
  });

  test.each([
    ["a technician", "tim", {}, "FORBIDDEN"],
    ["an auditor", "ada", {}, "FORBIDDEN"],
    ["an administrator", "admin", {}, "FORBIDDEN"],
    [
      "a director who reviews the audit trail",
      "dora",
      { subjectKind: "audit_review", meaning: "REVIEWED" },
      "FORBIDDEN",
    ],
    ["a meaning of another kind", "dora", { meaning: "DATA_COMPLETE" }, "INVALID_VALUE"],
  ] as const)("of %s is refused", async (_what, who, more, code) => {
    expect(await sign(staff[who], wanted(more))).toMatchObject({ ok: false, fault: { code } });
  });

  test("an auditor signs a review of the trail", async () => {
    const request = wanted({ subjectKind: "audit_review", meaning: "REVIEWED", subject: "1" });
    expect(await sign(staff.ada, request)).toMatchObject({ ok: true });
  });
});
