import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as previewRoute from "@/app/api/v1/studies/[code]/entries/preview/route";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/command/actor";
import { draft, emptyStudy, register, said, send, sign, useStaff } from "@/test/database/set-up";
import {
  BECAUSE,
  DEVIATION,
  SETTINGS,
  activeStudy,
  ago,
  cbc,
  dose,
  lft,
  observation,
  record,
  recorded,
  weight,
} from "@/test/database/entry-study";
import type { Answer } from "@/test/database/set-up";

const staff = useStaff();
const preview = (actor: Actor, code: string, body: unknown): Promise<Answer> =>
  send(previewRoute.POST, "POST", actor, { code }, body);

describe("an entry becomes a decision", () => {
  test("a grade 3 count withholds the animal, a recovery resumes one level lower", async () => {
    const code = await activeStudy(staff, "E-001");
    const baseline = [
      weight("M001", 22.4),
      cbc("M001", 2.4, ago(10)),
      lft("M001", ago(10)),
      observation("M001", ago(10)),
    ];
    recorded(await record(staff.tim, code, baseline));
    const first = recorded(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
    expect(first.animals["M001"]).toMatchObject({
      status: "ON_DOSE",
      dose: 4,
      events: [{ action: "START", toDose: 4 }],
    });
    expect(first.entries[0]?.deviations).toMatchObject([{ code: "BASELINE_INCOMPLETE" }]);
    const low = cbc("M001", { text: "0.80", unit: "10^3/uL" }, ago(2));
    const seen = recorded(await preview(staff.tim, code, low), 200);
    const held = recorded(await record(staff.tim, code, low));
    expect(held.animals).toEqual(seen.animals);
    expect(held.animals["M001"]).toMatchObject({ status: "WITHHELD", dose: 0, openToxicities: ["NEUTROPENIA"] });
    expect(held.animals["M001"]?.events[0]?.sentence).toMatch(/neutrophils 0\.8 × 10⁹\/L, below 1\.0/);
    expect(held.entries[0]?.grades).toContainEqual({ entry: low.id, term: "NEUTROPENIA", grade: 3 });
    const back = recorded(await record(staff.tim, code, cbc("M001", 1.4, ago(1))));
    expect(back.animals["M001"]).toMatchObject({ status: "ON_DOSE", dose: 3, openToxicities: [] });
  });

  test("a late result takes back what was decided without it", async () => {
    const code = await activeStudy(staff, "E-002");
    recorded(await record(staff.tim, code, [dose("M001", 4, ago(9), DEVIATION), cbc("M001", 0.4, ago(5))]));
    const late = recorded(await record(staff.tim, code, observation("M001", ago(6), { skin: { exfoliation: true } })));
    expect(late.animals["M001"]).toMatchObject({
      status: "DISCONTINUED",
      events: [{ action: "DISCONTINUE" }],
      superseded: [{ action: "WITHHOLD" }],
    });
  });
});

describe("what is sent twice is recorded once", () => {
  test("the same content gets the first answer again, other content is a conflict", async () => {
    const code = await activeStudy(staff, "E-010");
    const entry = weight("M001", { text: "22.40", unit: "g" });
    const first = recorded(await record(staff.tim, code, entry));
    expect(recorded(await record(staff.tim, code, entry), 200)).toEqual(first);
    expect(said(await record(staff.tim, code, { ...entry, grams: { text: "22.50", unit: "g" } }))).toBe(
      "409 ENTRY_CONFLICT id",
    );
    const other = weight("M002", 25);
    const mixed = recorded(await record(staff.tim, code, [entry, other]));
    expect(mixed.entries.map(({ id }) => id)).toEqual([entry.id, other.id]);
    expect(mixed.entries[0]).toEqual(first.entries[0]);
    expect(said(await record(staff.tim, code, [other, other]))).toBe("422 REPEATED_ENTRY [1].id");
  });

  test("the same request many times at once is one entry", async () => {
    const code = await activeStudy(staff, "E-011");
    const entry = weight("M001", 22);
    const answers = await Promise.all(Array.from({ length: 12 }, () => record(staff.tim, code, entry)));
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([
      ...Array.from({ length: 11 }, () => 200),
      201,
    ]);
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
    await activeStudy(staff, code);
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
    await draft(staff.dora, code, SETTINGS);
    await register(staff.dora, code, [{ id: "M001", sex: "F", group: "G2" }]);
    recorded(
      await record(staff.tim, code, [
        weight("M001", 22),
        cbc("M001", 2.4, ago(10)),
        lft("M001", ago(10)),
        observation("M001", ago(10)),
      ]),
    );
    expect(said(await record(staff.tim, code, dose("M001", 4, ago(1))))).toBe("409 STUDY_NOT_ACTIVE kind");
    await sign(staff.dora, code);
    const started = recorded(await record(staff.tim, code, dose("M001", 4, ago(0), DEVIATION)));
    expect(started.entries[0]?.deviations.map(({ code: deviation }) => deviation)).toEqual(["BASELINE_INCOMPLETE"]);
  });

  test("an animal that left the study takes nothing observed later, and what was observed earlier", async () => {
    const code = await activeStudy(staff, "E-031");
    recorded(
      await record(staff.tim, code, {
        id: randomUUID(),
        animal: "M001",
        kind: "disposition",
        observedAt: ago(3),
        outcome: "DIED",
      }),
    );
    expect(said(await record(staff.tim, code, weight("M001", 22, ago(2))))).toBe("422 ANIMAL_OFF_STUDY observedAt");
    recorded(await record(staff.tim, code, weight("M001", 22, ago(4))));
  });

  test("orders are the director's, but for a hold", async () => {
    const code = await activeStudy(staff, "E-032");
    recorded(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
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
    expect(recorded(await record(staff.tim, code, order("WITHHOLD"))).animals["M001"]?.status).toBe("WITHHELD");
    expect(recorded(await record(staff.dora, code, order("RESUME", { dose: 2 }))).animals["M001"]).toMatchObject({
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
  test("own entries by a technician, any by the director; only the latest version", async () => {
    const code = await activeStudy(staff, "E-040");
    recorded(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
    const low = cbc("M001", 0.8, ago(2));
    recorded(await record(staff.tim, code, low));
    const right = { ...low, id: randomUUID(), neutrophils: 1.8, corrects: low.id, ...BECAUSE };
    const corrected = recorded(await record(staff.tim, code, right));
    expect(corrected.animals["M001"]).toMatchObject({
      status: "ON_DOSE",
      dose: 4,
      events: [],
      superseded: [{ action: "WITHHOLD" }],
    });
    expect(said(await record(staff.tim, code, { ...right, id: randomUUID() }))).toBe("409 ENTRY_CHANGED corrects");
    const directors = { ...right, id: randomUUID(), corrects: right.id };
    recorded(await record(staff.dora, code, directors));
    expect(said(await record(staff.tim, code, { ...right, id: randomUUID(), corrects: directors.id }))).toBe(
      "403 FORBIDDEN corrects",
    );
    expect(said(await record(staff.tim, code, { id: randomUUID(), animal: "M002", voids: low.id, ...BECAUSE }))).toBe(
      "422 INVALID_INPUT animal",
    );
    recorded(await record(staff.dora, code, { id: randomUUID(), animal: "M001", voids: low.id, ...BECAUSE }));
    expect(said(await record(staff.dora, code, { ...right, id: randomUUID(), corrects: directors.id }))).toBe(
      "409 ENTRY_CHANGED corrects",
    );
  });
});

test("an unlikely value is saved with a warning", async () => {
  const code = await activeStudy(staff, "E-050");
  recorded(await record(staff.tim, code, weight("M001", 22, ago(3))));
  const odd = recorded(await record(staff.tim, code, weight("M001", { text: "12.2", firstReading: "12.1" }, ago(2))));
  expect(odd.entries[0]?.warnings).toMatchObject([{ path: "grams", code: "UNLIKELY_VALUE" }]);
});
