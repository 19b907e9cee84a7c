import { describe, expect, test } from "vitest";
import { readBundle } from "../record/read-bundle";
import { exceptionsOf, ranked, reviewStanding } from "./exceptions";

const at = (day: number, hour = 9): string =>
  `2026-01-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;

type Fields = Readonly<Record<string, unknown>>;
const seen = (id: string, kind: string, day: number, fields: Fields): Fields => ({
  id,
  animal: "M1",
  kind,
  observedAt: at(day),
  recordedAt: at(day),
  recordedBy: "tim",
  ...fields,
});

const exceptions = (entries: readonly Fields[], resumePolicy = "automatic", control = false) => {
  const read = readBundle({
    format: "dose-history/1",
    study: { code: "X", species: "mouse", timeZone: "UTC" },
    protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2, 1], resumePolicy }],
    animals: [{ id: "M1", control, startingDose: control ? 0 : 4 }],
    entries: [seen("d", "dose", 5, { amount: control ? 0 : 4 }), ...entries],
  });
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  const { protocols, animals, entries: log } = read.value;
  const [animal] = animals;
  if (animal === undefined) throw new Error("no animal");
  const recorders = new Map(entries.map((entry) => [entry["id"], entry["recordedBy"]]));
  const named = log.map((entry) => {
    const who = recorders.get(entry.id);
    const by = typeof who === "string" ? who : null;
    return { entry, by, recorder: by };
  });
  return ranked(exceptionsOf({ protocols, animal, log: named }));
};
const keys = (entries: readonly Fields[], resumePolicy?: string): readonly string[] =>
  exceptions(entries, resumePolicy).map(({ key }) => key);

const low = seen("c", "cbc", 8, { neutrophils: 0.4 });
const correction = (fields: Fields): Fields =>
  seen("c2", "cbc", 8, { neutrophils: 2.4, corrects: "c", reason: "Misread", recordedAt: at(9), ...fields });

describe("a correction", () => {
  test("of a grade 3 or 4 count comes first, and that it was one's own is said beside it", () => {
    expect(keys([low, correction({})])).toEqual(["CORRECTED_AFTER_GRADE_3:c2", "OWN_CORRECTION:c2"]);
    expect(exceptions([low, correction({})])[0]?.says).toBe("A CBC with neutropenia grade 4 was corrected");
  });

  test("by somebody else of a harmless count is none", () => {
    const fine = seen("c", "cbc", 8, { neutrophils: 2.2 });
    expect(keys([fine, correction({ recordedBy: "dora" })])).toEqual([]);
  });

  test("a void counts as one", () => {
    const gone = {
      id: "v",
      animal: "M1",
      kind: "void",
      voids: "c",
      reason: "x",
      recordedAt: at(9),
      recordedBy: "dora",
    };
    expect(keys([low, gone])).toEqual(["CORRECTED_AFTER_GRADE_3:v"]);
  });
});

describe("an order", () => {
  const order = (fields: Fields): Fields => seen("o", "order", 20, { action: "RESUME", reason: "x", ...fields });
  const held = [low, seen("r", "cbc", 15, { neutrophils: 2 })];

  test("that does what the rules proposed is none; another dose is an override", () => {
    expect(keys([...held, order({ dose: 3 })], "on-order")).toEqual([]);
    expect(keys([...held, order({ dose: 4 })], "on-order")).toEqual(["OVERRIDE:o"]);
    expect(keys([low, order({ dose: 4 })])).toEqual(["OVERRIDE:o"]);
  });

  test("to withhold or discontinue follows no proposal and goes against none", () => {
    expect(keys([order({ action: "WITHHOLD" })])).toEqual([]);
  });
});

describe("a value", () => {
  test.each([
    [0.95, true],
    [1.05, true],
    [0.94, false],
    [1.06, false],
    [0.5, true],
  ])("neutrophils of %d: near an edge is %s", (neutrophils, near) => {
    expect(keys([seen("c", "cbc", 8, { neutrophils })])).toEqual(near ? ["NEAR_EDGE:c"] : []);
  });

  test("decides nothing before the first dose, of a control, or after the end: near an edge it is none", () => {
    const near = seen("c", "cbc", 8, { neutrophils: 0.98 });
    expect(keys([seen("c", "cbc", 4, { neutrophils: 0.98 })])).toEqual([]);
    expect(exceptions([near], "automatic", true)).toEqual([]);
    const ended = seen("x", "disposition", 7, { outcome: "EUTHANIZED" });
    expect(keys([ended, near])).toEqual([]);
  });

  test("that a correction brought near an edge is one, with its unit; one that it left as it was is told once", () => {
    const fine = seen("c", "cbc", 8, { neutrophils: 1.4 });
    const moved = correction({ neutrophils: 1.02, recordedBy: "dora" });
    expect(exceptions([fine, moved]).map(({ says }) => says)).toEqual([
      "Neutrophils 1.02 × 10⁹/L: grade 3 begins below 1 × 10⁹/L",
    ]);
    const near = seen("c", "cbc", 8, { neutrophils: 1.02, platelets: 400 });
    expect(keys([near, correction({ neutrophils: 1.02, platelets: 500, recordedBy: "dora" })])).toEqual([
      "NEAR_EDGE:c",
    ]);
  });

  test("recorded twelve hours after it was seen is late; the latest of all comes first", () => {
    const weight = (id: string, day: number, recordedAt: string): Fields =>
      seen(id, "weight", day, { grams: 22, recordedAt });
    expect(keys([weight("a", 8, at(8, 20)), weight("b", 8, at(8, 21)), weight("c", 8, at(11))])).toEqual([
      "LATE:c",
      "LATE:b",
    ]);
  });
});

describe("a review", () => {
  const signed = { signedMs: Date.parse(at(9, 12)), meaning: "REVIEWED", intact: true };
  const [late] = exceptions([seen("w", "weight", 8, { grams: 22, recordedAt: at(9) })]);
  const changed = exceptions([
    seen("w", "weight", 8, { grams: 22, recordedAt: at(9) }),
    seen("w2", "weight", 8, { grams: 20, corrects: "w", reason: "x", recordedAt: at(10), recordedBy: "dora" }),
  ]).find(({ key }) => key === "LATE:w");

  test("stands until what it marks changes: a correction of its entry opens it again", () => {
    expect(late?.key).toBe("LATE:w");
    expect(late === undefined ? null : reviewStanding(late, signed)).toBe("reviewed");
    expect(changed === undefined ? null : reviewStanding(changed, signed)).toBe("open");
  });

  test("that asks for a follow-up, or whose signature is broken, is not done", () => {
    const change = { changedMs: 0 };
    expect(reviewStanding(change, { ...signed, meaning: "FOLLOW_UP" })).toBe("follow-up");
    expect(reviewStanding(change, { ...signed, intact: false })).toBe("open");
    expect(reviewStanding(change, null)).toBe("open");
  });
});
