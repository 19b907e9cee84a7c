import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import * as passwordRoute from "@/app/api/v1/account/password/route";
import * as reviewExceptionsRoute from "@/app/api/v1/studies/[code]/audit/reviews/route";
import * as lockRoute from "@/app/api/v1/studies/[code]/lock/route";
import * as signReviewsRoute from "@/app/api/v1/studies/[code]/reviews/sign/route";
import * as signListRoute from "@/app/api/v1/studies/[code]/signatures/route";
import * as signProtocolRoute from "@/app/api/v1/studies/[code]/protocol/sign/route";
import * as unlockRoute from "@/app/api/v1/studies/[code]/unlock/route";
import { setFactorOf } from "@/test/people/test-factors";
import type { TestApp } from "@/test/people/test-factors";
import { PASSWORD, join, person } from "@/test/people/test-people";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { DEVIATION, activeStudy, ago, dose, record, recorded } from "@/test/database/entry-study";
import { eventsOf } from "@/test/database/left-events";
import { PROTOCOL, draft, emptyStudy, said, send, useStaff, withToken } from "@/test/database/set-up";

const staff = useStaff();
const signer = async (email: string): Promise<Actor> => withToken(await person(email));

let dora: Actor;
let ada: Actor;
let app: TestApp;
beforeAll(async () => {
  dora = await signer("second.dora@example.org");
  ada = await withToken(await person("second.ada@example.org", { auditor: true }));
  app = await setFactorOf(dora);
  await setFactorOf(ada);
  await activeStudy(staff, "F1");
  await join(dora, "F1", "study_director");
  await emptyStudy(staff, "F2");
  await join(dora, "F2", "study_director");
  await draft(staff.dora, "F2", PROTOCOL);
  recorded(await record(staff.tim, "F1", dose("M001", 4, ago(3), DEVIATION)));
});

const because = { reason: "Tried out" };
const given = (meaning: string) => ({ signature: { id: randomUUID(), password: PASSWORD, meaning } });
const order = () => ({
  id: randomUUID(),
  animal: "M001",
  kind: "order",
  action: "SET_DOSE",
  dose: 2,
  observedAt: ago(1),
  ...because,
});
const item = { subjectKind: "order", subject: "none", meaning: "CONFIRMED", contentHash: "0".repeat(64) };
const ways = [
  ["a protocol", () => send(signProtocolRoute.POST, "POST", dora, { code: "F2" }, given("APPROVED")), "signature.code"],
  [
    "a protocol by its password",
    () => send(signProtocolRoute.POST, "POST", dora, { code: "F2" }, { password: PASSWORD }),
    "code",
  ],
  ["an order", () => record(dora, "F1", { ...order(), ...given("ORDERED") }), "signature.code"],
  [
    "a list",
    () =>
      send(signListRoute.POST, "POST", dora, { code: "F1" }, { id: randomUUID(), password: PASSWORD, items: [item] }),
    "code",
  ],
  [
    "a review",
    () =>
      send(
        signReviewsRoute.POST,
        "POST",
        dora,
        { code: "F1" },
        {
          items: [{ id: randomUUID(), review: randomUUID(), decision: "None" }],
          signature: { password: PASSWORD, meaning: "REVIEWED" },
        },
      ),
    "signature.code",
  ],
  [
    "a lock",
    () => send(lockRoute.POST, "POST", dora, { code: "F1" }, { ...because, ...given("DATA_COMPLETE") }),
    "signature.code",
  ],
  [
    "another password",
    () => send(passwordRoute.PUT, "PUT", dora, {}, { password: PASSWORD, newPassword: "sixty grams of vole" }),
    "code",
  ],
  [
    "a review of the trail",
    () =>
      send(
        reviewExceptionsRoute.POST,
        "POST",
        ada,
        { code: "F1" },
        { exceptions: [{ key: "none", changedAt: new Date().toISOString() }], note: "None", ...given("REVIEWED") },
      ),
    "signature.code",
  ],
] as const;

test.each(ways)("%s is refused without its code, which is named", async (_, sign, path) => {
  expect(said(await sign())).toBe(`403 CODE_REQUIRED ${path}`);
});

test("an order is signed with a code by token as well, and another with the same code is not", async () => {
  await connection.query({ text: "UPDATE users SET failed_attempts = 0 WHERE id = $1", values: [dora.userId] });
  const code = app.nextCode();
  const signature = { password: PASSWORD, code, meaning: "DECIDED_AGAINST_RULES" };
  const events = await eventsOf(async () => recorded(await record(dora, "F1", { ...order(), signature })));
  expect(events.map(({ kind }) => kind)).toContain("SIGNED");
  expect(JSON.stringify(events)).not.toContain(code);
  const again = { ...order(), signature };
  expect(said(await record(dora, "F1", again))).toBe("403 WRONG_CODE signature.code");
  expect(said(await record(dora, "F1", [again]))).toBe("403 WRONG_CODE [0].signature.code");
  const [stored] = await connection.query<{ n: number }>({
    text: "SELECT count(*)::int AS n FROM entries WHERE id = $1",
    values: [again.id],
  });
  expect(stored?.n).toBe(0);
});

test("two orders of one request are signed with one code", async () => {
  const signature = { password: PASSWORD, code: app.nextCode(), meaning: "DECIDED_AGAINST_RULES" };
  const two = [3, 4].map((amount) => ({ ...order(), dose: amount, signature: { ...signature, id: randomUUID() } }));
  expect(recorded(await record(dora, "F1", two)).entries).toHaveLength(2);
});

test("a study is locked with a recovery code, and unlocked with the next", async () => {
  const [one, other] = app.recoveryCodes;
  const signed = (meaning: string, code: string | undefined) => ({
    ...because,
    signature: { id: randomUUID(), password: PASSWORD, code, meaning },
  });
  const events = await eventsOf(async () => {
    expect((await send(lockRoute.POST, "POST", dora, { code: "F1" }, signed("DATA_COMPLETE", one))).status).toBe(200);
  });
  expect(events).toMatchObject([
    { kind: "RECOVERY_CODE_USED", origin: "token" },
    { kind: "SIGNED" },
    { kind: "STUDY_LOCKED" },
  ]);
  const unlock = signed("REOPENED", other);
  expect((await send(unlockRoute.POST, "POST", dora, { code: "F1" }, unlock)).status).toBe(200);
});
