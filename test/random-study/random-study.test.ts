import { describe, expect, test } from "vitest";
import { readBundle } from "../../lib/domain/record/read-bundle";
import { readDoseGroups } from "../../lib/domain/record/read-dose-groups";
import { replayAnimal } from "../../lib/domain/rules/replay";
import { parseInstant } from "../../lib/domain/time/instant";
import { demonstrationBundle } from "../../prisma/seed/demonstration-bundle";
import { randomStudy } from "./random-study";

const END = "2026-06-12T10:00:00Z";
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

type Made = {
  readonly study: Readonly<Record<string, unknown>>;
  readonly protocols: readonly Readonly<Record<string, unknown>>[];
  readonly animals: readonly unknown[];
  readonly entries: readonly Readonly<Record<string, unknown>>[];
};
const studies = SEEDS.map((seed) => randomStudy({ seed, endInstant: END }) as unknown as Made);

describe("random studies", () => {
  test("each one is a valid document, and none of it is of the future", () => {
    const end = parseInstant(END)?.ms ?? 0;
    for (const study of studies) {
      const bundle = readBundle(study);
      expect(bundle.ok ? "" : `${String(study.study["code"])} ${bundle.fault.path} ${bundle.fault.message}`).toBe("");
      const known = bundle.ok ? bundle.value.entries.map(({ recordedAt }) => recordedAt.ms) : [];
      expect(known.length).toBeGreaterThan(0);
      expect(known.filter((ms) => ms > end)).toEqual([]);
    }
  });

  test("their dose groups can be read, and so can the demonstration's", () => {
    for (const study of [...studies, demonstrationBundle({ endInstant: END }) as unknown as Made]) {
      const groups = readDoseGroups(study.protocols[0] ?? {}, "protocols[0]");
      expect(groups.ok ? "" : `${groups.fault.path} ${groups.fault.message}`).toBe("");
    }
  });

  test("the same seed gives the same bytes, another seed another study", () => {
    expect(JSON.stringify(randomStudy({ seed: 7, endInstant: END }))).toBe(JSON.stringify(studies[6]));
    expect(new Set(studies.map((study) => JSON.stringify(study.entries))).size).toBe(SEEDS.length);
  });

  test("they differ in size and shape", () => {
    const protocols = studies.map(({ protocols: versions }) => versions[0] ?? {});
    expect(new Set(studies.map(({ study }) => study["species"])).size).toBeGreaterThanOrEqual(5);
    expect(new Set(studies.map(({ study }) => study["timeZone"])).size).toBeGreaterThanOrEqual(4);
    expect(new Set(protocols.map(({ resumePolicy }) => resumePolicy)).size).toBe(2);
    expect(new Set(protocols.map(({ neutrophils }) => neutrophils === undefined)).size).toBe(2);
    expect(new Set(protocols.map(({ referenceRanges }) => referenceRanges === undefined)).size).toBe(2);
    expect(new Set(studies.map(({ protocols: versions }) => versions.length))).toEqual(new Set([1, 2]));
    const sizes = studies.map(({ entries }) => entries.length);
    expect(Math.min(...sizes)).toBeLessThan(60);
    expect(Math.max(...sizes)).toBeGreaterThan(2000);
  });

  test("together they hold every kind of entry, and lead to every status, action and deviation", () => {
    const kinds = new Set(studies.flatMap(({ entries }) => entries.map(({ kind }) => kind)));
    expect(kinds).toEqual(new Set(["weight", "cbc", "lft", "observation", "dose", "order", "disposition", undefined]));
    const seen = new Set<string>();
    for (const study of studies) {
      const bundle = readBundle(study);
      if (!bundle.ok) continue;
      for (const animal of bundle.value.animals) {
        const log = bundle.value.entries.filter((entry) => entry.animal === animal.id);
        const { status, events, deviations, notEvaluable } = replayAnimal(bundle.value.protocols, animal, log).history;
        for (const word of [status, ...events.map(({ action }) => action)]) seen.add(word);
        for (const { code } of deviations) seen.add(code);
        for (const { reason } of notEvaluable) seen.add(reason);
      }
    }
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        "BASELINE_INCOMPLETE",
        "DISCONTINUE",
        "DISCONTINUED",
        "DOSED_WHILE_WITHHELD",
        "EXPOSED_BEFORE_RESULT",
        "NO_BASELINE",
        "NO_REFERENCE_RANGE",
        "NOT_REPORTED",
        "OFF_STUDY",
        "ON_DOSE",
        "REMAIN_WITHHELD",
        "RESUME",
        "RESUME_PROPOSED",
        "START",
        "WITHHELD",
        "WITHHOLD",
        "WRONG_DOSE",
      ]),
    );
  });
});
