import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import * as reviewRoute from "@/app/api/v1/studies/[code]/audit/reviews/route";
import * as membersRoute from "@/app/api/v1/studies/[code]/members/route";
import * as reviewsRoute from "@/app/api/v1/studies/[code]/reviews/route";
import * as signReviewsRoute from "@/app/api/v1/studies/[code]/reviews/sign/route";
import { reviewList } from "@/lib/contracts/reviews";
import { join, PASSWORD } from "@/test/people/test-people";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { BECAUSE, DEVIATION, activeStudy, ago, cbc, dose, record, recorded, weight } from "@/test/database/entry-study";
import { said, send, useStaff } from "@/test/database/set-up";
import { listEvents } from "./list-events";
import { readExceptions } from "./read-exceptions";

const staff = useStaff();
const CODE = "A-001";

let corrected = "";

beforeAll(async () => {
  await activeStudy(staff, CODE);
  recorded(await record(staff.tim, CODE, dose("M001", 4, ago(9), DEVIATION)));
  const low = cbc("M001", 0.4, ago(5));
  recorded(await record(staff.tim, CODE, low));
  const correction = { ...cbc("M001", 2.4, low.observedAt), corrects: low.id, ...BECAUSE };
  recorded(await record(staff.tim, CODE, correction));
  corrected = correction.id;
});

const changedAtOf = async (key: string): Promise<string> =>
  new Date((await list()).find((exception) => exception.key === key)?.changedMs ?? 0).toISOString();
const review = async (actor: Actor, keys: readonly string[], more = {}) =>
  send(
    reviewRoute.POST,
    "POST",
    actor,
    { code: CODE },
    {
      exceptions: await Promise.all(keys.map(async (key) => ({ key, changedAt: await changedAtOf(key) }))),
      note: "Compared with the analyser's print-out",
      signature: { id: randomUUID(), meaning: "REVIEWED", password: PASSWORD },
      ...more,
    },
  );
const list = async () => {
  const read = await readExceptions(staff.ada, CODE);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value.exceptions;
};
const gravest = () => `CORRECTED_AFTER_GRADE_3:${corrected}`;

test("the correction of a grade 4 count comes first, that it was one's own is said too", async () => {
  const exceptions = await list();
  expect(exceptions[0]).toMatchObject({ key: gravest(), animal: "M001", by: "tim", review: null });
  expect(exceptions.map(({ key }) => key)).toContain(`OWN_CORRECTION:${corrected}`);
});

test("only the auditor marks, with the right password, what is an exception of this study", async () => {
  for (const actor of [staff.tim, staff.dora, staff.admin]) expect((await review(actor, [gravest()])).status).toBe(403);
  const signature = { id: randomUUID(), meaning: "REVIEWED", password: "not the password" };
  expect(said(await review(staff.ada, [gravest()], { signature }))).toMatch(/WRONG_PASSWORD signature\.password$/u);
  expect(said(await review(staff.ada, ["LATE:nothing"]))).toBe("422 UNKNOWN_REVIEW exceptions[0]");
  expect((await review(staff.ada, [])).status).toBe(422);
  expect((await review(staff.ada, [gravest()], { note: " " })).status).toBe(422);
  expect((await list())[0]?.review).toBeNull();
});

test("marked once, however often it is sent; in the trail, and bound by the signature", async () => {
  const signature = { id: randomUUID(), meaning: "REVIEWED", password: PASSWORD };
  for (const _again of [1, 2]) {
    const answer = await review(staff.ada, [gravest(), gravest()], { signature });
    expect(answer).toEqual({ status: 200, body: { reviewed: 1, signature: signature.id } });
  }
  const [first, ...others] = await list();
  expect(first?.review).toMatchObject({ signerEmail: "ada@example.org", meaning: "REVIEWED", intact: true });
  expect(others.every((exception) => exception.review === null)).toBe(true);
  const page = await listEvents(staff.ada, CODE, { kind: "AUDIT_REVIEWED" });
  const events = page.ok ? page.value.events : [];
  expect(events.map(({ subject, reason }) => [subject, reason])).toEqual([
    [signature.id, "Compared with the analyser's print-out"],
  ]);
});

test("comes back when its entry is corrected again, and cannot be signed for as it was before that", async () => {
  const late = { ...weight("M002", 22, ago(4)) };
  recorded(await record(staff.tim, CODE, late));
  const key = `LATE:${late.id}`;
  const read = await changedAtOf(key);
  expect((await review(staff.ada, [key])).status).toBe(200);
  const standingOf = async () => (await list()).find((exception) => exception.key === key)?.standing;
  expect(await standingOf()).toBe("reviewed");
  const correction = { ...weight("M002", 21, late.observedAt), corrects: late.id, ...BECAUSE };
  recorded(await record(staff.dora, CODE, correction));
  expect(await standingOf()).toBe("open");
  const stale = await review(staff.ada, [key], { exceptions: [{ key, changedAt: read }] });
  expect(said(stale)).toBe("409 SIGNED_CONTENT_CHANGED exceptions[0]");
  const signature = { id: randomUUID(), meaning: "FOLLOW_UP", password: PASSWORD };
  expect((await review(staff.ada, [key], { signature })).status).toBe(200);
  expect(await standingOf()).toBe("follow-up");
});

test("one person in two roles: who decided about their own correction, and who holds both", async () => {
  const own = async () =>
    (await list()).filter(({ kind }) => kind === "TWO_ROLES").map(({ by, animal, says }) => ({ by, animal, says }));
  expect(await own()).toEqual([]);
  const low = cbc("M002", 0.4, ago(0.01));
  recorded(await record(staff.tim, CODE, dose("M002", 4, ago(9), DEVIATION)));
  recorded(await record(staff.tim, CODE, low));
  recorded(await record(staff.dora, CODE, { ...cbc("M002", 2.4, low.observedAt), corrects: low.id, ...BECAUSE }));
  const { body } = await send(reviewsRoute.GET, "GET", staff.dora, { code: CODE });
  const item = reviewList.parse(body).items.find(({ animal }) => animal === "M002");
  const decision = { id: randomUUID(), review: item?.id, decision: "Nothing was dosed meanwhile" };
  const signature = { meaning: "REVIEWED", password: PASSWORD };
  const signed = await send(
    signReviewsRoute.POST,
    "POST",
    staff.dora,
    { code: CODE },
    { items: [decision], signature },
  );
  expect(signed.status).toBe(200);
  expect(await own()).toEqual([
    { by: "dora", animal: "M002", says: "dora corrected an entry, and decided and signed what that had changed" },
  ]);
  const roles = (...held: readonly string[]) =>
    send(membersRoute.PUT, "PUT", staff.admin, { code: CODE }, { email: staff.tim.email, roles: held });
  expect((await roles("technician", "study_director")).status).toBe(200);
  expect((await own()).map(({ says }) => says)).toContain(
    "tim@example.org is study director and technician of this study at once",
  );
  expect((await roles("technician")).status).toBe(200);
  expect((await own()).map(({ says }) => says)).toContain(
    "tim@example.org has been study director and technician of this study, one after the other or at once",
  );
});

test("refused passwords count once, whatever roles somebody has; the second of a day opens what was reviewed", async () => {
  const wrong = { id: randomUUID(), meaning: "REVIEWED", password: "not the password" };
  const trouble = async () =>
    (await list()).filter(({ kind, by }) => kind === "SIGN_IN_TROUBLE" && by === staff.ada.email);
  await join(staff.dora, CODE, "study_director");
  expect(await trouble()).toEqual([]);
  await review(staff.ada, [gravest()], { signature: wrong });
  const [two] = await trouble();
  expect(two).toMatchObject({
    weight: 2,
    standing: "open",
    says: expect.stringMatching(/^2 passwords of ada@example\.org refused on \d/u) as string,
  });
  expect((await review(staff.ada, [two?.key ?? ""])).status).toBe(200);
  expect((await trouble()).map(({ standing }) => standing)).toEqual(["reviewed"]);
  await review(staff.ada, [gravest()], { signature: wrong });
  expect(await trouble()).toMatchObject([{ weight: 3, standing: "open" }]);
});

test("an attempt that was refused says who, what and why, in words", async () => {
  await record(staff.ada, CODE, weight("M001", 22));
  await send(membersRoute.GET, "GET", staff.tim, { code: CODE });
  const says = (await list()).filter(({ kind }) => kind === "REFUSED").map((exception) => exception.says);
  expect(says).toContain("ada@example.org was refused entry.record: not permitted for the role");
  expect(says).toContain("tim@example.org was refused membership.manage: not permitted for the role");
});

test("the database takes no mark without its signature, and changes none", async () => {
  const insert = `INSERT INTO audit_reviews (study_id, exception, signature)
    SELECT study_id, 'LATE:x', id FROM signatures WHERE study_id = (SELECT id FROM studies WHERE code = $1) LIMIT 1`;
  await expect(connection.query({ text: insert, values: [CODE] })).rejects.toMatchObject({ code: "23514" });
  for (const text of [
    "UPDATE audit_reviews SET exception = 'x'",
    "DELETE FROM audit_reviews",
    "TRUNCATE audit_reviews",
  ])
    await expect(connection.query({ text })).rejects.toMatchObject({ code: "42501" });
});
