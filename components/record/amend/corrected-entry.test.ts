import { describe, expect, test } from "vitest";
import { entryDetails } from "@/lib/contracts/entries/entry-details";
import type { RecordedEntry } from "@/lib/contracts/animal-record";
import { readEntry } from "@/lib/domain/record/read-entry";
import type { ObservedEntry } from "@/lib/domain/record/log-entry";
import { type Corrected, documentOfValues } from "@/components/record/entry-document";
import { entryToAmend, typedOver } from "./corrected-entry";

const UNITS = { bilirubin: "mg/dL", dose: "mg/kg" };
const OBSERVED = "2026-01-12T09:00:07+00:00";

const recorded = (document: Readonly<Record<string, unknown>>): RecordedEntry & { readonly entry: ObservedEntry } => {
  const whole = { id: "e1", animal: "M013", observedAt: OBSERVED, recordedAt: "2026-01-12T10:00:00Z", ...document };
  const read = readEntry(whole, "", false);
  if (!read.ok || read.value.kind === "void") throw new Error("not an entry");
  return { entry: read.value, details: entryDetails(whole), recordedBy: "tim", recorderId: null };
};

/** The document of a form that was opened on an entry and not touched. */
const untouched = (document: Readonly<Record<string, unknown>>, corrected: Partial<Corrected> = {}) => {
  const amended = entryToAmend(recorded(document), UNITS, "Europe/London");
  return documentOfValues(amended.kind, amended.values, {
    id: "new",
    animal: "M013",
    timeZone: "Europe/London",
    doseUnit: "mg/kg",
    nowMs: 0,
    corrected: { ...amended.corrected, ...corrected },
  });
};

describe("a form that is opened on an entry", () => {
  test("holds what was typed, and its instant to the second", () => {
    expect(
      untouched({
        kind: "cbc",
        neutrophils: 0.8,
        platelets: 900,
        reported: { neutrophils: { text: "800", unit: "cells/µL", firstReading: "80" } },
        qualifiers: { platelets: ">" },
        notDone: { wbc: "CLOTTED" },
        source: "Analyser 2",
        comment: "Drawn twice",
      }),
    ).toEqual({
      kind: "cbc",
      id: "new",
      animal: "M013",
      observedAt: OBSERVED,
      corrects: "e1",
      neutrophils: { text: "800", unit: "cells/µL", firstReading: "80" },
      platelets: { text: "900", unit: "10⁹/L", qualifier: ">" },
      wbc: { notDone: "CLOTTED" },
      source: "Analyser 2",
      comment: "Drawn twice",
    });
  });

  test("loses nothing of a dose", () => {
    expect(
      untouched({
        kind: "dose",
        amount: 4,
        reported: { amount: { text: "4.0", unit: "mg/kg" } },
        lot: "L7",
        volume: { text: "0.2", unit: "mL" },
        deviation: { reason: "Late" },
      }),
    ).toMatchObject({
      amount: { text: "4.0", unit: "mg/kg" },
      lot: "L7",
      volume: { text: "0.2", unit: "mL" },
      deviation: { reason: "Late" },
    });
  });

  test("keeps that findings were looked for and not found, and signs of any category", () => {
    const signs = [
      { category: "Posture", text: "Hunched", severity: "mild" },
      { category: "Gait", text: "Unsteady" },
    ];
    expect(untouched({ kind: "observation", findings: [], signs })).toMatchObject({ findings: [], signs });
    expect(untouched({ kind: "observation", temperature: 37 })).not.toHaveProperty("findings");
  });

  test("an order keeps its action and dose, and asks for a reason anew", () => {
    const order = untouched({ kind: "order", action: "RESUME", dose: 3, reason: "Recovered" });
    expect(order).toMatchObject({ action: "RESUME", dose: 3 });
    expect(order).not.toHaveProperty("reason");
  });
});

describe("an entry that somebody else corrects while its form is open", () => {
  const opened = entryToAmend(recorded({ kind: "cbc", neutrophils: 1.9, platelets: 900 }), UNITS, "Europe/London");
  const stands = entryToAmend(recorded({ kind: "cbc", neutrophils: 1.4, platelets: 850 }), UNITS, "Europe/London");

  test("what was typed is kept, what was not touched is as it stands now", () => {
    const neutrophils = { ...opened.values.neutrophils, text: "0.9" };
    const typed = { ...opened.values, neutrophils, reason: "Misread" };
    expect(typedOver(stands.values, { typed, was: opened.values })).toEqual({
      ...stands.values,
      neutrophils,
      reason: "Misread",
    });
  });

  test("nothing typed is nothing kept", () => {
    expect(typedOver(stands.values, { typed: opened.values, was: opened.values })).toEqual(stands.values);
  });
});
