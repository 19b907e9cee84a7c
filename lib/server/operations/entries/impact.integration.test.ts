import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as previewRoute from "@/app/api/v1/studies/[code]/entries/preview/route";
import type { DecisionImpact, RecordingAnswer } from "@/lib/contracts/entries/answer";
import { readBundle } from "@/lib/domain/record/read-bundle";
import type { StudyBundle } from "@/lib/domain/record/read-bundle";

import { eventDocument, replayBundle } from "@/lib/domain/rules/write-history";
import type { DoseEvent } from "@/lib/domain/rules/history";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { writeInstant } from "@/lib/domain/time/instant";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import { comparePlaces, placeOf, revisedRecords } from "@/lib/domain/record/record";
import type { ReplayPlace, StandingVersion } from "@/lib/domain/record/record";
import { standingVersions } from "@/lib/domain/record/standing-versions";
import type { StudyAnimal } from "@/lib/domain/study/protocol";
import { connection } from "@/lib/server/db/connection";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import { histories, seedOf } from "@/test/oracle/run-count.property";
import { randomStudy } from "@/test/random-study/random-study";
import { join } from "@/test/people/test-people";
import { exportBundle } from "../studies/export-bundle";
import { importBundle } from "../studies/import-bundle";
import { listReviews } from "../reviews/list-reviews";
import { BECAUSE, DEVIATION, record, recorded } from "@/test/database/entry-study";
import { said, send, useStaff } from "@/test/database/set-up";

const staff = useStaff();
const STUDIES = 2;
const CORRECTIONS = 40;
const SEED = 20_261_129;
const END = "2026-02-04T09:00:00Z";
const HOUR_MS = 3_600_000;

type Document = Readonly<Record<string, unknown>> & { readonly id: string; readonly animal: string };

const exported = async (code: string): Promise<{ readonly entries: Document[] }> => {
  const result = await exportBundle(staff.ada, code);
  if (!result.ok) throw new Error(result.fault.detail);
  let text = "";
  for await (const part of result.value) text += part;
  return JSON.parse(text) as { readonly entries: Document[] };
};

const read = (document: unknown): StudyBundle => {
  const result = readBundle(document);
  if (!result.ok) throw new Error(`${result.fault.path} ${result.fault.message}`);
  return result.value;
};

const turn = fc.record({
  entry: fc.nat(),
  what: fc.constantFrom("value", "value", "value", "back", "time", "void", "move", "late"),
  factor: fc.constantFrom(0.2, 0.4, 0.7, 1.6, 4),
  hours: fc.integer({ min: -72, max: 72 }),
});
type Turn = typeof turn extends fc.Arbitrary<infer Value> ? Value : never;

/** What of a stored entry is its content, as it is sent again. */
const contentOf = ({ id: _id, recordedAt: _at, recordedBy: _by, corrects: _corrects, ...content }: Document) => content;

const MEASURED = ["grams", "neutrophils", "platelets", "alt", "ast", "bilirubin", "amount"];

const multiplied = ({ reported: _typed, ...content }: Readonly<Record<string, unknown>>, factor: number) => ({
  ...content,
  ...Object.fromEntries(
    MEASURED.flatMap((field) => {
      const value = content[field];
      return typeof value === "number" ? [[field, Number((value * factor).toPrecision(6))]] : [];
    }),
  ),
});

const movedBy = ({ observedAt }: Document, hours: number): string =>
  writeInstant(Date.parse(String(observedAt)) + hours * HOUR_MS);

/** Counts, and what decided something: a correction elsewhere seldom changes a decision. */
const consequential = (bundle: StudyBundle): readonly StandingVersion[] =>
  bundle.animals.flatMap((animal) => {
    const log = bundle.entries.filter((entry) => entry.animal === animal.id);
    const deciding = new Set(replayAnimal(bundle.protocols, animal, log).history.events.map(({ entry }) => entry));
    return standingVersions(log).filter(({ entry: { id, kind } }) => kind === "cbc" || deciding.has(id));
  });

/** The request of a turn: of a version that stands, over a study as it is by now. */
const requestOf = (
  { entry, what, factor, hours }: Turn,
  document: { readonly entries: readonly Document[] },
): readonly Document[] => {
  const byId = new Map(document.entries.map((one) => [one.id, one]));
  const bundle = read(document);
  const standing = consequential(bundle);
  const version = standing[entry % standing.length];
  const target = byId.get(version?.entry.id ?? "");
  const original = byId.get(version?.originalId ?? "");
  if (target === undefined || original === undefined) throw new Error("the study has no entry that stands");
  const { animal, id: corrects } = target;
  const deviation = target["kind"] === "dose" ? DEVIATION : {};
  const correction = { id: randomUUID(), animal, corrects, ...deviation, ...BECAUSE };
  const voided = { id: randomUUID(), animal, voids: corrects, ...BECAUSE };
  const others = bundle.animals.filter(({ id, control }) => id !== animal && !control);
  const to = others[entry % others.length]?.id ?? "";
  const there = { ...contentOf(target), ...deviation, id: randomUUID(), animal: to };
  switch (what) {
    case "value":
      return [{ ...multiplied(contentOf(target), factor), ...correction }];
    case "back":
      return [{ ...contentOf(original), ...correction }];
    case "time":
      return [{ ...contentOf(target), observedAt: movedBy(target, hours), ...correction }];
    case "void":
      return [voided];
    case "move":
      return [voided, there];
    case "late":
      return [{ ...multiplied(contentOf(target), factor), ...deviation, id: randomUUID(), animal }];
  }
};

type Log = readonly LogEntry[];

/** The dose in force for one given: the state that all that stands up to its place in the order of replay leads to. */
const inForceFor = (bundle: StudyBundle, animal: StudyAnimal, log: Log, given: ReplayPlace): number => {
  const past = standingVersions(log)
    .filter((version) => comparePlaces(placeOf(version), given) <= 0)
    .map(({ entry, originalId, originalRecordedMs: ms }) => {
      const recordedAt = { ms, text: writeInstant(ms) };
      return { ...entry, id: originalId, corrects: null, recordedAt };
    });
  return replayAnimal(bundle.protocols, animal, past).history.dose.toNumber();
};

/** What an animal's entries recorded at an instant changed, from whole replays and nothing else. */
const changeByReplay = (bundle: StudyBundle, tag: string, recordedMs: number) => {
  const animal = bundle.animals.find(({ id }) => id === tag);
  if (animal === undefined) throw new Error(`there is no ${tag}`);
  const after = bundle.entries.filter((entry) => entry.animal === tag && entry.recordedAt.ms <= recordedMs);
  const before = after.filter((entry) => entry.recordedAt.ms < recordedMs);
  const { originalOf } = revisedRecords(after);
  const keyOf = ({ entry, at, action, rules, fromDose, toDose, toxicities }: DoseEvent): string =>
    JSON.stringify([originalOf.get(entry) ?? entry, at.ms, action, rules, fromDose, toDose, toxicities]);
  const [stood, stands] = [before, after].map((log) => replayAnimal(bundle.protocols, animal, log).history.events) as [
    readonly DoseEvent[],
    readonly DoseEvent[],
  ];
  const without = (events: readonly DoseEvent[], others: readonly DoseEvent[]): readonly DoseEvent[] => {
    const keys = new Set(others.map(keyOf));
    return events.filter((event) => !keys.has(keyOf(event)));
  };
  const [then, now] = [without(stood, stands), without(stands, stood)];
  const fromMs = Math.min(...[...then, ...now].map(({ at }) => at.ms));
  const doses = standingVersions(after).flatMap((version) => {
    const { entry, originalRecordedMs } = version;
    if (entry.kind !== "dose" || entry.observedAt.ms < fromMs || originalRecordedMs >= recordedMs) return [];
    const [inForceThen, inForceNow] = [before, after].map((log) => inForceFor(bundle, animal, log, placeOf(version)));
    return inForceThen === inForceNow ? [] : [{ entry: entry.id, inForceThen, inForceNow }];
  });
  return { then: then.map(eventDocument), now: now.map(eventDocument), from: writeInstant(fromMs), doses };
};

const withMs = <Event extends { readonly at: string }>({ at, ...event }: Event) => ({ ...event, at: Date.parse(at) });

const plain = ({ from, then, now, doses }: DecisionImpact) => {
  const withoutSentence = ({ sentence: _sentence, at, ...event }: DecisionImpact["now"][number]) => ({
    ...event,
    at: Date.parse(at),
  });
  return {
    from,
    then: then.map(withoutSentence),
    now: now.map(withoutSentence),
    doses: doses.map(({ entry, inForceThen, inForceNow }) => ({ entry, inForceThen, inForceNow })),
  };
};

type Done = { readonly answer: RecordingAnswer; readonly tags: readonly string[] };

/** Previews and records the turns one after another; what was refused was refused alike before. */
const recordAll = async (code: string, turns: readonly Turn[]): Promise<readonly Done[]> => {
  const done: Done[] = [];
  const { entries, ...study } = await exported(code);
  for (const one of turns) {
    const request = requestOf(one, { ...study, entries });
    const previewed = await send(previewRoute.POST, "POST", staff.dora, { code }, request);
    const answer = await record(staff.dora, code, request);
    if (answer.status !== 201) {
      expect(answer).toEqual(previewed);
      expect(said(answer)).toMatch(/ANIMAL_OFF_STUDY|ENTRY_IN_THE_FUTURE|IMPOSSIBLE_VALUE/u);
      continue;
    }
    const [seen, kept] = [recorded(previewed, 200), recorded(answer)];
    expect(kept.animals).toEqual(seen.animals);
    entries.push(...request.map((sent, place) => ({ ...sent, recordedAt: kept.entries[place]?.recordedAt })));
    done.push({ answer: kept, tags: Object.keys(kept.animals) });
  }
  return done;
};

/** Random studies in which something is decided, and entries can be moved from one animal to another. */
const isEventful = (seed: number): boolean => {
  const bundle = read(randomStudy({ seed, endInstant: END }));
  const decisions = [...replayBundle(bundle).values()].flatMap(({ events }) => events);
  return bundle.animals.filter(({ control }) => !control).length > 1 && decisions.length > 2 * bundle.animals.length;
};

/** Compares what was shown and stored with the replays of the exported bundle; answers the causes that were shown. */
const compareWithReplays = async (code: string, done: readonly Done[]): Promise<readonly DecisionImpact["cause"][]> => {
  const reviews = await listReviews(staff.dora, code);
  if (!reviews.ok) throw new Error(reviews.fault.detail);
  const { items, study } = reviews.value;
  const bundle = read(await exported(code));
  const amending = new Set(
    bundle.entries.flatMap((entry) => (entry.kind === "void" || entry.corrects !== null ? [entry.id] : [])),
  );
  const shown: DecisionImpact["cause"][] = [];
  for (const { answer, tags } of done) {
    const recordedMs = Date.parse(answer.entries[0]?.recordedAt ?? "");
    for (const tag of tags) {
      const impact = answer.animals[tag]?.impact ?? null;
      const item = items.find((one) => one.animal === tag && Date.parse(one.recordedAt) === recordedMs);
      expect(item?.impact ?? null).toEqual(impact);
      const changed = changeByReplay(bundle, tag, recordedMs);
      if (impact === null) {
        // Only what stands by itself, and comes before no dose that it would have changed, is an ordinary entry.
        const isOrdinary = tags.length > 1 || answer.entries.every(({ id }) => !amending.has(id));
        expect([changed.then, changed.doses, isOrdinary || changed.now.length === 0]).toEqual([[], [], true]);
        continue;
      }
      expect(plain(impact)).toEqual({ ...changed, then: changed.then.map(withMs), now: changed.now.map(withMs) });
      shown.push(impact.cause);
    }
  }
  expect(items).toHaveLength(shown.length);
  expect(await checkDecisions(connection, { id: study.id, timeZone: study.timeZone })).toEqual([]);
  return shown;
};

test("random corrections of random studies: the impact shown before is stored, and is the difference of the replays", async () => {
  const seeds = fc.sample(fc.integer({ min: 1, max: 1_000_000 }).filter(isEventful), {
    numRuns: STUDIES,
    seed: seedOf(SEED),
  });
  const shown = new Set<string>();
  for (const seed of seeds) {
    const code = `IMPACT-${String(seed)}`;
    const imported = await importBundle(staff.admin, code, randomStudy({ seed, endInstant: END }));
    if (!imported.ok) throw new Error(imported.fault.detail);
    await join(staff.dora, code, "study_director");
    const turns = fc.sample(turn, { ...histories(CORRECTIONS), seed });
    const done = await recordAll(code, turns);
    expect(done.length).toBeGreaterThan(turns.length / 2);
    for (const cause of await compareWithReplays(code, done)) shown.add(cause);
  }
  expect(shown).toEqual(new Set(["correction", "void", "late"]));
});
