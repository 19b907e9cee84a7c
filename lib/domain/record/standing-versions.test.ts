import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { cbc, STARTED, studyOf, at, type Happening } from "../../../test/oracle/tell-history";
import { onlyAnimalOf, randomAnimal } from "../../../test/oracle/random-study.property";
import { histories } from "../../../test/oracle/run-count.property";
import { knownAt, standingInOrder } from "../../../test/oracle/standing";
import { followLog } from "../rules/knowledge";
import { inArrival } from "./record";
import { standingVersions } from "./standing-versions";

const standingIds = (happenings: readonly Happening[]): readonly string[] =>
  standingVersions(studyOf(happenings).entries).map(({ entry }) => entry.id);

describe("standing version", () => {
  const count = cbc(12, { neutrophils: 0.8 });
  const correction = (neutrophils: number, corrects: string, day: number): Happening => ({
    ...cbc(12, { neutrophils, corrects, reason: "read again" }),
    recordedAt: at(day),
  });

  test("is the latest recorded", () => {
    expect(standingIds([count, correction(2, "e1", 14), correction(3, "e1", 13)])).toEqual(["e2"]);
  });

  test("is the one with the highest id when two corrections were recorded at one instant", () => {
    expect(standingIds([count, correction(2, "e1", 13), correction(3, "e1", 13)])).toEqual(["e3"]);
  });

  test("is the one that corrects the other when both were recorded at one instant", () => {
    const [later, earlier] = [correction(2, "e3", 13), correction(3, "e1", 13)];
    expect(standingIds([count, later, earlier])).toEqual(["e2"]);
  });

  test("is none when a version was voided, whatever was recorded after the void", () => {
    const voided = { voids: "e1", recordedAt: at(13), reason: "another animal" };
    expect(standingIds([count, voided, correction(2, "e1", 14)])).toEqual([]);
    expect(standingIds([count, correction(2, "e1", 13), { ...voided, voids: "e2" }])).toEqual([]);
  });

  test("of other records is not touched", () => {
    expect(standingIds([...STARTED, count, correction(2, "e6", 13)])).toEqual(["e1", "e2", "e3", "e4", "e5", "e7"]);
  });
});

describe("standing versions of random logs", () => {
  test("are those of the reference, at every instant and followed from one to the next", () => {
    fc.assert(
      fc.property(randomAnimal(40), (bundle) => {
        const one = onlyAnimalOf(bundle);
        const knowledge = followLog(one, inArrival(one.log));
        const instants = [...new Set(one.log.map(({ recordedAt }) => recordedAt.ms))].sort((a, b) => a - b);
        for (const instant of instants) {
          const expected = standingInOrder(knownAt(bundle.entries, instant)).map(({ entry }) => entry.id);
          const known = one.log.filter(({ recordedAt }) => recordedAt.ms <= instant);
          expect(standingVersions(known).map(({ entry }) => entry.id)).toEqual(expected);
          knowledge.advanceTo(instant);
          expect(knowledge.sequence.versions.map(({ entry }) => entry.id)).toEqual(expected);
        }
      }),
      histories(500),
    );
  });
});
