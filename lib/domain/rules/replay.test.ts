import * as fc from "fast-check";
import { expect, test, vi } from "vitest";

import { historyDocument, writeJson } from "./write-history";
import { ZERO, type Decimal } from "../decimal";
import type { LogEntry, ObservedEntry } from "../record/log-entry";
import { compareInReplayOrder, revisedRecords } from "../record/record";
import { onlyAnimalOf, randomAnimal, type OneAnimal } from "../../../test/oracle/random-study.property";
import { histories } from "../../../test/oracle/run-count.property";
import type { AnimalHistory, DoseEvent } from "./history";
import { replayAnimal } from "./replay";
import { writeState } from "./state-document";

vi.setConfig({ testTimeout: 300_000 });

const historyOf = ({ protocols, animal, log }: OneAnimal, asKnownAtMs?: number): AnimalHistory =>
  replayAnimal(protocols, animal, log, asKnownAtMs).history;

const written = (history: AnimalHistory): string => writeJson(historyDocument(history));

const isObserved = (entry: LogEntry): entry is ObservedEntry => entry.kind !== "void";
const lastRecorded = (log: readonly LogEntry[]): number => Math.max(0, ...log.map(({ recordedAt }) => recordedAt.ms));

test("any order of the log gives the same history and the same state", () => {
  const places = fc.array(fc.nat(), { minLength: 50, maxLength: 50 });
  fc.assert(
    fc.property(randomAnimal(40), places, (bundle, order) => {
      const one = onlyAnimalOf(bundle);
      const shuffled = one.log
        .map((entry, index) => ({ entry, place: order[index % order.length] ?? 0 }))
        .sort((left, right) => left.place - right.place)
        .map(({ entry }) => entry);
      const [straight, mixed] = [one.log, shuffled].map((log) => replayAnimal(one.protocols, one.animal, log));
      expect(mixed === undefined ? "" : written(mixed.history)).toBe(
        straight === undefined ? "" : written(straight.history),
      );
      expect(mixed && writeState(mixed.state)).toEqual(straight && writeState(straight.state));
    }),
    histories(2000),
  );
});

test("as known at the last instant equals now, and as known at any instant is the replay of what was recorded by then", () => {
  fc.assert(
    fc.property(randomAnimal(40), fc.nat(), (bundle, pick) => {
      const one = onlyAnimalOf(bundle);
      expect(written(historyOf(one, lastRecorded(one.log)))).toBe(written(historyOf(one)));
      const instant = one.log[pick % Math.max(one.log.length, 1)]?.recordedAt.ms ?? 0;
      const known = one.log.filter(({ recordedAt }) => recordedAt.ms <= instant);
      expect(written(historyOf(one, instant))).toBe(written(historyOf({ ...one, log: known })));
    }),
    histories(1500),
  );
});

test("a correction back to what stood changes nothing but the entry that is cited", () => {
  fc.assert(
    fc.property(randomAnimal(30), fc.nat(), fc.nat(), (bundle, pick, pickOther) => {
      const one = onlyAnimalOf(bundle);
      const { standing, originalOf } = revisedRecords(one.log);
      const originals = one.log.filter(isObserved).filter(({ id }) => !originalOf.has(id));
      const versions = [...originals, ...standing.values()];
      const before = versions[pick % Math.max(versions.length, 1)];
      if (before === undefined) return;
      const others = versions.filter(({ kind }) => kind === before.kind);
      const other = others[pickOther % others.length] ?? before;
      const later = (ms: number): LogEntry["recordedAt"] => ({ ms: lastRecorded(one.log) + ms, text: "later" });
      const wrong: LogEntry = { ...other, id: "wrong", corrects: before.id, recordedAt: later(1) };
      const back: LogEntry = { ...before, id: "back", corrects: "wrong", recordedAt: later(2) };
      const now = historyOf({ ...one, log: [...one.log, wrong, back] });
      expect(written(now).replaceAll('"back"', JSON.stringify(before.id))).toBe(written(historyOf(one)));
    }),
    histories(1500),
  );
});

/** The dose in force after each event, and the last dose that the animal was on. Exact: a decrement may be ever so small. */
const followDoses = (events: readonly DoseEvent[], check: (event: DoseEvent, lastDose: Decimal) => void): Decimal => {
  let lastDose = ZERO;
  let inForce = ZERO;
  for (const event of events) {
    expect(event.fromDose.toFixed()).toBe(inForce.toFixed());
    check(event, lastDose);
    if (["START", "RESUME", "SET_DOSE"].includes(event.action)) {
      lastDose = event.toDose;
      inForce = lastDose;
    } else inForce = ZERO;
  }
  return inForce;
};

test("the dose never rises without an order, and every dose follows from the event before", () => {
  fc.assert(
    fc.property(randomAnimal(40), (bundle) => {
      const history = historyOf(onlyAnimalOf(bundle));
      const dose = followDoses(history.events, ({ action, rules, toDose }, lastDose) => {
        if (action === "START" || rules.includes("DIRECTOR_ORDER")) return;
        if (action === "RESUME" || action === "RESUME_PROPOSED") expect(toDose.cmp(lastDose)).toBe(-1);
        else expect(toDose.toFixed()).toBe("0");
      });
      expect(history.dose.toFixed()).toBe(dose.toFixed());
    }),
    histories(2000),
  );
});

test("nothing but a disposition follows a discontinuation, and nothing a disposition", () => {
  fc.assert(
    fc.property(randomAnimal(40), (bundle) => {
      const { events, status, openToxicities } = historyOf(onlyAnimalOf(bundle));
      const actions = events.map(({ action }) => action);
      const discontinued = actions.indexOf("DISCONTINUE");
      const left = actions.indexOf("OFF_STUDY");
      if (left >= 0) expect(actions.slice(left + 1)).toEqual([]);
      if (discontinued >= 0) expect(actions.slice(discontinued + 1)).toEqual(left > 0 ? ["OFF_STUDY"] : []);
      if (left >= 0 || discontinued >= 0) expect(openToxicities).toEqual([]);
      expect(status === "OFF_STUDY").toBe(left >= 0);
      expect(status === "DISCONTINUED").toBe(discontinued >= 0 && left < 0);
    }),
    histories(1000),
  );
});

test("every resumption cites a recovery or an order, and only after a hold; every hold cites what opened", () => {
  const HOLDS = ["WITHHOLD", "REMAIN_WITHHELD"];
  fc.assert(
    fc.property(randomAnimal(40), (bundle) => {
      const { events } = historyOf(onlyAnimalOf(bundle));
      events.forEach(({ action, rules, toxicities }, index) => {
        const before = events[index - 1]?.action ?? "nothing";
        if (action === "RESUME" || action === "RESUME_PROPOSED") {
          expect([["RECOVERED"], ["DIRECTOR_ORDER"]]).toContainEqual(rules);
          expect([...HOLDS, "RESUME_PROPOSED"]).toContain(before);
        }
        if (HOLDS.includes(action)) expect(toxicities.length > 0).toBe(!rules.includes("DIRECTOR_ORDER"));
        expect(new Set(rules).size).toBe(rules.length);
        expect([...rules].sort()).toEqual(rules);
      });
    }),
    histories(1000),
  );
});

test("what stands comes out in the order of replay", () => {
  fc.assert(
    fc.property(randomAnimal(40), (bundle) => {
      const one = onlyAnimalOf(bundle);
      const revised = revisedRecords(one.log);
      const place = (id: string) => {
        const entry = one.log.find((candidate) => candidate.id === id);
        if (entry === undefined || entry.kind === "void") throw new Error(`${id} cannot be cited`);
        const originalId = revised.originalOf.get(id) ?? id;
        return {
          entry,
          originalId,
          originalRecordedMs: revised.originalRecordedMs.get(originalId) ?? entry.recordedAt.ms,
        };
      };
      const { grades, events, deviations } = historyOf(one);
      for (const list of [grades, events, deviations]) {
        const places = list.map(({ entry }) => place(entry));
        expect([...places].sort(compareInReplayOrder)).toEqual(places);
      }
    }),
    histories(300),
  );
});
