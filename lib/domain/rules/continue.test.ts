import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

import type { LogEntry, ObservedEntry } from "../record/log-entry";
import { onlyAnimalOf, randomAnimal, type OneAnimal } from "../../../test/oracle/random-study.property";
import { histories } from "../../../test/oracle/run-count.property";
import { continueReplay, INITIAL_REPLAY_STATE, type Continued } from "./continue";
import { replayAnimal, type Replayed, type ReplayState } from "./replay";
import { readState, writeState, type StateDocument } from "./state-document";
import { at, cbc, dose, observation, order, STARTED, studyOf, type Happening } from "../../../test/oracle/tell-history";

vi.setConfig({ testTimeout: 300_000 });

const replayed = ({ protocols, animal }: OneAnimal, log: readonly LogEntry[]): Replayed =>
  replayAnimal(protocols, animal, log);

/** As a state comes back from where it was kept: through JSON text. */
const kept = (state: ReplayState): ReplayState => {
  const read = readState(JSON.parse(JSON.stringify(writeState(state))) as StateDocument);
  if (read === null) throw new Error("a state is not read that was just written");
  return read;
};

const asDocuments = ({ state, ...added }: Continued): unknown => ({ ...added, state: writeState(state) });

/** What the replay of the longer log has more than that of the shorter one. */
const addedBy = (before: Replayed, after: Replayed): unknown => ({
  events: after.history.events.slice(before.history.events.length),
  grades: after.history.grades.slice(before.history.grades.length),
  notEvaluable: after.history.notEvaluable.slice(before.history.notEvaluable.length),
  deviations: after.history.deviations.slice(before.history.deviations.length),
  state: writeState(after.state),
});

const isPrefix = (before: Replayed, after: Replayed): void => {
  for (const key of ["events", "grades", "notEvaluable", "deviations"] as const)
    expect(after.history[key].slice(0, before.history[key].length)).toEqual(before.history[key]);
};

/** By when they were recorded; at one instant what an entry names comes before it. */
const asTheyBecameKnown = (log: readonly LogEntry[]): readonly LogEntry[] => {
  const depth = (entry: LogEntry): number => {
    const id = entry.kind === "void" ? entry.voids : entry.corrects;
    const named = log.find((other) => other.id === id);
    return named === undefined ? 0 : depth(named) + 1;
  };
  return [...log].sort((left, right) => left.recordedAt.ms - right.recordedAt.ms || depth(left) - depth(right));
};

/** Whether an entry was observed and recorded later than everything in a log, and is nobody's correction. */
const isStrictlyLater = (log: readonly LogEntry[], entry: ObservedEntry): boolean =>
  entry.corrects === null &&
  log.every(
    (other) =>
      other.recordedAt.ms < entry.recordedAt.ms && (other.kind === "void" || other.observedAt.ms < entry.observedAt.ms),
  );

/** Follows a log entry by entry from a kept state, and compares each step with a replay from the start. */
const followInSteps = (one: OneAnimal, log: readonly LogEntry[]): number => {
  let continued = 0;
  let state = INITIAL_REPLAY_STATE;
  let before = replayed(one, []);
  for (const [index, entry] of log.entries()) {
    const after = replayed(one, log.slice(0, index + 1));
    const next = entry.kind === "void" ? null : continueReplay(one.protocols, one.animal, kept(state), entry);
    if (next === null) {
      if (entry.kind !== "void") expect(isStrictlyLater(log.slice(0, index), entry)).toBe(false);
      state = after.state;
    } else {
      isPrefix(before, after);
      expect(asDocuments(next)).toEqual(addedBy(before, after));
      state = next.state;
      continued += 1;
    }
    before = after;
  }
  return continued;
};

test("continuing from the state of nothing is replaying", () => {
  const one = onlyAnimalOf({ ...plainStudy(), entries: [] });
  expect(writeState(INITIAL_REPLAY_STATE)).toEqual(writeState(replayed(one, []).state));
});

const plainStudy = () => ({
  format: "dose-history/1",
  study: { code: "PLAIN", species: "mouse", timeZone: "UTC" },
  protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3] }],
  animals: [{ id: "M001", startingDose: 4 }],
});

test("continuing equals replaying, entry by entry as they became known", () => {
  let continued = 0;
  fc.assert(
    fc.property(randomAnimal(30), (bundle) => {
      const one = onlyAnimalOf(bundle);
      continued += followInSteps(one, asTheyBecameKnown(one.log));
    }),
    histories(1500),
  );
  expect(continued).toBeGreaterThan(1500);
});

test("continuing equals replaying for one more entry on a log in any order", () => {
  fc.assert(
    fc.property(randomAnimal(30), randomAnimal(4), (bundle, more) => {
      const one = onlyAnimalOf(bundle);
      const before = replayed(one, one.log);
      for (const entry of onlyAnimalOf(more).log) {
        if (entry.kind === "void" || one.log.some(({ id }) => id === entry.id)) continue;
        const next = continueReplay(one.protocols, one.animal, kept(before.state), entry);
        if (next === null) expect(isStrictlyLater(one.log, entry)).toBe(false);
        else expect(asDocuments(next)).toEqual(addedBy(before, replayed(one, [...one.log, entry])));
      }
    }),
    histories(1000),
  );
});

describe("an orderly day costs no replay", () => {
  const stepsOf = (happenings: readonly Happening[]): readonly boolean[] => {
    const { protocols, animals, entries } = studyOf(happenings);
    const [animal] = animals;
    if (animal === undefined) throw new Error("a study without an animal");
    let state: ReplayState = INITIAL_REPLAY_STATE;
    return entries.map((entry, index) => {
      const next = entry.kind === "void" ? null : continueReplay(protocols, animal, state, entry);
      state = next?.state ?? replayAnimal(protocols, animal, entries.slice(0, index + 1)).state;
      return next !== null;
    });
  };

  test("entries that are each observed and recorded last continue", () => {
    const story = [
      ...STARTED,
      cbc(12, { neutrophils: 0.8 }),
      observation(13, { temperature: 39 }),
      dose(14, 4),
      cbc(19, { neutrophils: 2 }),
    ];
    expect(stepsOf(story)).toEqual(story.map(() => true));
  });

  test("a late result, a correction and a void want a replay, and what follows them continues again", () => {
    const story = [
      ...STARTED,
      cbc(12, { neutrophils: 0.8 }),
      cbc(11, { neutrophils: 0.9, recordedAt: at(13) }),
      cbc(12, { neutrophils: 1.8, corrects: "e6", recordedAt: at(14), reason: "read again" }),
      { voids: "e7", recordedAt: at(15), reason: "another animal" },
      order(16, { action: "WITHHOLD", reason: "cage flooded" }),
    ];
    expect(stepsOf(story).slice(5)).toEqual([true, false, false, false, true]);
  });

  test("a state that was written in another form is not continued from", () => {
    const document = writeState(INITIAL_REPLAY_STATE);
    expect(readState({ ...document, version: document.version - 1 })).toBeNull();
  });
});
