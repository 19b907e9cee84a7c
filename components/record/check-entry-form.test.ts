import { describe, expect, test } from "vitest";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { checkEntryForm, type CheckContext } from "./check-entry-form";
import type { EntryValues } from "./entry-values";
import { faultSentence } from "./fault-words";
import { MOUSE, NOW_MS, sheetOf, typed, valuesWith } from "@/test/pages/sheet-of-one";

const SHEET = sheetOf();
const CONTEXT: CheckContext = {
  id: "0b1f6d2e-3c4a-4f5b-8a6c-7d8e9f0a1b2c",
  animal: MOUSE.tag,
  timeZone: SHEET.study.timeZone,
  doseUnit: "mg/kg",
  nowMs: NOW_MS,
  corrected: null,
  study: SHEET.study,
  units: SHEET.units,
  onSheet: MOUSE,
  deviation: null,
};

/** Path and sentence of everything that is wrong. */
const faults = (
  kind: EntryKind,
  change: Partial<EntryValues>,
  context: Partial<CheckContext> = {},
): readonly string[] => {
  const checked = checkEntryForm(kind, valuesWith(change), { ...CONTEXT, ...context });
  return checked.ok ? [] : checked.fault.map((fault) => `${fault.path}: ${faultSentence(fault)}`);
};

describe("a form is checked by the contract, in words of the form", () => {
  test("a plausible value is fine", () => {
    expect(faults("weight", { grams: typed("21.0") })).toEqual([]);
  });

  test("a blank is no weight", () => {
    expect(faults("weight", {})).toEqual([
      "grams: Body weight is missing: type the weight, or say why it was not done.",
    ]);
  });

  test("a number that is none, and a comma, say the way out", () => {
    expect(faults("weight", { grams: typed("21,4") })[0]).toMatch(/^grams\.text: "21,4": write decimals with a point/u);
    expect(faults("cbc", { platelets: typed("many", { unit: "10⁹/L" }) })[0]).toMatch(
      /^platelets\.text: "many" is not a number/u,
    );
  });

  test("a reason that is blank is none", () => {
    expect(faults("weight", { grams: typed("", { notDone: " " }) })).toHaveLength(1);
  });

  test("a time in the future, and one that the clocks skip", () => {
    const grams = typed("21.0");
    expect(faults("weight", { grams, observedAt: "2026-02-04T09:42" })[0]).toMatch(
      /^observedAt: The time is in the future/u,
    );
    expect(faults("weight", { grams, observedAt: "2025-03-30T01:30" })[0]).toMatch(/^observedAt: The time must be/u);
  });

  test("a finding needs a term and a grade, and measured ones are no findings", () => {
    expect(faults("observation", { findings: [{ term: "RASH", grade: null }] })[0]).toMatch(
      /^findings\[0\]\.grade: A finding is missing/u,
    );
    expect(faults("observation", { findings: [{ term: "", grade: 2 }] })[0]).toMatch(/^findings\[0\]\.term/u);
  });

  test("an order says why, and at which dose", () => {
    expect(faults("order", { action: "RESUME" }).map((line) => line.split(":")[0])).toEqual(["dose", "reason"]);
    expect(faults("order", { action: "" })[0]).toMatch(/^action: /u);
  });

  test("an observation of nothing is none", () => {
    expect(faults("observation", {})[0]).toMatch(/^signs: A sign or a finding belongs into an observation/u);
    expect(faults("observation", { noFindings: true })).toEqual([]);
  });
});

describe("impossible, unlikely", () => {
  test("an impossible value is refused at its field", () => {
    expect(faults("weight", { grams: typed("213") })[0]).toMatch(
      /^grams\.text: Body weight 213 g is not possible in a mouse/u,
    );
  });

  test("an unlikely value asks for a second reading, and both together are taken", () => {
    expect(faults("weight", { grams: typed("2.14") })[0]).toBe(
      "grams.text: 2.14 g? Last was 21.3 g, two days ago. Weigh again and enter the second reading.",
    );
    expect(faults("weight", { grams: typed("", { firstReading: "2.14" }) })[0]).toBe(
      "grams.text: Body weight needs a second reading (first reading 2.14 g).",
    );
    expect(faults("weight", { grams: typed("21.4", { firstReading: "2.14" }) })).toEqual([]);
    expect(faults("weight", { grams: typed("2.14", { firstReading: "2.14" }) })).toEqual([]);
  });

  test("an impossible second reading is still refused", () => {
    expect(faults("weight", { grams: typed("0.2", { firstReading: "2.14" }) })[0]).toMatch(/0\.2 g is not possible/u);
  });

  test("a value that was not done is not asked about", () => {
    expect(faults("weight", { grams: typed("", { notDone: "NOT_AVAILABLE" }) })).toEqual([]);
  });
});

describe("a dose that would be a deviation", () => {
  const amount = { text: "10" };

  test("needs its reason, and a dose that is none does not", () => {
    expect(faults("dose", { amount })).toEqual([]);
    expect(faults("dose", { amount }, { deviation: "M013 is withheld" })).toEqual([
      "deviation.reason: The reason is missing: a dose that is a deviation says why it was given.",
    ]);
    expect(
      faults("dose", { amount, deviation: { reason: "given before the call" } }, { deviation: "M013 is withheld" }),
    ).toEqual([]);
  });
});

describe("a correction", () => {
  const was = valuesWith({ grams: typed("21.0"), observedAt: "2026-02-03T09:00" });
  const corrected = {
    entry: "e1",
    observed: { typed: "2026-02-03T09:00", later: false, text: "2026-02-03T09:00:00+00:00" },
    kept: {},
    was,
  };
  const why = { reasonCode: "TRANSCRIPTION", reason: "Misread" } as const;
  const of = (change: Partial<EntryValues>) => faults("weight", { ...was, ...why, ...change }, { corrected });

  test("that says what stands is none", () => {
    expect(of({})).toEqual(["corrects: Nothing differs from what stands: change what is wrong, or close the form."]);
  });

  test("of a value, its unit, its time or its comment is one", () => {
    expect(of({ grams: typed("21.1") })).toEqual([]);
    expect(of({ grams: typed("0.021", { unit: "kg" }) })).toEqual([]);
    expect(of({ observedAt: "2026-02-03T08:00" })).toEqual([]);
    expect(of({ comment: "Weighed twice" })).toEqual([]);
  });

  test("says why", () => {
    expect(of({ grams: typed("21.1"), reasonCode: "", reason: " " })).toEqual([
      "reasonCode: What was wrong is missing: a correction says why.",
      "reason: The reason is missing: a correction says why.",
    ]);
  });
});
