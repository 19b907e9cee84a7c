import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { continueReplay } from "../rules/continue";
import { replayAnimal } from "../rules/replay";
import { at, cbc, dose, STARTED, studyOf, weight } from "../../../test/oracle/tell-history";
import type { Happening } from "../../../test/oracle/tell-history";
import type { LogEntry } from "../record/log-entry";
import { inArrival, revisedRecords } from "../record/record";
import { onlyAnimalOf, randomAnimal } from "../../../test/oracle/random-study.property";
import type { OneAnimal } from "../../../test/oracle/random-study.property";
import { histories } from "../../../test/oracle/run-count.property";
import { decisionOf, impactOf } from "./impact";
import type { Decision } from "./impact";

vi.setConfig({ testTimeout: 300_000 });

const amends = (entry: LogEntry): boolean => entry.kind === "void" || entry.corrects !== null;

const decisionsFrom = ({ protocols, animal }: OneAnimal, log: readonly LogEntry[]): readonly Decision[] =>
  replayAnimal(protocols, animal, log).history.events.map(decisionOf);

/** The impact of the last of these entries on what the others came to. */
const impactOfLast = (one: OneAnimal, log: readonly LogEntry[]) => {
  const last = log.at(-1);
  if (last === undefined) throw new Error("a log without entries");
  const before = decisionsFrom(one, log.slice(0, -1));
  const after = decisionsFrom(one, log);
  return {
    last,
    before,
    after,
    impact: impactOf({ before, after, log, knownMs: last.recordedAt.ms, amends: amends(last) }),
  };
};

/** The impact of the last happening of a story. */
const told = (...happenings: readonly Happening[]) => {
  const { protocols, animals, entries } = studyOf([...STARTED, ...happenings]);
  const [animal] = animals;
  if (animal === undefined) throw new Error("a story without an animal");
  return impactOfLast({ protocols, animal, log: entries }, entries).impact;
};

const words = ({ action, fromDose, toDose }: Decision): string => `${action} ${fromDose} → ${toDose}`;

describe("a story", () => {
  test("a count corrected downwards withholds from its day on, and the dose of the day after was given meanwhile", () => {
    const impact = told(
      { ...cbc(8, { neutrophils: 1.9, platelets: 900 }), id: "count" },
      { ...dose(9, 4), id: "given" },
      {
        ...cbc(8, { neutrophils: 0.9, platelets: 900 }),
        id: "right",
        corrects: "count",
        reason: "1.9 was read for 0.9",
        recordedAt: at(10),
      },
    );
    expect(impact?.then).toEqual([]);
    expect(impact?.now.map(words)).toEqual(["WITHHOLD 4 → 0"]);
    expect(impact?.doses).toMatchObject([{ entry: "given", amount: "4", inForceThen: "4", inForceNow: "0" }]);
  });

  test("a correction that leads to the same decision has no impact", () => {
    expect(
      told(
        { ...cbc(8, { neutrophils: 0.8, platelets: 900 }), id: "count" },
        {
          ...cbc(8, { neutrophils: 0.81, platelets: 900 }),
          id: "right",
          corrects: "count",
          reason: "A digit was left out",
          recordedAt: at(10),
        },
      ),
    ).toBeNull();
  });

  test("a void takes the hold back", () => {
    const impact = told(
      { ...cbc(8, { neutrophils: 0.8, platelets: 900 }), id: "count" },
      { id: "void", voids: "count", reason: "Of another animal", recordedAt: at(9) },
    );
    expect(impact?.then.map(words)).toEqual(["WITHHOLD 4 → 0"]);
    expect(impact?.now).toEqual([]);
  });

  test("a late count that finds no dose after it is an ordinary entry; one with a dose after it is not", () => {
    const late = { ...cbc(8, { neutrophils: 0.8, platelets: 900 }), recordedAt: at(11) };
    expect(told(weight(9, { grams: 22 }), late)).toBeNull();
    expect(told({ ...dose(9, 4), id: "given" }, late)).toMatchObject({
      then: [],
      now: [{ action: "WITHHOLD" }],
      doses: [{ entry: "given" }],
    });
  });
});

const byRecord =
  (log: readonly LogEntry[]) =>
  (decision: Decision): string => {
    const { originalOf } = revisedRecords(log);
    return JSON.stringify({ ...decision, entry: originalOf.get(decision.entry) ?? decision.entry });
  };

describe("any log, entry by entry as it became known", () => {
  test("what stood, less then, with now, is what stands; before the first difference nothing differs", () => {
    fc.assert(
      fc.property(randomAnimal(30), fc.nat(), (bundle, place) => {
        const one = onlyAnimalOf(bundle);
        const arrived = inArrival(one.log).arrivals.map(({ entry }) => entry);
        fc.pre(arrived.length > 0);
        const log = arrived.slice(0, (place % arrived.length) + 1);
        const { before, after, impact } = impactOfLast(one, log);
        const keyOf = byRecord(log);
        const keys = (decisions: readonly Decision[]): string[] => decisions.map(keyOf).sort();
        if (impact === null) {
          expect(keys(after)).toEqual(expect.arrayContaining(keys(before)));
          return;
        }
        const gone = new Set(impact.then);
        expect(keys([...before.filter((decision) => !gone.has(decision)), ...impact.now])).toEqual(keys(after));
        const earlier = (decisions: readonly Decision[]): string[] =>
          keys(decisions.filter(({ observedMs }) => observedMs < impact.fromMs));
        expect(earlier(before)).toEqual(earlier(after));
        for (const { observedMs, inForceThen, inForceNow } of impact.doses) {
          expect(observedMs).toBeGreaterThanOrEqual(impact.fromMs);
          expect(inForceThen).not.toBe(inForceNow);
        }
      }),
      histories(400),
    );
  });

  test("an entry that comes after everything changes nothing that was decided", () => {
    fc.assert(
      fc.property(randomAnimal(30), (bundle) => {
        const one = onlyAnimalOf(bundle);
        const log = inArrival(one.log).arrivals.map(({ entry }) => entry);
        const last = log.at(-1);
        fc.pre(last !== undefined && last.kind !== "void");
        const { state } = replayAnimal(one.protocols, one.animal, log.slice(0, -1));
        fc.pre(continueReplay(one.protocols, one.animal, state, last) !== null);
        expect(impactOfLast(one, log).impact).toBeNull();
      }),
      histories(400),
    );
  });
});
