import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as entriesRoute from "@/app/api/v1/studies/[code]/entries/route";
import * as previewRoute from "@/app/api/v1/studies/[code]/entries/preview/route";
import type { RecordingAnswer } from "@/lib/contracts/entries/answer";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/kernel/actor";
import { PROTOCOL, draft, emptyStudy, register, said, send, sign, useStaff } from "../testing/set-up";
import type { Answer } from "../testing/set-up";

const staff = useStaff();
const DAY_MS = 86_400_000;

/** So many days ago, to the minute. */
const ago = (days: number): string => `${new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 16)}:00+00:00`;

const record = (actor: Actor, code: string, body: unknown): Promise<Answer> =>
  send(entriesRoute.POST, "POST", actor, { code }, body);
const preview = (actor: Actor, code: string, body: unknown): Promise<Answer> =>
  send(previewRoute.POST, "POST", actor, { code }, body);

const answerOf = ({ status, body }: Answer, expected = 201): RecordingAnswer => {
  expect({ status, body }).toMatchObject({ status: expected });
  return body as RecordingAnswer;
};

const RANGES = {
  neutrophils: { lower: 1.2 },
  platelets: { lower: 150 },
  alt: { upper: 60 },
  ast: { upper: 120 },
  bilirubin: { upper: 0.9, unit: "mg/dL" },
};
const LEVELS = { ...PROTOCOL, referenceRanges: RANGES };

/** An active study with two animals on the 4 mg/kg group and a control. */
const activeStudy = async (code: string): Promise<string> => {
  await emptyStudy(staff, code);
  expect((await draft(staff.dora, code, LEVELS)).status).toBe(200);
  const animals = [
    { id: "M001", sex: "F", group: "G2", birthDate: "2025-01-01" },
    { id: "M002", sex: "M", group: "G2" },
    { id: "M003", sex: "M", group: "G1" },
  ];
  expect((await register(staff.dora, code, animals)).status).toBe(201);
  expect((await sign(staff.dora, code)).status).toBe(200);
  return code;
};

const weight = (animal: string, grams: unknown, observedAt = ago(10)) => ({
  id: randomUUID(),
  animal,
  kind: "weight",
  observedAt,
  grams,
});
const cbc = (animal: string, neutrophils: unknown, observedAt: string, more = {}) => ({
  id: randomUUID(),
  animal,
  kind: "cbc",
  observedAt,
  neutrophils,
  platelets: 900,
  ...more,
});
const dose = (animal: string, amount: unknown, observedAt: string, more = {}) => ({
  id: randomUUID(),
  animal,
  kind: "dose",
  observedAt,
  amount,
  ...more,
});
const lft = (animal: string, observedAt: string) => ({
  id: randomUUID(),
  animal,
  kind: "lft",
  observedAt,
  alt: 40,
  ast: 90,
  bilirubin: 0.4,
});
const observation = (animal: string, observedAt: string, more = {}) => ({
  id: randomUUID(),
  animal,
  kind: "observation",
  observedAt,
  temperature: 37,
  findings: [],
  ...more,
});

const DEVIATION = { deviation: { reason: "Recorded after the fact for this test" } };

describe("an entry becomes a decision", () => {
  test("a grade 3 count withholds the animal, a recovery resumes one level lower", async () => {
    const code = await activeStudy("E-001");
    const baseline = [
      weight("M001", 22.4),
      cbc("M001", 2.4, ago(10)),
      lft("M001", ago(10)),
      observation("M001", ago(10)),
    ];
    answerOf(await record(staff.tim, code, baseline));
    const first = answerOf(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
    expect(first.animals["M001"]).toMatchObject({
      status: "ON_DOSE",
      dose: 4,
      events: [{ action: "START", toDose: 4 }],
    });
    expect(first.entries[0]?.deviations).toMatchObject([{ code: "BASELINE_INCOMPLETE" }]);
    const low = cbc("M001", { text: "0.80", unit: "10^3/uL" }, ago(2));
    const seen = answerOf(await preview(staff.tim, code, low), 200);
    const held = answerOf(await record(staff.tim, code, low));
    expect(held.animals).toEqual(seen.animals);
    expect(held.animals["M001"]).toMatchObject({ status: "WITHHELD", dose: 0, openToxicities: ["NEUTROPENIA"] });
    expect(held.animals["M001"]?.events[0]?.sentence).toMatch(/neutrophils 0\.8 × 10⁹\/L, below 1\.0/);
    expect(held.entries[0]?.grades).toContainEqual({ entry: low.id, term: "NEUTROPENIA", grade: 3 });
    const back = answerOf(await record(staff.tim, code, cbc("M001", 1.4, ago(1))));
    expect(back.animals["M001"]).toMatchObject({ status: "ON_DOSE", dose: 3, openToxicities: [] });
  });

  test("a late result takes back what was decided without it", async () => {
    const code = await activeStudy("E-002");
    answerOf(await record(staff.tim, code, [dose("M001", 4, ago(9), DEVIATION), cbc("M001", 0.4, ago(5))]));
    const late = answerOf(await record(staff.tim, code, observation("M001", ago(6), { skin: { exfoliation: true } })));
    expect(late.animals["M001"]).toMatchObject({
      status: "DISCONTINUED",
      events: [{ action: "DISCONTINUE" }],
      superseded: [{ action: "WITHHOLD" }],
    });
  });
});

describe("what is sent twice is recorded once", () => {
  test("the same content gets the first answer again, other content is a conflict", async () => {
    const code = await activeStudy("E-010");
    const entry = weight("M001", { text: "22.40", unit: "g" });
    const first = answerOf(await record(staff.tim, code, entry));
    expect(answerOf(await record(staff.tim, code, entry), 200)).toEqual(first);
    expect(said(await record(staff.tim, code, { ...entry, grams: { text: "22.50", unit: "g" } }))).toBe(
      "409 ENTRY_CONFLICT id",
    );
    const other = weight("M002", 25);
    const mixed = answerOf(await record(staff.tim, code, [entry, other]));
    expect(mixed.entries.map(({ id }) => id)).toEqual([entry.id, other.id]);
    expect(mixed.entries[0]).toEqual(first.entries[0]);
    expect(said(await record(staff.tim, code, [other, other]))).toBe("422 REPEATED_ENTRY [1].id");
  });

  test("the same request many times at once is one entry", async () => {
    const code = await activeStudy("E-011");
    const entry = weight("M001", 22);
    const answers = await Promise.all(Array.from({ length: 12 }, () => record(staff.tim, code, entry)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 11 }, () => 200), 201]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });
});

describe("what cannot be is refused, and named", () => {
  test.each([
    ["an unknown animal", () => weight("M999", 22), "422 UNKNOWN_ANIMAL animal"],
    ["an observation in the future", () => weight("M001", 22, ago(-1)), "422 ENTRY_IN_THE_FUTURE observedAt"],
    ["one before birth", () => weight("M001", 22, "2024-12-31T09:00:00Z"), "422 BEFORE_BIRTH observedAt"],
    ["an impossible weight", () => weight("M001", 2200), "422 IMPOSSIBLE_VALUE grams"],
    ["text for a number", () => weight("M001", "22"), "422 INVALID_INPUT grams"],
    ["a blank for a number", () => weight("M001", { text: " " }), "422 INVALID_INPUT grams.text"],
    ["a dose without its reason", () => dose("M001", 4, ago(1)), "422 REASON_REQUIRED deviation"],
    [
      "a finding that is graded from measurements",
      () => observation("M001", ago(1), { findings: [{ term: "FEBRILE_NEUTROPENIA", grade: 3 }] }),
      "422 INVALID_INPUT findings[0].term",
    ],
    ["an unknown field", () => ({ ...weight("M001", 22), colour: "white" }), "422 INVALID_INPUT colour"],
    [
      "a correction of nothing",
      () => ({ ...weight("M001", 22), corrects: randomUUID(), reasonCode: "OTHER", reason: "Test" }),
      "422 UNKNOWN_ENTRY corrects",
    ],
  ])("%s", async (_name, entry, expected) => {
    const code = `E-020-${randomUUID().slice(0, 8)}`;
    await activeStudy(code);
    expect(said(await record(staff.tim, code, entry()))).toBe(expected);
    expect(said(await preview(staff.tim, code, entry()))).toBe(expected);
    expect(said(await record(staff.tim, code, [weight("M002", 20), entry()]))).toBe(
      expected.replace(/ (\S+)$/, " [1].$1"),
    );
    const { rows } = await database().pool.query(
      `SELECT FROM entries e JOIN studies s ON s.id = e.study_id WHERE s.code = $1`,
      [code],
    );
    expect(rows).toEqual([]);
  });

  test("before a signature only baselines are recorded", async () => {
    const code = await emptyStudy(staff, "E-030");
    await draft(staff.dora, code, LEVELS);
    await register(staff.dora, code, [{ id: "M001", sex: "F", group: "G2" }]);
    answerOf(
      await record(staff.tim, code, [
        weight("M001", 22),
        cbc("M001", 2.4, ago(10)),
        lft("M001", ago(10)),
        observation("M001", ago(10)),
      ]),
    );
    expect(said(await record(staff.tim, code, dose("M001", 4, ago(1))))).toBe("409 STUDY_NOT_ACTIVE kind");
    await sign(staff.dora, code);
    const started = answerOf(await record(staff.tim, code, dose("M001", 4, ago(0), DEVIATION)));
    expect(started.entries[0]?.deviations.map(({ code: deviation }) => deviation)).toEqual(["BASELINE_INCOMPLETE"]);
  });

  test("an animal that left the study takes nothing observed later, and what was observed earlier", async () => {
    const code = await activeStudy("E-031");
    answerOf(
      await record(staff.tim, code, {
        id: randomUUID(),
        animal: "M001",
        kind: "disposition",
        observedAt: ago(3),
        outcome: "DIED",
      }),
    );
    expect(said(await record(staff.tim, code, weight("M001", 22, ago(2))))).toBe("422 ANIMAL_OFF_STUDY observedAt");
    answerOf(await record(staff.tim, code, weight("M001", 22, ago(4))));
  });

  test("orders are the director's, but for a hold", async () => {
    const code = await activeStudy("E-032");
    answerOf(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
    const order = (action: string, more = {}) => ({
      id: randomUUID(),
      animal: "M001",
      kind: "order",
      observedAt: ago(1),
      action,
      reason: "Test",
      ...more,
    });
    expect(said(await record(staff.tim, code, order("DISCONTINUE")))).toBe("403 FORBIDDEN action");
    expect(answerOf(await record(staff.tim, code, order("WITHHOLD"))).animals["M001"]?.status).toBe("WITHHELD");
    expect(answerOf(await record(staff.dora, code, order("RESUME", { dose: 2 }))).animals["M001"]).toMatchObject({
      status: "ON_DOSE",
      dose: 2,
    });
    expect(said(await record(staff.dora, code, { ...order("WITHHOLD"), reason: null }))).toBe(
      "422 INVALID_INPUT reason",
    );
    expect(said(await record(staff.ada, code, weight("M001", 22)))).toBe("403 FORBIDDEN kind");
    expect(said(await record(staff.admin, code, weight("M001", 22)))).toBe("403 FORBIDDEN kind");
  });
});

describe("corrections and voids", () => {
  const because = { reasonCode: "TRANSCRIPTION", reason: "Typed into the wrong row" };

  test("own entries by a technician, any by the director; only the latest version", async () => {
    const code = await activeStudy("E-040");
    answerOf(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
    const low = cbc("M001", 0.8, ago(2));
    answerOf(await record(staff.tim, code, low));
    const right = { ...low, id: randomUUID(), neutrophils: 1.8, corrects: low.id, ...because };
    const corrected = answerOf(await record(staff.tim, code, right));
    expect(corrected.animals["M001"]).toMatchObject({
      status: "ON_DOSE",
      dose: 4,
      events: [],
      superseded: [{ action: "WITHHOLD" }],
    });
    expect(said(await record(staff.tim, code, { ...right, id: randomUUID() }))).toBe("409 ENTRY_CHANGED corrects");
    const directors = { ...right, id: randomUUID(), corrects: right.id };
    answerOf(await record(staff.dora, code, directors));
    expect(said(await record(staff.tim, code, { ...right, id: randomUUID(), corrects: directors.id }))).toBe(
      "403 FORBIDDEN corrects",
    );
    expect(said(await record(staff.tim, code, { id: randomUUID(), animal: "M002", voids: low.id, ...because }))).toBe(
      "422 INVALID_INPUT animal",
    );
    answerOf(await record(staff.dora, code, { id: randomUUID(), animal: "M001", voids: low.id, ...because }));
    expect(said(await record(staff.dora, code, { ...right, id: randomUUID(), corrects: directors.id }))).toBe(
      "409 ENTRY_CHANGED corrects",
    );
  });
});

test("an unlikely value is saved with a warning", async () => {
  const code = await activeStudy("E-050");
  answerOf(await record(staff.tim, code, weight("M001", 22, ago(3))));
  const odd = answerOf(await record(staff.tim, code, weight("M001", { text: "12.2", firstReading: "12.1" }, ago(2))));
  expect(odd.entries[0]?.warnings).toMatchObject([{ path: "grams", code: "UNLIKELY_VALUE" }]);
});
