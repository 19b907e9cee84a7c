import { describe, expect, test } from "vitest";

import { parseInstant } from "../time/instant";
import {
  at,
  cbc,
  decisionsOf,
  dose,
  historyOf,
  lft,
  observation,
  order,
  STARTED,
  weight,
  type Happening,
  type Story,
} from "../../../test/oracle/tell-history";

const decisions = (happenings: readonly Happening[], story?: Story): readonly string[] =>
  decisionsOf(historyOf([...STARTED, ...happenings], story));

describe("a hold", () => {
  test("grade 3 neutropenia withholds the animal", () => {
    const history = historyOf([...STARTED, cbc(12, { neutrophils: 0.8, platelets: 700 })]);
    expect(history).toMatchObject({ status: "WITHHELD", dose: 0, openToxicities: ["NEUTROPENIA"] });
    expect(history.events.at(-1)).toEqual({
      at: "2026-01-12T09:00:00Z",
      entry: "e6",
      action: "WITHHOLD",
      rules: ["NEUTROPENIA_G3"],
      fromDose: 4,
      toDose: 0,
      toxicities: [{ term: "NEUTROPENIA", grade: 3 }],
    });
  });

  test("neutrophils of exactly 1.0 withhold nothing, and below 1.0 they do", () => {
    expect(decisions([cbc(12, { neutrophils: 1.0 })])).toEqual([]);
    expect(decisions([cbc(12, { neutrophils: 1.0, qualifiers: { neutrophils: "<" } })])).toEqual([
      "WITHHOLD 4→0 NEUTROPENIA_G3",
    ]);
  });

  test("recovered neutrophils resume it one level lower", () => {
    expect(
      decisions([cbc(12, { neutrophils: 0.8 }), cbc(19, { neutrophils: 0.9 }), cbc(26, { neutrophils: 1.0 })]),
    ).toEqual(["WITHHOLD 4→0 NEUTROPENIA_G3", "RESUME 0→3 RECOVERED"]);
  });

  test("no news is not recovery", () => {
    expect(decisions([lft(12, { ast: 700 }), lft(19, { alt: 40 }), cbc(20, { neutrophils: 2 })])).toEqual([
      "WITHHOLD 4→0 NON_HEMATOLOGIC_G3",
    ]);
  });

  test("two toxicities make one hold and one reduction, to the lower of their restart doses", () => {
    const both = [cbc(12, { neutrophils: 0.4, platelets: 700 }), weight(13, { grams: 16 })];
    const settings = { protocols: [{ restartDecrement: 2 }] };
    expect(decisions([...both, cbc(19, { neutrophils: 2 })], settings)).toEqual([
      "WITHHOLD 4→0 NEUTROPENIA_G4",
      "REMAIN_WITHHELD 0→0 NON_HEMATOLOGIC_G3",
    ]);
    expect(decisions([...both, cbc(19, { neutrophils: 2 }), weight(20, { grams: 19 })], settings).at(-1)).toBe(
      "RESUME 0→2 RECOVERED",
    );
  });

  test("a recovery is only proposed where the protocol resumes on order", () => {
    const history = historyOf([...STARTED, cbc(12, { platelets: 40 }), cbc(19, { platelets: 80 })], {
      protocols: [{ resumePolicy: "on-order" }],
    });
    expect(decisionsOf(history).at(-1)).toBe("RESUME_PROPOSED 0→3 RECOVERED");
    expect(history).toMatchObject({ status: "WITHHELD", dose: 0, openToxicities: [] });
  });

  test("only an order ends a hold that the director ordered", () => {
    const held = [
      order(10, { action: "WITHHOLD", reason: "looks dull" }),
      cbc(12, { neutrophils: 0.8 }),
      cbc(19, { neutrophils: 2 }),
    ];
    expect(decisions([...held, order(20, { action: "RESUME", dose: 2, reason: "well again" })])).toEqual([
      "WITHHOLD 4→0 DIRECTOR_ORDER",
      "REMAIN_WITHHELD 0→0 NEUTROPENIA_G3",
      "RESUME 0→2 DIRECTOR_ORDER",
    ]);
  });
});

describe("febrile neutropenia", () => {
  const low = cbc(12, { neutrophils: 0.8, platelets: 700 });

  test("is a low count and a fever within the window, in either order", () => {
    const fever = { temperature: 38.5 };
    expect(decisions([low, observation(13, fever)])).toContain("REMAIN_WITHHELD 0→0 FEBRILE_NEUTROPENIA");
    expect(decisions([observation(12, fever, 3), low])).toEqual(["WITHHOLD 4→0 FEBRILE_NEUTROPENIA NEUTROPENIA_G3"]);
    expect(decisions([low, observation(13, fever, 10)])).not.toContain("REMAIN_WITHHELD 0→0 FEBRILE_NEUTROPENIA");
  });

  test("ends only at a count, and stands among the toxicities but never among the grades", () => {
    const history = historyOf([
      ...STARTED,
      low,
      observation(13, { temperature: 39 }),
      observation(14, { temperature: 37 }),
    ]);
    expect(history.openToxicities).toEqual(["FEBRILE_NEUTROPENIA", "NEUTROPENIA"]);
    expect(history.grades.map(({ term }) => term)).not.toContain("FEBRILE_NEUTROPENIA");
  });
});

describe("a discontinuation", () => {
  test("severe skin reactions discontinue for good, and cite what else opened", () => {
    const rash = observation(12, { findings: [{ term: "RASH", grade: 4 }] });
    expect(decisions([rash, order(13, { action: "RESUME", dose: 1, reason: "no" })])).toEqual([
      "DISCONTINUE 4→0 NON_HEMATOLOGIC_G4 SEVERE_DERMATOLOGIC",
    ]);
    expect(decisions([observation(12, { skin: { bullae: true } })])).toEqual(["DISCONTINUE 4→0 SEVERE_DERMATOLOGIC"]);
  });

  test("a toxicity on the lowest level discontinues", () => {
    expect(decisions([cbc(12, { neutrophils: 0.8 })], { animal: { doseLevels: [4] } })).toEqual([
      "DISCONTINUE 4→0 LOWEST_LEVEL NEUTROPENIA_G3",
    ]);
  });

  test("an amendment that leaves no restart dose discontinues at the recovery", () => {
    const protocols = [{}, { effectiveFrom: at(15), doseLevels: [4] }];
    expect(decisions([cbc(12, { neutrophils: 0.8 }), cbc(19, { neutrophils: 2 })], { protocols })).toEqual([
      "WITHHOLD 4→0 NEUTROPENIA_G3",
      "DISCONTINUE 0→0 LOWEST_LEVEL",
    ]);
  });
});

describe("a control animal", () => {
  test("is graded and obeys orders, but no rule touches it", () => {
    const control = historyOf(
      [
        ...STARTED.slice(0, 4),
        dose(5, 0),
        cbc(12, { neutrophils: 0.1 }),
        order(13, { action: "WITHHOLD", reason: "cage flooded" }),
      ],
      { animal: { control: true } },
    );
    expect(decisionsOf(control)).toEqual(["WITHHOLD 0→0 DIRECTOR_ORDER"]);
    expect(control.grades).toContainEqual({ entry: "e6", term: "NEUTROPENIA", grade: 4 });
    expect(control.deviations).toEqual([]);
  });
});

describe("a dose is judged by what was known when it was given", () => {
  const lateResult = cbc(11, { neutrophils: 0.8, platelets: 700, recordedAt: at(13) });
  const codes = (happenings: readonly Happening[], story?: Story): readonly string[] =>
    historyOf(happenings, story).deviations.map(({ entry, code }) => `${entry} ${code}`);

  test("a dose before the result is exposure; one after it is a fault", () => {
    expect(codes([...STARTED, lateResult, dose(12, 4)])).toEqual(["e7 EXPOSED_BEFORE_RESULT"]);
    expect(codes([...STARTED, lateResult, dose(14, 4)])).toEqual(["e7 DOSED_WHILE_WITHHELD"]);
  });

  test("a rounded dose is the dose in force within the tolerance, edge included", () => {
    const tolerance = { protocols: [{ doseTolerancePercent: 5 }] };
    expect(codes([...STARTED, dose(6, 4.2), dose(7, 3.8), dose(8, 4.21)], tolerance)).toEqual(["e8 WRONG_DOSE"]);
  });

  test("the first dose wants a whole baseline without a toxicity", () => {
    expect(codes([cbc(4, { neutrophils: 0.9, platelets: 700 }), dose(5, 4)])).toEqual([
      "e2 BASELINE_INCOMPLETE",
      "e2 STARTED_WITH_TOXICITY",
    ]);
  });

  test("a correction of the dose does not make it known before it was given", () => {
    const corrected = dose(12, 4);
    const story = [
      ...STARTED,
      cbc(11, { neutrophils: 0.8 }),
      corrected,
      { ...dose(10, 4), recordedAt: at(14), corrects: "e7", reason: "wrong day" },
    ];
    expect(codes(story)).toEqual([]);
  });
});

describe("what was known", () => {
  test("a corrected count undoes its hold, and the past knows it still", () => {
    const story = [
      ...STARTED,
      cbc(12, { neutrophils: 0.8 }),
      cbc(12, { neutrophils: 1.8, corrects: "e6", recordedAt: at(22), reason: "wrong tube" }),
    ];
    expect(decisionsOf(historyOf(story))).toEqual([]);
    const before = parseInstant(at(21))?.ms ?? 0;
    expect(decisionsOf(historyOf(story, { asKnownAtMs: before }))).toEqual(["WITHHOLD 4→0 NEUTROPENIA_G3"]);
  });

  test("a void of any version takes the whole record away", () => {
    const story = [
      ...STARTED,
      cbc(12, { neutrophils: 0.8 }),
      cbc(12, { neutrophils: 0.7, corrects: "e6", recordedAt: at(13), reason: "read again" }),
      { recordedAt: at(14), voids: "e6", reason: "another animal's tube" },
    ];
    expect(historyOf(story)).toMatchObject({ status: "ON_DOSE", dose: 4, openToxicities: [] });
  });
});
