import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localEpochDay } from "../time/local-time";
import type { Action, DoseEvent } from "../rules/history";
import { keptEvent } from "../rules/event-key";
import { replayAnimal } from "../rules/replay";
import { cbc, dose, STARTED, studyOf, weight, type Happening } from "../../../test/oracle/tell-history";
import type { LogEntry } from "../record/log-entry";
import { standingVersions } from "../record/standing-versions";
import { onlyAnimalOf, randomAnimal } from "../../../test/oracle/random-study.property";
import { histories } from "../../../test/oracle/run-count.property";
import { CUT_OFF_READINGS, withReading, type CutOffReadingKey } from "./cut-off-readings";
import type { Protocol, StudyAnimal } from "./protocol";
import { candidateProtocols } from "./candidate-protocols";
import { compareHistories, type Decision, type HistoryDifference } from "./compare-histories";

type Difference = HistoryDifference<Decision, Decision>;

const decided = (events: readonly DoseEvent[]): readonly Decision[] =>
  events.map((event) => ({ ...keptEvent(event), observedMs: event.at.ms }));

const replayed = (protocols: readonly Protocol[], animal: StudyAnimal, log: readonly LogEntry[]) =>
  replayAnimal(protocols, animal, log).history.events;

const lastObserved = (log: readonly LogEntry[]): number | null =>
  standingVersions(log).at(-1)?.entry.observedAt.ms ?? null;

const differenceOf = (happenings: readonly Happening[], reading: CutOffReadingKey): Difference => {
  const { protocols, animals, entries } = studyOf(happenings);
  const [[first], [animal]] = [protocols, animals];
  if (first === undefined || animal === undefined) throw new Error("a story has a protocol and an animal");
  const candidate = candidateProtocols(protocols, withReading(first, reading), null);
  const [recorded, whatIf] = [replayed(protocols, animal, entries), replayed(candidate, animal, entries)];
  const compared = { lastObservedMs: lastObserved(entries), timeZone: "UTC" };
  return compareHistories(compared, decided(recorded), decided(whatIf));
};

const told = ({ stretches }: Difference): readonly string[] =>
  stretches.map(({ fromDay, toDay, recorded, whatIf }) => {
    const side = ({ inForce, events }: typeof recorded): string =>
      [`${inForce.status} ${inForce.dose}`, ...events.map(({ action }) => action)].join(" ");
    return `${String(fromDay)}–${String(toDay)}: ${side(recorded)} | ${side(whatIf)}`;
  });

describe("the days that would differ", () => {
  test("are those of a hold that the other reading does not make, and all days at another dose after it", () => {
    const log = [...STARTED, cbc(10, { neutrophils: 0.7 }), cbc(14, { neutrophils: 1.4 }), weight(20, { grams: 21 })];
    const difference = differenceOf(log, "us-label");
    expect(told(difference)).toEqual(["6–9: WITHHELD 0 WITHHOLD | ON_DOSE 4", "10–16: ON_DOSE 3 RESUME | ON_DOSE 4"]);
    expect(difference).toMatchObject({ days: 16, differingDays: 11 });
  });

  test("hold a day of which only an event differs", () => {
    const log = [...STARTED, cbc(10, { neutrophils: 0.3 }), cbc(12, { neutrophils: 1.2 }), dose(13, 3)];
    expect(told(differenceOf(log, "us-label"))).toEqual([]);
    // 0.3 is grade 4 in v5.0 and grade 3 in v6.0: the same hold, by another row.
    expect(told(differenceOf(log, "ctcae-v6"))).toEqual(["6–6: WITHHELD 0 WITHHOLD | WITHHELD 0 WITHHOLD"]);
  });

  test("are none before the first dose, and none of an animal without one", () => {
    expect(differenceOf([cbc(4, { neutrophils: 0.7 })], "us-label")).toEqual({
      days: 0,
      differingDays: 0,
      stretches: [],
    });
  });
});

test("a candidate from an instant on leaves what was observed before it as it was", () => {
  const { protocols } = studyOf(STARTED, { protocols: [{}, { effectiveFrom: "2026-01-20T00:00:00Z" }] });
  const [first] = protocols;
  if (first === undefined) throw new Error("a story has a protocol");
  const from = { ms: 5, text: "then" };
  expect(candidateProtocols(protocols, first, from).map(({ effectiveFrom }) => effectiveFrom)).toEqual([null, from]);
  expect(candidateProtocols(protocols, { ...first, effectiveFrom: from }, null)).toMatchObject([
    { effectiveFrom: null },
  ]);
});

const STATUS: Readonly<Partial<Record<Action, string>>> = {
  START: "ON_DOSE",
  RESUME: "ON_DOSE",
  SET_DOSE: "ON_DOSE",
  DISCONTINUE: "DISCONTINUED",
  OFF_STUDY: "OFF_STUDY",
};

/** What was in force when a day ended, found by looking at every event there is. */
const atEndOf = (day: number, events: readonly DoseEvent[], timeZone: string): string => {
  const last = events.findLast(({ at }) => localEpochDay(at.ms, timeZone) <= day);
  if (last === undefined) return "NOT_STARTED 0";
  const status = STATUS[last.action] ?? "WITHHELD";
  return `${status} ${status === "ON_DOSE" ? last.toDose.toFixed() : "0"}`;
};

const eventsOn = (day: number, events: readonly DoseEvent[], timeZone: string): readonly string[] =>
  events
    .filter(({ at }) => localEpochDay(at.ms, timeZone) === day)
    .map((event) =>
      JSON.stringify([event.entry, event.action, event.rules, event.toxicities, event.fromDose, event.toDose]),
    );

test("every day that differs is told once, and no other: compared with a look at each single day", () => {
  let differing = 0;
  fc.assert(
    fc.property(
      randomAnimal(40),
      fc.constantFrom(...CUT_OFF_READINGS),
      fc.constantFrom("UTC", "Europe/London", "Pacific/Apia"),
      (bundle, reading, timeZone) => {
        const { protocols, animal, log } = onlyAnimalOf(bundle);
        const last = protocols[protocols.length - 1];
        if (last === undefined) return;
        const candidate = candidateProtocols(protocols, withReading(last, reading), null);
        const [recorded, whatIf] = [replayed(protocols, animal, log), replayed(candidate, animal, log)];
        const compared = { lastObservedMs: lastObserved(log), timeZone };
        const difference = compareHistories(compared, decided(recorded), decided(whatIf));
        const start = recorded.find(({ action }) => action === "START");
        const lastEntry = standingVersions(log).at(-1)?.entry;
        if (start === undefined || lastEntry === undefined) return;
        const firstDay = localEpochDay(start.at.ms, timeZone);
        const lastDay = localEpochDay(lastEntry.observedAt.ms, timeZone);
        const expected: number[] = [];
        for (const [day] of Array.from({ length: lastDay - firstDay + 1 }, (_, offset) => [firstDay + offset])) {
          if (day === undefined) continue;
          const alike =
            atEndOf(day, recorded, timeZone) === atEndOf(day, whatIf, timeZone) &&
            eventsOn(day, recorded, timeZone).join() === eventsOn(day, whatIf, timeZone).join();
          if (!alike) expected.push(day);
        }
        const found = difference.stretches.flatMap(({ fromEpochDay, toEpochDay }) =>
          Array.from({ length: toEpochDay - fromEpochDay + 1 }, (_, offset) => fromEpochDay + offset),
        );
        expect(found).toEqual(expected);
        expect(difference).toMatchObject({ days: lastDay - firstDay + 1, differingDays: expected.length });
        differing += expected.length;
      },
    ),
    histories(300),
  );
  expect(differing).toBeGreaterThan(0);
});

test("an amendment in force from later than everything recorded judges nothing of it again", () => {
  fc.assert(
    fc.property(randomAnimal(40), fc.nat(), fc.constantFrom(...CUT_OFF_READINGS), (bundle, place, reading) => {
      const { protocols, animal, log } = onlyAnimalOf(bundle);
      const last = protocols[protocols.length - 1];
      if (last === undefined || log.length === 0) return;
      const signedMs = (log[place % log.length]?.recordedAt.ms ?? 0) + 1;
      if (last.effectiveFrom !== null && last.effectiveFrom.ms >= signedMs) return;
      const effectiveFrom = { ms: signedMs, text: "at the signature" };
      const amended = [...protocols, { ...withReading(last, reading), version: last.version + 1, effectiveFrom }];
      expect(replayAnimal(amended, animal, log, signedMs - 1)).toEqual(
        replayAnimal(protocols, animal, log, signedMs - 1),
      );
    }),
    histories(300),
  );
});
