import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as changesRoute from "@/app/api/v1/studies/[code]/animals/[tag]/changes/route";
import * as historyRoute from "@/app/api/v1/studies/[code]/animals/[tag]/history/route";
import { changedAnimal, changeList } from "@/lib/contracts/animal-changes";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { PASSWORD } from "@/test/people/test-people";
import { signaturesOf } from "@/lib/server/signing/signing";
import { verifyStudy } from "@/lib/server/verifying/verify-study";
import { readAnimalRecord } from "../studies/animal-record";
import { activeStudy, ago, dose, DEVIATION, record, recorded, weight } from "@/test/database/entry-study";
import { register, said, send, useStaff } from "@/test/database/set-up";
import type { Answer } from "@/test/database/set-up";

const staff = useStaff();

type Change = Readonly<Record<string, unknown>>;
const change = (actor: Actor, code: string, tag: string, body: Change): Promise<Answer> =>
  send(
    changesRoute.POST,
    "POST",
    actor,
    { code, tag },
    { id: randomUUID(), reason: "Read from the cage card", ...body },
  );
const changed = ({ status, body }: Answer, expected = 201) => {
  expect({ status, body }).toMatchObject({ status: expected });
  return changedAnimal.parse(body);
};
const changesOf = async (code: string, tag: string) => {
  const { status, body } = await send(changesRoute.GET, "GET", staff.ada, { code, tag });
  expect(status).toBe(200);
  return changeList.parse(body).changes;
};

describe("an animal's own record", () => {
  test("is changed with a reason, and keeps its old values", async () => {
    const code = await activeStudy(staff, "C-001");
    const answer = changed(
      await change(staff.dora, code, "M001", { sex: "M", birthDate: "2025-02-01", strain: "BALB/c" }),
    );
    expect(answer.animal).toMatchObject({ id: "M001", sex: "M", birthDate: "2025-02-01", strain: "BALB/c" });
    expect(answer.change).toMatchObject({
      changedBy: "dora",
      reason: "Read from the cage card",
      fields: [
        { field: "sex", before: "F", after: "M" },
        { field: "birthDate", before: "2025-01-01", after: "2025-02-01" },
        { field: "strain", before: null, after: "BALB/c" },
      ],
    });
    changed(await change(staff.dora, code, "M001", { birthDate: null }));
    expect((await changesOf(code, "M001")).map(({ fields }) => fields.length)).toEqual([1, 3]);
    const [event] = await connection.query<{
      readonly old: { sex: string };
      readonly new: { sex: string };
      readonly actor: string;
    }>({
      text: `SELECT old_value::json AS old, new_value::json AS new, actor_text AS actor FROM audit_events
             WHERE kind = 'ANIMAL_CHANGED' AND chain LIKE 'animal:C-001:%' ORDER BY sequence LIMIT 1`,
    });
    expect(event).toMatchObject({
      actor: "dora@example.org",
      old: { id: "M001", sex: "F" },
      new: { id: "M001", sex: "M" },
    });
  });

  test("moves are the technician's too, everything else is the director's", async () => {
    const code = await activeStudy(staff, "C-002");
    expect(changed(await change(staff.tim, code, "M001", { room: "R2", cage: "C7" })).animal).toMatchObject({
      room: "R2",
      cage: "C7",
    });
    expect(said(await change(staff.tim, code, "M001", { cage: "C8", sex: "M" }))).toMatch(/^403 FORBIDDEN/);
    expect(said(await change(staff.ada, code, "M001", { cage: "C8" }))).toMatch(/^403 FORBIDDEN/);
  });

  test("sent twice it is one change; another under its id is a conflict", async () => {
    const code = await activeStudy(staff, "C-003");
    const body = { id: randomUUID(), tag: "M101" };
    const first = changed(await change(staff.dora, code, "M001", body));
    expect(changed(await change(staff.dora, code, "M001", body), 200)).toEqual(first);
    expect(said(await change(staff.dora, code, "M002", { ...body, tag: "M102" }))).toBe("409 CHANGE_CONFLICT id");
    const together = { id: randomUUID(), cage: "C9" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => change(staff.tim, code, "M002", together)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
  });

  test.each([
    ["nothing", {}, "422 INVALID_INPUT $"],
    ["what it is already", { sex: "F" }, "422 NOTHING_TO_CHANGE"],
    ["an unknown group", { group: "G9" }, "422 UNKNOWN_GROUP group"],
    ["a taken tag", { tag: "M002" }, "409 ANIMAL_EXISTS tag"],
    ["a birth to come", { birthDate: "2999-01-01" }, "422 OUT_OF_RANGE birthDate"],
    ["a birth after it was observed", { birthDate: ago(1).slice(0, 10) }, "422 BEFORE_BIRTH birthDate"],
    ["no reason", { sex: "M", reason: " " }, "422 INVALID_INPUT reason"],
  ])("%s is refused, and named", async (_name, body, expected) => {
    const code = `C-010-${randomUUID().slice(0, 8)}`;
    await activeStudy(staff, code);
    recorded(await record(staff.tim, code, weight("M001", 22, ago(3))));
    expect(said(await change(staff.dora, code, "M001", body))).toBe(expected);
    expect(await changesOf(code, "M001")).toEqual([]);
  });
});

describe("the group", () => {
  test("changes until the first dose, and decides what the animal starts on", async () => {
    const code = await activeStudy(staff, "C-020");
    recorded(await record(staff.tim, code, weight("M003", 22, ago(3))));
    expect(changed(await change(staff.dora, code, "M003", { group: "G2" })).animal).toMatchObject({
      control: false,
      startingDose: 4,
    });
    const started = recorded(await record(staff.tim, code, dose("M003", 4, ago(1), DEVIATION)));
    expect(started.animals["M003"]).toMatchObject({ status: "ON_DOSE", dose: 4 });
    expect(said(await change(staff.dora, code, "M003", { group: "G1" }))).toBe("409 ANIMAL_DOSED group");
  });
});

describe("a group of controls", () => {
  test("is refused to an animal whose dose was ordered before its first; another ladder is not", async () => {
    const code = await activeStudy(staff, "C-021");
    const order = { kind: "order", observedAt: ago(2), action: "SET_DOSE", reason: "Small for its age" };
    recorded(await record(staff.dora, code, { ...order, id: randomUUID(), animal: "M001", dose: 3 }));
    recorded(await record(staff.dora, code, { ...order, id: randomUUID(), animal: "M003", dose: 0 }));
    const refused = await change(staff.dora, code, "M001", { group: "G1" });
    expect(said(refused)).toBe("409 ANIMAL_DOSED group");
    expect(JSON.stringify(refused.body)).toContain(
      "an order names a dose of 3 for M001, and G1 is a group of controls",
    );
    expect(said(await change(staff.dora, code, "M003", { group: "G2" }))).toBe("409 ANIMAL_DOSED group");
    expect(await readAnimalRecord(staff.ada, code, "M001")).toMatchObject({
      value: { record: { log: { length: 1 } } },
    });
  });
});

describe("a mistyped tag", () => {
  test("is replaced; what was recorded goes on, and the old tag leads to the new one", async () => {
    const code = await activeStudy(staff, "C-030");
    const first = dose("M001", 4, ago(5), DEVIATION);
    const told = recorded(await record(staff.tim, code, first));
    changed(await change(staff.dora, code, "M001", { tag: "M010" }));
    const again = await record(staff.tim, code, first);
    expect(again.status).toBe(200);
    expect(recorded(again, 200).entries).toEqual(told.entries);
    const refused = await record(staff.tim, code, dose("M001", 4, ago(1)));
    expect(said(refused)).toBe("422 UNKNOWN_ANIMAL animal");
    expect(JSON.stringify(refused.body)).toContain("M010");
    expect(recorded(await record(staff.tim, code, dose("M010", 4, ago(1)))).animals["M010"]).toMatchObject({
      status: "ON_DOSE",
    });
    const old = await send(historyRoute.GET, "GET", staff.ada, { code, tag: "M001" });
    const now = await send(historyRoute.GET, "GET", staff.ada, { code, tag: "M010" });
    expect(old).toEqual(now);
    expect(await readAnimalRecord(staff.ada, code, "M001")).toMatchObject({
      ok: true,
      value: { record: { animal: { id: "M010" } } },
    });
    expect(await changesOf(code, "M001")).toEqual(await changesOf(code, "M010"));
  });

  test("leaves the audit trail whole, and what was signed of the animal's entries intact", async () => {
    const code = await activeStudy(staff, "C-032");
    recorded(await record(staff.tim, code, [dose("M001", 4, ago(5), DEVIATION), weight("M001", 22, ago(4))]));
    const order = {
      id: randomUUID(),
      animal: "M001",
      kind: "order",
      observedAt: ago(3),
      action: "DISCONTINUE",
      reason: "Lame",
    };
    const signature = { id: randomUUID(), password: PASSWORD, meaning: "ORDERED" };
    recorded(await record(staff.dora, code, { ...order, signature }));
    changed(await change(staff.dora, code, "M001", { tag: "M010" }));
    recorded(await record(staff.tim, code, weight("M010", 22.5, ago(2))));
    changed(await change(staff.dora, code, "M010", { tag: "M011", cage: "C4" }));
    const [study] = await connection.query<{ readonly id: number; readonly timeZone: string }>({
      text: `SELECT id, time_zone AS "timeZone" FROM studies WHERE code = $1`,
      values: [code],
    });
    if (study === undefined) throw new Error("there is no study");
    expect((await verifyStudy(connection, { ...study, code }, new Map())).faults).toEqual([]);
    expect(await signaturesOf(connection, study.id, { subjects: [order.id] })).toMatchObject([{ intact: true }]);
  });

  test("is free for the animal that should have had it", async () => {
    const code = await activeStudy(staff, "C-031");
    changed(await change(staff.dora, code, "M001", { tag: "M010" }));
    expect((await register(staff.dora, code, { id: "M001", sex: "M", group: "G2" })).status).toBe(201);
    expect(await readAnimalRecord(staff.ada, code, "M001")).toMatchObject({
      ok: true,
      value: { record: { animal: { id: "M001", sex: "M" } } },
    });
  });
});
