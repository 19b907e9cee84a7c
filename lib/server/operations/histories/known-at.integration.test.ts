import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { knownAnimal } from "@/components/animal-page/as-known";
import type { StoredDecision } from "@/lib/contracts/animal-record";
import { readBundle } from "@/lib/domain/record/read-bundle";
import { casesIn } from "@/test/cases/shared-files.property";
import { compareKnown } from "@/lib/domain/animal/compare-known";
import { parseInstant } from "@/lib/domain/time/instant";
import { person, useTestDatabase } from "@/test/people/test-people";
import type { Actor } from "@/lib/server/command/actor";
import { randomStudy } from "@/test/random-study/random-study";
import { importBundle } from "../studies/import-bundle";
import { readStudyRecords } from "../studies/study-records";
import { seedOf } from "@/test/oracle/run-count.property";
import { expectReplay, got } from "@/test/attacks/known-replay";

useTestDatabase();

let admin: Actor;
beforeAll(async () => {
  admin = await person("admin@example.org", { administrator: true });
});

const imported = async (code: string, document: unknown) => {
  const result = await importBundle(admin, code, document);
  if (!result.ok) throw new Error(result.fault.detail);
  const read = readBundle(document);
  if (!read.ok) throw new Error(read.fault.path);
  return read.value;
};

type Known = ReturnType<typeof knownAnimal>;

/** Of every pair of instants: what stood, without what went, with what came, is what stands; each through entries between. */
const expectDifferences = async (code: string, pairs: readonly (readonly [number, number])[]): Promise<number> => {
  let differing = 0;
  const side = ({ overview, standing }: Known) => ({ ...overview, decisions: standing });
  const said = ({ observedMs, action, toDose, sentence }: StoredDecision) =>
    JSON.stringify([observedMs, action, toDose, sentence]);
  for (const record of got(await readStudyRecords(admin, code)).records) {
    for (const [fromMs, toMs] of pairs) {
      const [before, after] = [side(knownAnimal(record, fromMs)), side(knownAnimal(record, toMs))];
      const log = record.log.map(({ entry }) => entry);
      const { decisions, records } = compareKnown({ log, fromMs, toMs, before, after });
      const gone = new Set(decisions.flatMap(({ then }) => then ?? []));
      const kept = before.decisions.filter((decision) => !gone.has(decision));
      const come = decisions.flatMap(({ now }) => now ?? []);
      expect([...kept, ...come].map(said).sort()).toEqual(after.decisions.map(said).sort());
      const learnt = new Set(log.filter(({ recordedAt: { ms } }) => ms > fromMs && ms <= toMs).map(({ id }) => id));
      for (const { through } of decisions) {
        expect(through.length).toBeGreaterThan(0);
        expect(through.every((id) => learnt.has(id))).toBe(true);
      }
      expect(new Set(records.flatMap((one) => one.learnt.map(({ id }) => id)))).toEqual(learnt);
      differing += decisions.length;
    }
  }
  return differing;
};

describe("random studies with late entries, corrections and voids", () => {
  const seeds = fc.sample(fc.integer({ min: 1, max: 1_000_000 }), { numRuns: 3, seed: seedOf(20_261_123) });

  test.each(seeds)("seed %i: what is shown as known at an instant is the replay as known then", async (seed) => {
    const code = `KNOWN-${String(seed)}`;
    const document = randomStudy({ seed, endInstant: "2026-02-04T09:00:00Z" });
    const bundle = await imported(code, document);
    const instants = bundle.entries.map(({ recordedAt }) => recordedAt.ms);
    for (const atMs of fc.sample(fc.constantFrom(...instants), { numRuns: 3, seed })) {
      await expectReplay(admin, code, bundle, atMs);
      await expectReplay(admin, code, bundle, atMs - 1);
    }
    await expectReplay(admin, code, bundle, Math.min(...instants) - 1);

    const pair = fc.tuple(fc.constantFrom(...instants), fc.constantFrom(...instants));
    const pairs = fc.sample(pair, { numRuns: 20, seed }).map(([one, other]) => {
      const [fromMs, toMs] = [Math.min(one, other), Math.max(one, other)];
      return [fromMs, toMs] as const;
    });
    expect(await expectDifferences(code, pairs)).toBeGreaterThan(0);
  });
});

describe("cases", () => {
  type Case = { readonly asKnownAt: string | null; readonly bundle: unknown };

  test.each(casesIn(""))("$name", async ({ name, text }) => {
    const { asKnownAt, bundle } = JSON.parse(text) as Case;
    const code = name
      .replace(/\.json$/u, "")
      .toUpperCase()
      .replaceAll(/[^A-Z0-9-]/gu, "-");
    const read = await imported(code, bundle);
    const instants = read.entries.map(({ recordedAt }) => recordedAt.ms).sort((one, other) => one - other);
    const asked = asKnownAt === null ? null : parseInstant(asKnownAt);
    const halfWay = instants[Math.floor(instants.length / 2)];
    const compared: number[] = [];
    for (const atMs of [asked?.ms, halfWay]) {
      if (atMs !== undefined) compared.push(await expectReplay(admin, code, read, atMs));
    }
    expect(new Set(compared)).toEqual(new Set(compared.length === 0 ? [] : [read.animals.length]));
  });
});
