import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { readBundle } from "@/lib/domain/record/read-bundle";
import type { StudyBundle } from "@/lib/domain/record/read-bundle";
import { historyDocument, replayBundle } from "@/lib/domain/rules/write-history";
import { parseInstant } from "@/lib/domain/time/instant";
import { connection } from "@/lib/server/db/connection";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { Actor } from "@/lib/server/command/actor";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import { replayStored } from "@/lib/server/judging/stored-log";
import { readRules } from "@/lib/server/judging/study-rules";
import { readStoredHistory } from "@/test/database/stored-history";
import { person, useTestDatabase } from "@/test/people/test-people";
import { casesIn, hasShared, sharedText } from "@/test/cases/shared-files.property";
import { histories, seedOf } from "@/test/oracle/run-count.property";
import { randomStudy } from "@/test/random-study/random-study";
import { exportBundle } from "./export-bundle";
import { importBundle } from "./import-bundle";

const REAL_STUDY = "data/dog-35449";

type Document = Readonly<Record<string, unknown>>;
type Case = {
  readonly name: string;
  readonly asKnownAt: string | null;
  readonly bundle: Document;
  readonly expected: { readonly animals: Document };
  readonly errorPath: string;
};

const FOLDERS = ["", "not-done", "laboratory", "edges"];

const casesOf = (folder: string): readonly Case[] =>
  casesIn(folder).map(({ name, text }) => ({ ...(JSON.parse(text) as Case), name: name.replace(/\.json$/, "") }));

useTestDatabase();
let admin: Actor;
beforeAll(async () => {
  admin = await person("importer@example.org", { administrator: true });
});

const imported = async (
  code: string,
  document: unknown,
): Promise<{ readonly id: number; readonly timeZone: string }> => {
  const result = await importBundle(admin, code, document);
  expect(result).toMatchObject({ ok: true });
  const [study] = await connection.query<{ id: number; timeZone: string }>({
    text: `SELECT id, time_zone AS "timeZone" FROM studies WHERE code = $1`,
    values: [code],
  });
  if (study === undefined) throw new Error(`${code} was not imported`);
  return study;
};

const exported = async (code: string): Promise<unknown> => {
  const result = await exportBundle(admin, code);
  if (!result.ok) throw new Error(result.fault.detail);
  let text = "";
  for await (const part of result.value) text += part;
  return JSON.parse(text);
};

const storedHistories = async (studyId: number, asKnownAt: string | null): Promise<Document> => {
  const asKnownAtMs = asKnownAt === null ? null : (parseInstant(asKnownAt)?.ms ?? null);
  const histories: [string, unknown][] = [];
  for (const row of await studyAnimalRows(connection, studyId, null)) {
    histories.push([row.tag, await readStoredHistory(connection, row, asKnownAtMs)]);
  }
  return Object.fromEntries(histories);
};

/** What a replay of the stored logs gives: of each entry it reads only what rules look at. */
const replayedFromStore = async (studyId: number, asKnownAt: string | null): Promise<Document> => {
  const asKnownAtMs = asKnownAt === null ? undefined : parseInstant(asKnownAt)?.ms;
  const histories: [string, unknown][] = [];
  const rules = await readRules(connection, studyId);
  for await (const { row, replayed } of replayStored(connection, rules, null, asKnownAtMs)) {
    if (replayed === null) throw new Error("an imported study has a protocol");
    histories.push([row.tag, JSON.parse(JSON.stringify(historyDocument(replayed.history)))]);
  }
  return Object.fromEntries(histories);
};

/** Of an animal's object what runs store; grades and deviations follow from the log alone. */
const decided = (animals: Document): Document =>
  Object.fromEntries(
    Object.entries(animals).map(([tag, history]) => {
      const { status, dose, openToxicities, events } = history as Document;
      return [tag, { status, dose, openToxicities, events }];
    }),
  );

const replayed = (bundle: StudyBundle, asKnownAtMs?: number): Document =>
  Object.fromEntries(
    [...replayBundle(bundle, asKnownAtMs)].map(([tag, history]) => [
      tag,
      JSON.parse(JSON.stringify(historyDocument(history))),
    ]),
  );

describe("the cases", () => {
  test.each(FOLDERS.flatMap(casesOf))("$name: stored as expected, and exported as imported", async (one) => {
    const { name, asKnownAt, bundle, expected } = one;
    const study = await imported(name, bundle);
    expect(await storedHistories(study.id, asKnownAt)).toEqual(decided(expected.animals));
    expect(await replayedFromStore(study.id, asKnownAt)).toEqual(expected.animals);
    expect(await exported(name)).toEqual(bundle);
    expect(await checkDecisions(connection, study)).toEqual([]);
  });

  const invalid = FOLDERS.flatMap((folder) => casesOf(`${folder}/invalid`));
  test.each(invalid)("invalid/$name: refused with its path", async ({ name, bundle, errorPath }) => {
    expect(await importBundle(admin, name, bundle)).toMatchObject({
      ok: false,
      fault: { code: "INVALID_BUNDLE", errors: [{ path: errorPath }] },
    });
  });
});

describe.skipIf(!hasShared(REAL_STUDY))("a real study (skipped: ../shared/data is not beside this checkout)", () => {
  test("is imported with its histories, and exported as it was", async () => {
    const bundle = JSON.parse(sharedText(`${REAL_STUDY}/bundle.json`)) as unknown;
    const expected = JSON.parse(sharedText(`${REAL_STUDY}/expected.json`)) as Case["expected"];
    const progress: number[] = [];
    expect(
      await importBundle(admin, "DOG-1", bundle, { onProgress: ({ stored }) => progress.push(stored) }),
    ).toMatchObject({ ok: true });
    expect(progress.at(-1)).toBe((bundle as { entries: unknown[] }).entries.length);
    const [study] = await connection.query<{ id: number }>({ text: "SELECT id FROM studies WHERE code = 'DOG-1'" });
    expect(await storedHistories(study?.id ?? 0, null)).toEqual(decided(expected.animals));
    expect(await exported("DOG-1")).toEqual(bundle);
  });
});

test("whatever a bundle holds beside what the format names comes back as it was", async () => {
  const bundle = {
    format: "dose-history/1",
    producer: { name: "elsewhere", list: [1, null, "x"], __proto__: null },
    study: { code: "ELSEWHERE", species: "mouse", timeZone: "Europe/London", sponsor: "S", title: 7 },
    protocols: [{ version: 3, doseUnit: "mg/kg", doseLevels: [1, 4, 2], doseTolerancePercent: null, colour: "red" }],
    animals: [
      {
        id: "A 1",
        startingDose: 4,
        control: null,
        sex: "female",
        birthDate: "2025-13-01",
        group: 12,
        doseLevels: [2, 4],
        note: null,
      },
      { id: "A 2", startingDose: 0, control: true, sex: "F", birthDate: "2025-11-01", group: "G1", cage: "C" },
      { id: "A 3", startingDose: 2, control: false, group: "G1" },
    ],
    entries: [
      {
        id: "a",
        animal: "A 1",
        kind: "weight",
        observedAt: "2026-01-05T09:00+01:00",
        recordedAt: "2026-01-05T08:00:00.5Z",
        grams: null,
        notDone: { grams: "ESCAPED", other: 1 },
      },
      {
        id: "b",
        animal: "A 1",
        kind: "cbc",
        observedAt: "2026-01-05T09:00:00Z",
        recordedAt: "2026-01-05T10:00:00Z",
        neutrophils: 0.30000000000000004,
        monocytes: 0.2,
        qualifiers: { neutrophils: "<" },
        reported: "on paper",
        comment: 5,
        reason: { a: 1 },
      },
      {
        id: "c",
        animal: "A 1",
        kind: "observation",
        observedAt: "2026-01-05T09:00:00Z",
        recordedAt: "2026-01-05T10:00:00Z",
        findings: [{ term: "RASH", grade: 2, site: "ear" }],
        skin: { exfoliation: null, colour: "pink" },
        signs: ["odd"],
        temperature: 37,
      },
      {
        id: "d",
        animal: "A 1",
        kind: "observation",
        observedAt: "2026-01-06T09:00:00Z",
        recordedAt: "2026-01-06T10:00:00Z",
        signs: [{ category: "Gait", text: "Stiff", score: 2 }, {}],
        findings: [],
        skin: {},
      },
      {
        id: "e",
        animal: "A 1",
        kind: "order",
        observedAt: "2026-01-06T09:00:00Z",
        recordedAt: "2026-01-06T10:00:00Z",
        action: "WITHHOLD",
        dose: "none",
        reason: "Because",
      },
      {
        id: "f",
        animal: "A 1",
        kind: "dose",
        observedAt: "2026-01-06T09:00:00Z",
        recordedAt: "2026-01-06T10:00:00Z",
        amount: 1e-7,
        deviation: { reason: "R", by: "me" },
        volume: "5 mL",
        lot: 3,
      },
      {
        id: "h",
        animal: "A 1",
        recordedAt: "2026-01-08T10:00:00Z",
        voids: "g",
        reason: "Twice",
        kind: "weight",
        observedAt: "never",
        corrects: null,
        recordedBy: "someone",
      },
      {
        id: "g",
        animal: "A 1",
        kind: "weight",
        observedAt: "2026-01-07T09:00:00Z",
        recordedAt: "2026-01-07T10:00:00Z",
        grams: 21,
        corrects: "a",
        reason: "Was caught",
        voids: null,
        recordedBy: { name: "X" },
      },
    ],
  };
  const document: unknown = JSON.parse(JSON.stringify(bundle));
  const study = await imported("EXTRAS", document);
  expect(await exported("EXTRAS")).toEqual(document);
  expect(await checkDecisions(connection, study)).toEqual([]);
});

test("what can be valid and not stored is refused with its path", async () => {
  const bundle = (more: Document): Document => ({
    format: "dose-history/1",
    study: { code: "X", species: "mouse", timeZone: "UTC" },
    protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [1] }],
    animals: [],
    entries: [],
    ...more,
  });
  const pathOf = async (more: Document): Promise<string | undefined> => {
    const result = await importBundle(admin, "LIMITS", bundle(more));
    return result.ok ? "accepted" : result.fault.errors[0]?.path;
  };
  expect(await pathOf({ study: { code: "X", species: "mouse", timeZone: "Mars/Olympus" } })).toBe("study.timeZone");
  expect(await pathOf({ animals: [{ id: "x".repeat(65), startingDose: 1 }] })).toBe("animals[0].id");
  expect(await pathOf({ note: "a\u0000b" })).toBe("note");
  expect(await pathOf({ note: ["\ud800"] })).toBe("note[0]");
});

test("a code is taken once, and only an administrator imports", async () => {
  const bundle = randomStudy({ seed: 5, endInstant: "2026-02-04T09:00:00Z" });
  await imported("TWICE", bundle);
  expect(await importBundle(admin, "TWICE", bundle)).toMatchObject({
    ok: false,
    fault: { code: "STUDY_EXISTS", errors: [{ path: "code" }] },
  });
  expect(await importBundle(await person("nobody@example.org"), "OTHER", bundle)).toMatchObject({
    ok: false,
    fault: { code: "FORBIDDEN" },
  });
  expect(await importBundle(admin, "../x", bundle)).toMatchObject({ ok: false, fault: { errors: [{ path: "code" }] } });
});

describe("random studies", () => {
  const seeds = fc.sample(fc.integer({ min: 1, max: 1_000_000 }), { ...histories(4), seed: seedOf(20_260_204) });

  test.each(seeds)("seed %i: at every instant the stored history is the replay as known then", async (seed) => {
    const document = randomStudy({ seed, endInstant: "2026-02-04T09:00:00Z" });
    const read = readBundle(document);
    if (!read.ok) throw new Error(read.fault.path);
    const study = await imported(`RANDOM-${String(seed)}`, document);
    expect(await exported(`RANDOM-${String(seed)}`)).toEqual(JSON.parse(JSON.stringify(document)));
    const instants = [...new Set(read.value.entries.map(({ recordedAt }) => recordedAt.ms))].sort(
      (left, right) => left - right,
    );
    const asked = fc.sample(fc.constantFrom(...instants), { numRuns: 8, seed });
    for (const at of [...asked, ...asked.map((ms) => ms - 1)]) {
      const text = new Date(at).toISOString();
      expect(await storedHistories(study.id, text)).toEqual(decided(replayed(read.value, at)));
    }
    expect(await checkDecisions(connection, study)).toEqual([]);
  });
});
