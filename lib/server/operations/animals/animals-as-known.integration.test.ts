import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as animalsRoute from "@/app/api/v1/studies/[code]/animals/route";
import * as changesRoute from "@/app/api/v1/studies/[code]/animals/[tag]/changes/route";
import { knownAnimal } from "@/components/animal-page/as-known";
import { changedAnimal } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";
import { readBundle } from "@/lib/domain/record/read-bundle";
import { replayBundle, writeHistories } from "@/lib/domain/rules/write-history";
import { writeInstant } from "@/lib/domain/time/instant";
import type { Actor } from "@/lib/server/command/actor";
import { animalHistory } from "../histories/animal-history";
import { doseModifications } from "../histories/dose-modifications";
import { exportDoseModifications } from "../histories/export-dose-modifications";
import { readAnimalRecord } from "../studies/animal-record";
import { exportBundle } from "../studies/export-bundle";
import { readRecordsBetween, readStudyRecords } from "../studies/study-records";
import { seedOf } from "@/test/oracle/run-count.property";
import { activeStudy, ago, cbc, DEVIATION, dose, record, recorded, weight } from "@/test/database/entry-study";
import { register, send, useStaff } from "@/test/database/set-up";
import { listAnimals } from "./list-animals";

const staff = useStaff();

const got = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value => {
  if (!result.ok) throw new Error("refused");
  return result.value;
};

/** Changes an animal's own record; answers the instant. */
const change = async (actor: Actor, code: string, tag: string, fields: object): Promise<number> => {
  const body = { id: randomUUID(), reason: "Read from the cage card", ...fields };
  const answer = await send(changesRoute.POST, "POST", actor, { code, tag }, body);
  expect(answer).toMatchObject({ status: 201 });
  return Date.parse(changedAnimal.parse(answer.body).change.changedAt);
};

const animalsAt = async (code: string, atMs: number | null): Promise<readonly Animal[]> =>
  got(await listAnimals(staff.ada, code, atMs)).animals;

const who = ({
  id,
  sex,
  group,
  room,
  cage,
}: Omit<Animal, "birthDate" | "strain" | "genotype" | "startingDose" | "control" | "doseLevels">) =>
  [id, sex, group, room, cage].join(" ");

const bundleAt = async (code: string, asKnownAt?: string) => {
  let text = "";
  for await (const part of got(await exportBundle(staff.ada, code, { asKnownAt, proof: "without" }))) text += part;
  const document = JSON.parse(text) as { readonly animals: readonly Record<string, unknown>[] };
  const read = readBundle(document);
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  return { document, bundle: read.value };
};

/** Everything that shows who the animals were at an instant, as one thing to compare. */
const shownAt = async (code: string, atMs: number) => {
  const asKnownAt = writeInstant(atMs);
  const listed = (await animalsAt(code, atMs)).map(who);
  const board = got(await readStudyRecords(staff.ada, code, atMs)).records.map((one) => who(one.animal));
  const overview = got(await readStudyRecords(staff.ada, code, atMs)).records.map((one) => {
    const { tag, ...rest } = knownAnimal(one, atMs).overview;
    return who({ id: tag, ...rest } as Parameters<typeof who>[0]);
  });
  const { rows } = got(await doseModifications(staff.ada, code, { asKnownAt }));
  return { listed, board, overview, rows: rows.map(({ animal, group, action }) => [animal, group, action].join(" ")) };
};

describe("animals by their own records as known at an instant", () => {
  test("tag, sex, group, room, cage and starting dose are those of then, wherever they are shown", async () => {
    const code = await activeStudy(staff, "A-001");
    const sexed = await change(staff.dora, code, "M001", { sex: "M", group: "G1" });
    const moved = await change(staff.tim, code, "M001", { room: "2", cage: "C7" });
    const grouped = await change(staff.dora, code, "M001", { group: "G2" });
    const renamed = await change(staff.dora, code, "M001", { tag: "M010" });
    const others = ["M002 M G2  ", "M003 M G1  "];
    const expected: readonly (readonly [number, string])[] = [
      [sexed - 1, "M001 F G2  "],
      [moved - 1, "M001 M G1  "],
      [grouped - 1, "M001 M G1 2 C7"],
      [renamed - 1, "M001 M G2 2 C7"],
    ];
    for (const [atMs, line] of expected) {
      const shown = await shownAt(code, atMs);
      const lines = [line, ...others];
      expect(shown).toMatchObject({ listed: lines, board: lines, overview: lines });
    }
    expect((await shownAt(code, renamed)).listed).toEqual([...others, "M010 M G2 2 C7"]);
    const [control] = await animalsAt(code, grouped - 1);
    expect(control).toMatchObject({ control: true, startingDose: 0, doseLevels: null });
    expect((await animalsAt(code, renamed))[2]).toMatchObject({ control: false, startingDose: 4 });
  });

  test("who was registered later is not there, and says since when it is", async () => {
    const code = await activeStudy(staff, "A-002");
    const [before] = await animalsAt(code, null);
    expect(before?.id).toBe("M001");
    const atMs = await change(staff.tim, code, "M001", { cage: "C1" });
    // What is registered within the millisecond of the change would be there already.
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await register(staff.dora, code, { id: "M004", sex: "F", group: "G2" })).status).toBe(201);
    expect((await animalsAt(code, atMs)).map(({ id }) => id)).toEqual(["M001", "M002", "M003"]);
    expect(got(await readStudyRecords(staff.ada, code, atMs)).later).toBe(1);
    expect(got(await readAnimalRecord(staff.ada, code, "M004", atMs))).toMatchObject({
      record: null,
      later: { tagNow: "M004" },
    });
    expect(await animalHistory(staff.ada, code, "M004", atMs)).toMatchObject({
      ok: false,
      fault: { code: "NOT_FOUND", detail: expect.stringContaining("M004 was registered at") },
    });
    expect(await animalsAt(code, 0)).toEqual([]);
    const { records } = got(await readRecordsBetween(staff.ada, code, { tag: null, fromMs: atMs, toMs: null }));
    expect(records.filter((one) => one.before === null).map(({ animal }) => animal.id)).toEqual(["M004"]);
  });

  test("an animal is found under the tag it had then, has now, and had before; a tag given on means who had it then", async () => {
    const code = await activeStudy(staff, "A-003");
    recorded(await record(staff.tim, code, dose("M001", 4, ago(5), DEVIATION)));
    const renamed = await change(staff.dora, code, "M001", { tag: "M010" });
    expect((await register(staff.dora, code, { id: "M001", sex: "M", group: "G2" })).status).toBe(201);
    recorded(await record(staff.tim, code, dose("M001", 3, ago(2), DEVIATION)));
    const found = async (tag: string, atMs: number | null) => {
      const { record: known } = got(await readAnimalRecord(staff.ada, code, tag, atMs));
      return known === null ? null : [known.animal.id, known.tagNow, known.animal.sex].join(" ");
    };
    expect(await found("M001", renamed - 1)).toBe("M001 M010 F");
    expect(await found("M010", renamed - 1)).toBe("M001 M010 F");
    expect(await found("M010", null)).toBe("M010 M010 F");
    expect(await found("M001", null)).toBe("M001 M001 M");
    const rows = async (animal: string, atMs: number | null) => {
      const asKnownAt = atMs === null ? {} : { asKnownAt: writeInstant(atMs) };
      const read = got(await doseModifications(staff.ada, code, { animal, ...asKnownAt }));
      return read.rows.map((row) => `${row.animal} ${row.action} ${row.toDose}`);
    };
    expect(await rows("M001", renamed - 1)).toEqual(["M001 START 4"]);
    expect(await rows("M010", renamed - 1)).toEqual(["M001 START 4"]);
    expect(await rows("M001", null)).toEqual(["M001 START 4"]);
    expect(await rows("M010", null)).toEqual(["M010 START 4"]);
    expect(got(await animalHistory(staff.ada, code, "M001", renamed - 1)).events).toHaveLength(1);
    expect(got(await animalHistory(staff.ada, code, "M001", renamed - 1)).deviations).toEqual(
      got(await animalHistory(staff.ada, code, "M010")).deviations,
    );
  });

  test("a former tag finds the animal in the history of now, and a group filters by the group of then", async () => {
    const code = await activeStudy(staff, "A-004");
    const grouped = await change(staff.dora, code, "M003", { group: "G2" });
    recorded(await record(staff.tim, code, dose("M003", 4, ago(3), DEVIATION)));
    const renamed = await change(staff.dora, code, "M003", { tag: "M030" });
    const rows = async (filters: Parameters<typeof doseModifications>[2]) =>
      got(await doseModifications(staff.ada, code, filters)).rows.map(
        ({ animal, group }) => `${animal} ${group ?? ""}`,
      );
    expect(await rows({ animal: "M003" })).toEqual(["M030 G2"]);
    expect(await rows({ group: "G2", asKnownAt: writeInstant(renamed - 1) })).toEqual(["M003 G2"]);
    expect(await rows({ group: "G1", asKnownAt: writeInstant(renamed - 1) })).toEqual([]);
    expect((await animalsAt(code, grouped - 1)).filter(({ group }) => group === "G1").map(({ id }) => id)).toEqual([
      "M003",
    ]);
    const asKnownAt = writeInstant(renamed - 1);
    const { text } = got(await exportDoseModifications(staff.ada, code, { asKnownAt }));
    expect(text).toContain(",M003,G2,");
    expect(text).not.toContain("M030");
  });

  test("a bundle cut at an instant names its animals as now, and has the rest of their records as of then", async () => {
    const code = await activeStudy(staff, "A-005");
    recorded(await record(staff.tim, code, weight("M001", 22, ago(6))));
    const grouped = await change(staff.dora, code, "M003", { group: "G2", cage: "C9" });
    recorded(await record(staff.tim, code, dose("M001", 4, ago(5), DEVIATION)));
    recorded(await record(staff.tim, code, cbc("M001", 0.8, ago(4))));
    const renamed = await change(staff.dora, code, "M001", { tag: "M010", room: "3" });
    await register(staff.dora, code, { id: "M005", sex: "F", group: "G2", cage: "C5" });
    const whole = await bundleAt(code);
    for (const atMs of [grouped - 1, grouped, renamed - 1, renamed]) {
      const cut = await bundleAt(code, writeInstant(atMs));
      expect(writeHistories(replayBundle(cut.bundle))).toBe(writeHistories(replayBundle(whole.bundle, atMs)));
      expect(cut.document.animals.map(({ id }) => id)).toEqual(["M010", "M002", "M003", "M005"]);
    }
    const { document } = await bundleAt(code, writeInstant(grouped - 1));
    expect(document.animals[0]).not.toHaveProperty("room");
    expect(document.animals[2]).toMatchObject({ group: "G1", control: true, startingDose: 0 });
    expect(document.animals[2]).not.toHaveProperty("cage");
    expect(document.animals[3]).toMatchObject({ id: "M005", cage: "C5" });
  });

  test("by the API, an instant is asked with asKnownAt", async () => {
    const code = await activeStudy(staff, "A-006");
    const moved = await change(staff.tim, code, "M001", { cage: "C1" });
    const ask = (query: string) =>
      animalsRoute.GET(new Request(`http://127.0.0.1:3000/api/v1/studies/${code}/animals${query}`), {
        params: Promise.resolve({ code }),
      });
    expect((await ask("")).status).toBe(401);
    const { body } = await send(animalsRoute.GET, "GET", staff.ada, { code });
    expect(body).toMatchObject({ animals: [{ id: "M001", cage: "C1" }, { id: "M002" }, { id: "M003" }] });
    expect((await animalsAt(code, moved - 1))[0]?.cage).toBeNull();
  });
});

describe("of random changes and random instants", () => {
  type Step = { readonly field: "sex" | "group" | "room" | "cage" | "tag"; readonly value: string };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ field: fc.constant("sex" as const), value: fc.constantFrom("F", "M", "U") }),
    fc.record({ field: fc.constant("group" as const), value: fc.constantFrom("G1", "G2") }),
    fc.record({ field: fc.constant("room" as const), value: fc.constantFrom("1", "2", "3") }),
    fc.record({ field: fc.constant("cage" as const), value: fc.constantFrom("C1", "C2", "C3") }),
    fc.record({ field: fc.constant("tag" as const), value: fc.constantFrom("T1", "T2", "T3", "M001") }),
  );

  test.each([1, 2, 3, 4])("seed %i: the record of then is what had been written by then", async (seed) => {
    const code = await activeStudy(staff, `A-1${String(seed)}`);
    const [steps = []] = fc.sample(fc.array(step, { minLength: 12, maxLength: 20 }), {
      numRuns: 1,
      seed: seedOf(seed),
    });
    let present = "M001 F G2  ";
    const written: (readonly [atMs: number, line: string])[] = [];
    for (const { field, value } of steps) {
      const place = ["tag", "sex", "group", "room", "cage"].indexOf(field);
      const parts = present.split(" ");
      if (parts[place] === value) continue;
      const [tag = ""] = parts;
      parts[place] = value;
      present = parts.join(" ");
      const atMs = await change(staff.dora, code, tag, { [field]: value });
      written.push([atMs, present]);
    }
    expect(written.length).toBeGreaterThan(5);
    for (const [atMs] of written) {
      for (const askedMs of [atMs - 1, atMs]) {
        const last = written.findLast(([changedMs]) => changedMs <= askedMs)?.[1] ?? "M001 F G2  ";
        expect((await animalsAt(code, askedMs)).map(who)).toContain(last);
      }
    }
  });
});
