import { describe, expect, test } from "vitest";
import { readInput } from "../field-faults";
import { entriesInput, entryInput } from "./entry";
import { entryDocument } from "./entry-document";

const base = { id: "3f0f6f0e-8b8e-4c7c-9d7a-0a3c0c6f6b11", animal: "M1", observedAt: "2026-01-05T09:00:00Z" };

const faultsOf = (value: unknown): readonly string[] => {
  const read = readInput(entriesInput, value);
  return read.ok ? [] : read.fault.map(({ path, code }) => `${path} ${code}`);
};

describe("what is sent is read strictly, and the fault is named where it is", () => {
  test.each([
    ["a number", { ...base, kind: "weight", grams: 22.5 }, []],
    ["what was typed", { ...base, kind: "weight", grams: { text: "22.50", unit: "g" } }, []],
    ["what was not done", { ...base, kind: "weight", grams: { notDone: "ESCAPED" } }, []],
    ["not done beside the values", { ...base, kind: "weight", notDone: { grams: "ESCAPED" } }, []],
    ["a void without kind", { id: base.id, animal: "M1", voids: "x", reasonCode: "OTHER", reason: "Twice" }, []],
    ["text for a number", { ...base, kind: "weight", grams: "22.5" }, ["grams WRONG_TYPE"]],
    ["a blank", { ...base, kind: "weight", grams: { text: " " } }, ["grams.text INVALID_VALUE"]],
    ["a decimal comma", { ...base, kind: "weight", grams: { text: "22,5" } }, ["grams.text INVALID_VALUE"]],
    [
      "a unit of something else",
      { ...base, kind: "weight", grams: { text: "22", unit: "U/L" } },
      ["grams.unit INVALID_VALUE"],
    ],
    ["no weight at all", { ...base, kind: "weight" }, ["grams INVALID_VALUE"]],
    ["a weight of nothing", { ...base, kind: "weight", grams: 0 }, ["grams OUT_OF_RANGE"]],
    [
      "more digits than a double holds",
      { ...base, kind: "weight", grams: 1.2345678901234567 },
      ["grams INVALID_VALUE"],
    ],
    ["a count without any value", { ...base, kind: "cbc", comment: "Lost" }, ["neutrophils INVALID_VALUE"]],
    ["no kind", { ...base, grams: 22 }, ["kind WRONG_TYPE"]],
    ["an unknown key", { ...base, kind: "weight", grams: 22, recordedAt: base.observedAt }, ["recordedAt UNKNOWN_KEY"]],
    [
      "an instant without offset",
      { ...base, kind: "observation", observedAt: "2026-01-05T09:00:00" },
      ["observedAt INVALID_VALUE"],
    ],
    [
      "a correction without its reason",
      { ...base, kind: "weight", grams: 22, corrects: "x" },
      ["reasonCode INVALID_VALUE", "reason INVALID_VALUE"],
    ],
    ["an order without its dose", { ...base, kind: "order", action: "RESUME", reason: "Well" }, ["dose INVALID_VALUE"]],
  ])("%s", (_name, entry, faults) => {
    expect(faultsOf(entry)).toEqual(faults);
    expect(faultsOf([{ ...base, kind: "observation" }, entry])).toEqual(faults.map((fault) => `[1].${fault}`));
  });
});

describe("the document of the log", () => {
  const document = (
    entry: object,
    units = { bilirubin: null as string | null, dose: "mg/kg" as string | null },
  ): unknown => {
    const written = entryDocument(entryInput.parse({ ...base, ...entry }), units);
    return written.ok ? written.value : written.fault.map(({ path }) => path);
  };

  test("keeps what was typed beside the canonical number", () => {
    expect(
      document({
        kind: "cbc",
        neutrophils: { text: "800", unit: "/uL", qualifier: "<" },
        platelets: { notDone: "CLOTTED" },
        wbc: 4.1,
      }),
    ).toEqual({
      ...base,
      kind: "cbc",
      neutrophils: 0.8,
      wbc: 4.1,
      reported: { neutrophils: { text: "800", unit: "/uL" } },
      qualifiers: { neutrophils: "<" },
      notDone: { platelets: "CLOTTED" },
    });
  });

  test("keeps both readings", () => {
    expect(document({ kind: "weight", grams: { text: "19.8", firstReading: "91.8" } })).toMatchObject({
      grams: 19.8,
      reported: { grams: { text: "19.8", unit: "g", firstReading: "91.8" } },
    });
  });

  test("has bilirubin in the unit of the study's reference range", () => {
    const typed = { kind: "lft", bilirubin: { text: "10", unit: "µmol/L" } };
    expect(document(typed, { bilirubin: "umol/L", dose: null })).toMatchObject({ bilirubin: 10 });
    expect(document(typed)).toMatchObject({ bilirubin: 0.58466 });
  });

  test("says where two things contradict each other", () => {
    expect(document({ kind: "weight", grams: 22, notDone: { grams: "ESCAPED" } })).toEqual(["notDone.grams"]);
    expect(document({ kind: "cbc", wbc: 4, qualifiers: { platelets: "<" } })).toEqual(["qualifiers.platelets"]);
    expect(document({ kind: "cbc", wbc: { text: "4" }, reported: { wbc: { text: "4" } } })).toEqual(["reported.wbc"]);
    expect(document({ kind: "dose", amount: { text: "4", unit: "mg" } })).toEqual(["amount.unit"]);
  });
});
