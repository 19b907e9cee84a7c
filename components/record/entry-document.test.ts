import { describe, expect, test } from "vitest";
import { ENTRY_FORMS } from "@/lib/contracts/entries/entry";
import { documentOfValues, formPath, observedAtOf, type DocumentContext } from "./entry-document";
import { NORMAL } from "./entry-values";
import { NOW_MS, typed, valuesWith } from "@/test/pages/sheet-of-one";

const CONTEXT: DocumentContext = {
  id: "0b1f6d2e-3c4a-4f5b-8a6c-7d8e9f0a1b2c",
  animal: "M013",
  timeZone: "Europe/London",
  doseUnit: "mg/kg",
  nowMs: NOW_MS,
  corrected: null,
};

const COMMON = { id: CONTEXT.id, animal: "M013", observedAt: "2026-02-04T09:41:23.000+00:00" };

describe("the document of a form", () => {
  test("a blank is left out, and what was typed is kept as typed", () => {
    const values = valuesWith({
      neutrophils: typed(" 7.50 ", { unit: "K/µL" }),
      platelets: typed("20", { unit: "10⁹/L", qualifier: "<" }),
    });
    expect(documentOfValues("cbc", values, CONTEXT)).toEqual({
      kind: "cbc",
      ...COMMON,
      neutrophils: { text: "7.50", unit: "K/µL" },
      platelets: { text: "20", unit: "10⁹/L", qualifier: "<" },
    });
  });

  test("not done carries its reason and nothing else, a second reading its first", () => {
    const values = valuesWith({
      alt: typed("", { unit: "U/L", notDone: "HEMOLYZED", qualifier: "<" }),
      ast: typed("310", { unit: "U/L", firstReading: "3100" }),
    });
    expect(documentOfValues("lft", values, CONTEXT)).toMatchObject({
      alt: { notDone: "HEMOLYZED" },
      ast: { text: "310", unit: "U/L", firstReading: "3100" },
    });
  });

  test("fields of another kind stay out", () => {
    expect(documentOfValues("weight", valuesWith({ grams: typed("21.4"), alt: typed("50") }), CONTEXT)).toEqual({
      kind: "weight",
      ...COMMON,
      grams: { text: "21.4", unit: "g" },
    });
  });

  test("normal is recorded as normal, skin that was seen says that it was whole", () => {
    const signs = [
      { category: "Appetite", text: NORMAL, severity: "mild" },
      { category: "Activity", text: "", severity: "" },
      { category: "Skin", text: "Scabs ", severity: "mild" },
      { category: "Other", text: "Head tilt", severity: "" },
    ];
    const document = documentOfValues(
      "observation",
      valuesWith({ signs, findings: [{ term: "RASH", grade: 2 }] }),
      CONTEXT,
    );
    expect(document).toMatchObject({
      signs: [
        { category: "Appetite", text: NORMAL },
        { category: "Skin", text: "Scabs", severity: "mild" },
        { category: "Other", text: "Head tilt" },
      ],
      skin: { exfoliation: false, bullae: false },
      findings: [{ term: "RASH", grade: 2 }],
    });
  });

  test("findings that nobody looked for are absent, and those that were not there an empty list", () => {
    expect(documentOfValues("observation", valuesWith({}), CONTEXT)).not.toHaveProperty("findings");
    expect(documentOfValues("observation", valuesWith({ noFindings: true }), CONTEXT)).toMatchObject({ findings: [] });
  });

  test("a dose not given has the amount 0 and its reason, whatever amount was offered", () => {
    const values = valuesWith({ amount: { text: "10" }, notDone: { amount: "NOT_HANDLED", observation: "" } });
    expect(documentOfValues("dose", values, CONTEXT)).toEqual({
      kind: "dose",
      ...COMMON,
      amount: { text: "0", unit: "mg/kg" },
      notDone: { amount: "NOT_HANDLED" },
    });
  });

  test("an observation not made carries its reason and nothing else", () => {
    const values = valuesWith({
      temperature: typed("37.1", { unit: "°C" }),
      notDone: { amount: "", observation: "NOT_AVAILABLE" },
    });
    expect(documentOfValues("observation", values, CONTEXT)).toEqual({
      kind: "observation",
      ...COMMON,
      notDone: { observation: "NOT_AVAILABLE" },
    });
  });

  test("an order has a dose only where it sets one", () => {
    const reason = "Looks well";
    expect(documentOfValues("order", valuesWith({ action: "RESUME", dose: "7.50", reason }), CONTEXT)).toMatchObject({
      dose: 7.5,
      reason,
    });
    expect(
      documentOfValues("order", valuesWith({ action: "WITHHOLD", dose: "7.5", reason }), CONTEXT),
    ).not.toHaveProperty("dose");
  });

  test.each([
    ["weight", valuesWith({ grams: typed("21.40", { firstReading: "2.14" }) })],
    [
      "cbc",
      valuesWith({ neutrophils: typed("800", { unit: "cells/µL" }), platelets: typed("", { notDone: "CLOTTED" }) }),
    ],
    ["lft", valuesWith({ bilirubin: typed("0.3", { unit: "mg/dL", qualifier: "<" }) })],
    ["observation", valuesWith({ noFindings: true, temperature: typed("37.2", { unit: "°C" }), comment: " quiet " })],
    ["dose", valuesWith({ amount: { text: "10" }, deviation: { reason: "given before the call" } })],
    ["dose", valuesWith({ notDone: { amount: "NOT_HANDLED", observation: "" } })],
    ["observation", valuesWith({ notDone: { amount: "", observation: "NOT_AVAILABLE" } })],
    ["order", valuesWith({ action: "SET_DOSE", dose: "5", reason: "As discussed" })],
    ["disposition", valuesWith({ outcome: "DIED" })],
  ] as const)("of a %s is one that the contract reads", (kind, values) => {
    const read = ENTRY_FORMS[kind].safeParse(documentOfValues(kind, values, CONTEXT));
    expect(read.error?.issues ?? []).toEqual([]);
  });
});

describe("when it was observed", () => {
  test("now is the running second on the study's clock, never a later one", () => {
    expect(observedAtOf(valuesWith({}), CONTEXT)).toBe("2026-02-04T09:41:23.000+00:00");
    expect(observedAtOf(valuesWith({}), { ...CONTEXT, timeZone: "America/Chicago" })).toBe(
      "2026-02-04T03:41:23.000-06:00",
    );
  });

  test("a typed time is that of the study's clock", () => {
    expect(observedAtOf(valuesWith({ observedAt: "2026-07-03T18:30" }), CONTEXT)).toBe("2026-07-03T18:30:00.000+01:00");
  });

  test("of the hour that clocks repeat, the one that was chosen", () => {
    const observedAt = "2026-10-25T01:30";
    expect(observedAtOf(valuesWith({ observedAt }), CONTEXT)).toBe("2026-10-25T01:30:00.000+01:00");
    expect(observedAtOf(valuesWith({ observedAt, later: true }), CONTEXT)).toBe("2026-10-25T01:30:00.000+00:00");
  });

  test("what is no time stays as typed", () => {
    expect(observedAtOf(valuesWith({ observedAt: "2026-03-29T01:30" }), CONTEXT)).toBe("2026-03-29T01:30");
  });
});

test("what the server says of a place in the document is said at that place in the form", () => {
  const values = valuesWith({
    signs: [
      { category: "Appetite", text: "", severity: "" },
      { category: "Activity", text: "Inactive", severity: "" },
    ],
  });
  expect(formPath("signs[0].text", values)).toBe("signs[1].text");
  expect(formPath("notDone.grams", values)).toBe("grams");
  expect(formPath("neutrophils.text", values)).toBe("neutrophils.text");
  expect(formPath("$", values)).toBe("$");
});
