import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as previewRoute from "@/app/api/v1/studies/[code]/entries/preview/route";
import * as reviewsRoute from "@/app/api/v1/studies/[code]/reviews/route";
import * as signRoute from "@/app/api/v1/studies/[code]/reviews/sign/route";
import type { DecisionImpact } from "@/lib/contracts/entries/answer";
import { problem } from "@/lib/contracts/problem";
import { reviewList } from "@/lib/contracts/reviews";
import type { ReviewItem } from "@/lib/contracts/reviews";
import { PASSWORD } from "@/test/people/test-people";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { activeStudy, ago, BECAUSE, cbc, dose, DEVIATION, record, recorded, weight } from "@/test/database/entry-study";
import { said, send, useStaff } from "@/test/database/set-up";
import type { Answer } from "@/test/database/set-up";

const staff = useStaff();

const preview = (actor: Actor, code: string, body: unknown): Promise<Answer> =>
  send(previewRoute.POST, "POST", actor, { code }, body);
const reviewsOf = async (actor: Actor, code: string): Promise<readonly ReviewItem[]> => {
  const { status, body } = await send(reviewsRoute.GET, "GET", actor, { code });
  expect(status).toBe(200);
  return reviewList.parse(body).items;
};
const signing = (actor: Actor, code: string, items: readonly object[], signature: object = {}): Promise<Answer> =>
  send(
    signRoute.POST,
    "POST",
    actor,
    { code },
    { items, signature: { password: PASSWORD, meaning: "REVIEWED", ...signature } },
  );
const decisionOn = ({ id }: ReviewItem, decision = "The dose stands as given") => ({
  id: randomUUID(),
  review: id,
  decision,
});

const words = ({ then: stood, now }: DecisionImpact): string =>
  [stood, now].map((events) => events.map(({ action }) => action).join(" ")).join(" → ");

/** M001 on 4 mg/kg, a count of 1.9 recorded for 0.9 two days ago, and a dose since. */
const dosedOnASlip = async (code: string) => {
  await activeStudy(staff, code);
  const slip = cbc("M001", 1.9, ago(2));
  recorded(await record(staff.tim, code, dose("M001", 4, ago(5), DEVIATION)));
  recorded(await record(staff.tim, code, slip));
  const given = dose("M001", 4, ago(1));
  recorded(await record(staff.tim, code, given));
  const corrected = { ...cbc("M001", 0.9, slip.observedAt), corrects: slip.id, ...BECAUSE };
  return { code, slip, given, corrected };
};

describe("a correction that changes decisions", () => {
  test("the impact is shown before, stored with it, told again, and waits for the director", async () => {
    const { code, given, corrected } = await dosedOnASlip("R-001");
    const before = recorded(await preview(staff.tim, code, corrected), 200).animals["M001"]?.impact;
    expect(before).toMatchObject({ cause: "correction", entry: corrected.id, then: [], now: [{ action: "WITHHOLD" }] });
    expect(before?.now[0]?.sentence).toMatch(/0\.9/);
    expect(before?.doses).toMatchObject([{ entry: given.id, amount: 4, inForceThen: 4, inForceNow: 0 }]);
    expect(await reviewsOf(staff.dora, code)).toEqual([]);

    const first = recorded(await record(staff.tim, code, corrected));
    expect(first.animals["M001"]?.impact).toEqual(before);
    expect(recorded(await record(staff.tim, code, corrected), 200)).toEqual(first);
    const items = await reviewsOf(staff.ada, code);
    expect(items).toMatchObject([
      {
        animal: "M001",
        kind: "cbc",
        recordedBy: "tim",
        reasonCode: "TRANSCRIPTION",
        impact: before,
        decision: null,
        signature: null,
      },
    ]);
  });

  test("a correction without consequence makes no item", async () => {
    const { code, slip } = await dosedOnASlip("R-002");
    const better = { ...cbc("M001", 1.91, slip.observedAt), corrects: slip.id, ...BECAUSE };
    expect(recorded(await record(staff.tim, code, better)).animals["M001"]?.impact).toBeNull();
    expect(await reviewsOf(staff.dora, code)).toEqual([]);
  });

  test("wrong animal: voided here and recorded there in one request, or not at all", async () => {
    const code = await activeStudy(staff, "R-003");
    recorded(await record(staff.tim, code, [dose("M001", 4, ago(5), DEVIATION), dose("M002", 4, ago(5), DEVIATION)]));
    const wrong = cbc("M001", 0.8, ago(2));
    recorded(await record(staff.tim, code, wrong));
    recorded(await record(staff.tim, code, dose("M002", 4, ago(1))));
    const why = { reasonCode: "WRONG_ANIMAL", reason: "Tubes of M001 and M002 were exchanged" };
    const void_ = { id: randomUUID(), animal: "M001", voids: wrong.id, ...why };
    const there = { ...cbc("M002", 0.8, wrong.observedAt), ...why };
    expect(said(await record(staff.tim, code, [void_, { ...there, animal: "M999" }]))).toBe(
      "422 UNKNOWN_ANIMAL [1].animal",
    );
    expect(await reviewsOf(staff.dora, code)).toEqual([]);
    const seen = recorded(await preview(staff.tim, code, [void_, there]), 200).animals;
    const done = recorded(await record(staff.tim, code, [void_, there])).animals;
    expect(done).toEqual(seen);
    expect([done["M001"]?.impact, done["M002"]?.impact].map((impact) => (impact ? words(impact) : null))).toEqual([
      "WITHHOLD → ",
      " → WITHHOLD",
    ]);
    expect(
      (await reviewsOf(staff.dora, code)).map(({ animal, impact }) => `${animal} ${impact.cause}`).toSorted(),
    ).toEqual(["M001 void", "M002 late"]);
  });

  test("a late result before a dose waits for the director; one in its order does not", async () => {
    const code = await activeStudy(staff, "R-004");
    recorded(await record(staff.tim, code, [dose("M001", 4, ago(5), DEVIATION), weight("M001", 22, ago(5))]));
    recorded(await record(staff.tim, code, dose("M001", 4, ago(1))));
    const late = recorded(await record(staff.tim, code, cbc("M001", 0.8, ago(3)))).animals["M001"];
    expect(late?.impact).toMatchObject({ cause: "late", then: [], now: [{ action: "WITHHOLD" }] });
    expect(recorded(await record(staff.tim, code, cbc("M001", 1.6, ago(0.5)))).animals["M001"]?.impact).toBeNull();
    expect(await reviewsOf(staff.dora, code)).toHaveLength(1);
  });
});

describe("who corrects", () => {
  test("a technician what they recorded themselves, the director anything, the auditor nothing", async () => {
    const code = await activeStudy(staff, "R-010");
    const byDora = weight("M001", 22);
    recorded(await record(staff.dora, code, byDora));
    const correction = { ...weight("M001", 23, byDora.observedAt), corrects: byDora.id, ...BECAUSE };
    expect(said(await record(staff.tim, code, correction))).toBe("403 FORBIDDEN corrects");
    expect(said(await record(staff.ada, code, correction))).toMatch(/^403 FORBIDDEN/);
    recorded(await record(staff.dora, code, correction));
    expect(
      said(await record(staff.tim, code, { id: randomUUID(), animal: "M001", voids: byDora.id, ...BECAUSE })),
    ).toBe("403 FORBIDDEN voids");
    const byTim = weight("M002", 22);
    recorded(await record(staff.tim, code, byTim));
    recorded(await record(staff.tim, code, { id: randomUUID(), animal: "M002", voids: byTim.id, ...BECAUSE }));
  });
});

describe("what a refusal says", () => {
  const detailOf = ({ body }: Answer): string => problem.parse(body).detail;
  const void_ = (animal: string, voids: string) => ({ id: randomUUID(), animal, voids, ...BECAUSE });

  test("of somebody else's entry: whose it is, and whom to ask", async () => {
    const code = await activeStudy(staff, "R-011");
    const byDora = weight("M001", 22);
    recorded(await record(staff.dora, code, byDora));
    const correction = { ...weight("M001", 23, byDora.observedAt), corrects: byDora.id, ...BECAUSE };
    expect(detailOf(await record(staff.tim, code, correction))).toBe(
      `corrects is ${byDora.id}, which stands as dora recorded it: as technician you correct and void what you recorded yourself. Ask dora or the study director. Nothing was recorded.`,
    );
  });

  test("what a director has put right is the director's: no way around by its first version", async () => {
    const code = await activeStudy(staff, "R-012");
    const byTim = weight("M001", 22);
    recorded(await record(staff.tim, code, byTim));
    const right = { ...weight("M001", 23, byTim.observedAt), corrects: byTim.id, ...BECAUSE };
    recorded(await record(staff.dora, code, right));
    expect(said(await record(staff.tim, code, void_("M001", byTim.id)))).toBe("403 FORBIDDEN voids");
    expect(said(await record(staff.tim, code, void_("M001", right.id)))).toBe("403 FORBIDDEN voids");
    recorded(await record(staff.dora, code, void_("M001", byTim.id)));
  });

  test("of what was corrected or voided meanwhile: by whom, when, and what stands", async () => {
    const code = await activeStudy(staff, "R-013");
    const first = weight("M001", 22);
    recorded(await record(staff.tim, code, first));
    const byDora = { ...weight("M001", 23, first.observedAt), corrects: first.id, ...BECAUSE };
    const { recordedAt } = recorded(await record(staff.dora, code, byDora)).entries[0] ?? { recordedAt: "" };
    const byTim = { ...weight("M001", 24, first.observedAt), corrects: first.id, ...BECAUSE };
    const late = await record(staff.dora, code, byTim);
    expect(said(late)).toBe("409 ENTRY_CHANGED corrects");
    expect(detailOf(late)).toBe(
      `corrects is ${first.id}, which was corrected by dora at ${recordedAt}: correct ${byDora.id}, which stands. Nothing was recorded.`,
    );
    recorded(await record(staff.dora, code, void_("M001", byDora.id)));
    const gone = await record(staff.dora, code, { ...byTim, corrects: byDora.id });
    expect(said(gone)).toBe("409 ENTRY_CHANGED corrects");
    expect(detailOf(gone)).toMatch(/which was voided by dora at .*: record what is true as a new entry\. Nothing/u);
  });

  test("is one sentence after the other", async () => {
    const code = await activeStudy(staff, "R-014");
    expect(detailOf(await record(staff.tim, code, weight("M001", { text: "28", unit: "kg" })))).toBe(
      "grams: Body weight 28 kg is not possible in a mouse (accepted: 0.5 to 200 g). Check the decimal point, the unit and the animal. Nothing was recorded.",
    );
    expect(detailOf(await record(staff.tim, code, { ...weight("M001", 22), extra: 1, more: 2 }))).toBe(
      "extra is not a field of this document. And 1 more.",
    );
  });
});

describe("the director's decision", () => {
  test("is signed with a password, once, and stands", async () => {
    const { code, corrected } = await dosedOnASlip("R-020");
    recorded(await record(staff.tim, code, corrected));
    const [item] = await reviewsOf(staff.dora, code);
    if (item === undefined) throw new Error("there is no item");
    const decision = decisionOn(item);
    expect(said(await signing(staff.tim, code, [decision]))).toMatch(/^403 FORBIDDEN/);
    expect(said(await signing(staff.ada, code, [decision]))).toMatch(/^403 FORBIDDEN/);
    expect(said(await signing(staff.dora, code, [decision], { password: "not it" }))).toBe(
      "403 WRONG_PASSWORD signature.password",
    );
    expect(said(await signing(staff.dora, code, [{ ...decision, review: randomUUID() }]))).toBe(
      "422 UNKNOWN_REVIEW items[0].review",
    );
    expect((await signing(staff.dora, code, [decision])).status).toBe(200);
    expect((await signing(staff.dora, code, [decision])).status).toBe(200);
    expect(said(await signing(staff.dora, code, [decisionOn(item)]))).toBe("409 SIGNED_ALREADY items[0].review");
    expect(await reviewsOf(staff.ada, code)).toMatchObject([
      { decision: decision.decision, signature: { signerName: "dora", meaning: "REVIEWED", intact: true } },
    ]);
    const events = await connection.query<{ readonly kind: string }>({
      text: `SELECT kind FROM audit_events WHERE subject = $1 AND kind = 'REVIEW_DECIDED'`,
      values: [item.id],
    });
    expect(events).toHaveLength(1);
  });

  test("several are signed as one list, all or none", async () => {
    const { code, corrected } = await dosedOnASlip("R-021");
    recorded(await record(staff.tim, code, corrected));
    recorded(await record(staff.tim, code, { id: randomUUID(), animal: "M001", voids: corrected.id, ...BECAUSE }));
    const items = await reviewsOf(staff.dora, code);
    expect(items.map(({ impact }) => impact.cause)).toEqual(["void", "correction"]);
    const decisions = items.map((item) => decisionOn(item));
    expect(
      said(
        await signing(staff.dora, code, [...decisions, decisionOn({ ...items[0], id: randomUUID() } as ReviewItem)]),
      ),
    ).toBe("422 UNKNOWN_REVIEW items[2].review");
    expect((await reviewsOf(staff.dora, code)).every(({ signature }) => signature === null)).toBe(true);
    expect((await signing(staff.dora, code, decisions)).status).toBe(200);
    const lists = (await reviewsOf(staff.dora, code)).map(({ signature }) => signature?.list);
    expect(lists[0]).toEqual(expect.any(String));
    expect(new Set(lists).size).toBe(1);
  });
});
