import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import * as signaturesRoute from "@/app/api/v1/studies/[code]/signatures/route";
import { signatureList } from "@/lib/contracts/signatures";
import type { SignatureList, WaitingItem } from "@/lib/contracts/signatures";
import { PASSWORD } from "@/test/people/test-people";
import type { Actor } from "@/lib/server/command/actor";
import { doseModifications } from "../histories/dose-modifications";
import { BECAUSE, DEVIATION, activeStudy, ago, cbc, dose, record, recorded } from "@/test/database/entry-study";
import { said, send, useStaff } from "@/test/database/set-up";
import type { Answer } from "@/test/database/set-up";

const staff = useStaff();
const CODE = "LISTED";

const order = (animal: string, action: string, more: object = {}) => ({
  id: randomUUID(),
  animal,
  kind: "order",
  observedAt: ago(2),
  action,
  reason: "Seen at the round",
  ...more,
});
const first = dose("M001", 4, ago(9), DEVIATION);
const resume = order("M001", "RESUME", { dose: 3 });
const stop = order("M002", "DISCONTINUE");

const read = async (): Promise<SignatureList> =>
  signatureList.parse((await send(signaturesRoute.GET, "GET", staff.ada, { code: CODE })).body);
const sign = (actor: Actor, body: object): Promise<Answer> =>
  send(signaturesRoute.POST, "POST", actor, { code: CODE }, { id: randomUUID(), password: PASSWORD, ...body });
const items = (waiting: readonly WaitingItem[], meaning = "CONFIRMED") =>
  waiting.map(({ subjectKind, subject, contentHash }) => ({
    subjectKind,
    subject,
    contentHash,
    meaning: subjectKind === "deviation" ? "ACCEPTED" : meaning,
  }));

beforeAll(async () => {
  await activeStudy(staff, CODE);
  recorded(await record(staff.tim, CODE, [first, dose("M002", 4, ago(9), DEVIATION), cbc("M001", 0.6, ago(6))]));
  recorded(await record(staff.dora, CODE, [resume, stop]));
  recorded(await record(staff.tim, CODE, order("M003", "WITHHOLD")));
});

test("orders and doses off protocol wait, a hold does not", async () => {
  const { waiting } = await read();
  expect(waiting.map(({ animal, subjectKind, says }) => `${animal} ${subjectKind}: ${says}`)).toEqual([
    "M001 deviation: 4 mg/kg given: first dose before the baseline was complete",
    "M002 deviation: 4 mg/kg given: first dose before the baseline was complete",
    "M001 override: resume at 3 mg/kg",
    "M002 order: discontinue",
  ]);
  expect(waiting[2]).toMatchObject({ reason: "Seen at the round", recordedBy: "dora", subject: resume.id });
  expect(waiting[2]?.decision).toMatch(/3 mg\/kg/u);
});

test("a list is signed by the director alone, with the right password and meanings, all of it or none", async () => {
  const { waiting } = await read();
  expect(said(await sign(staff.tim, { items: items(waiting) }))).toBe("403 FORBIDDEN");
  expect(said(await sign(staff.ada, { items: items(waiting) }))).toBe("403 FORBIDDEN");
  expect(said(await sign(staff.dora, { items: items(waiting), password: "wrong" }))).toBe(
    "403 WRONG_PASSWORD password",
  );
  expect(said(await sign(staff.dora, { items: items(waiting, "REVIEWED") }))).toBe(
    "422 INVALID_VALUE items[2].meaning",
  );
  expect(said(await sign(staff.dora, { items: [] }))).toBe("422 INVALID_INPUT items");
  const unknown = { ...items(waiting)[0], subject: randomUUID() };
  expect(said(await sign(staff.dora, { items: [...items(waiting), unknown] }))).toBe("422 UNKNOWN_ENTRY items[4]");
  const other = items(waiting).map((item, index) => (index === 3 ? { ...item, contentHash: "0".repeat(64) } : item));
  expect(said(await sign(staff.dora, { items: other }))).toBe("409 SIGNED_CONTENT_CHANGED items[3]");
  expect((await read()).waiting).toHaveLength(4);
});

test("what is corrected while the list is read is not signed", async () => {
  const { waiting } = await read();
  const corrected = { ...dose("M002", 4, ago(9), DEVIATION), lot: "B7" };
  const [, before] = waiting;
  recorded(await record(staff.dora, CODE, { ...corrected, corrects: before?.subject, ...BECAUSE }));
  const answer = await sign(staff.dora, { items: items(waiting) });
  expect(said(answer)).toBe("409 SIGNED_CONTENT_CHANGED items[1]");
  expect(answer.body).toMatchObject({
    detail: expect.stringMatching(
      /^items\[1\] of M002 .* was corrected since it was read.*Nothing was signed/u,
    ) as string,
  });
  expect((await read()).waiting).toHaveLength(4);
});

test("several are signed at once and share the list; sent twice, it is signed once", async () => {
  const { waiting } = await read();
  const id = randomUUID();
  const answer = await sign(staff.dora, { id, items: items(waiting) });
  expect(answer.status).toBe(200);
  const { waiting: left, signatures } = signatureList.parse(answer.body);
  expect(left).toEqual([]);
  const listed = signatures.filter(({ list }) => list === id);
  expect(listed).toHaveLength(4);
  expect(listed.every(({ intact, signerName }) => intact && signerName === "dora")).toBe(true);
  expect((await sign(staff.dora, { id, items: items(waiting) })).status).toBe(200);
  expect((await read()).signatures).toHaveLength(signatures.length);
  expect(said(await sign(staff.dora, { items: items(waiting) }))).toMatch(/^409 SIGNED_ALREADY/u);
});

test("a correction after it breaks that signature alone, and waits for its own", async () => {
  const correction = { ...resume, id: randomUUID(), dose: 2, corrects: resume.id, ...BECAUSE };
  recorded(await record(staff.dora, CODE, correction));
  const { waiting, signatures } = await read();
  expect(waiting).toMatchObject([{ subject: correction.id, says: "resume at 2 mg/kg" }]);
  expect(signatures.filter(({ intact }) => !intact)).toMatchObject([
    { subject: resume.id, changedBy: { entry: correction.id, how: "corrected", by: "dora" } },
  ]);

  // The history says it beside each decision: who signed, what broke it, and what still waits.
  const history = await doseModifications(staff.ada, CODE, {});
  const told = (history.ok ? history.value.rows : []).map(
    ({ entry, signatures: [signature], unsigned }) => [entry, signature?.by, signature?.brokenBy, unsigned] as const,
  );
  expect(told).toContainEqual([stop.id, "dora", null, null]);
  expect(told).toContainEqual([resume.id, "dora", correction.id, null]);
  expect(told).toContainEqual([correction.id, undefined, undefined, "to be signed"]);
});
