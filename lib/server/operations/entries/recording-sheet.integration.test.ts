import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import type { Actor } from "@/lib/server/command/actor";
import { emptyStudy, useStaff } from "@/test/database/set-up";
import {
  activeStudy,
  ago,
  BECAUSE,
  cbc,
  DEVIATION,
  dose,
  lft,
  observation,
  record,
  recorded,
  weight,
} from "@/test/database/entry-study";
import { readRecordingSheet } from "./read-recording-sheet";

const staff = useStaff();

/** Asked once: a minute may pass while a test runs. */
const DAYS_AGO = {
  1: ago(1),
  2: ago(2),
  3: ago(3),
  4: ago(4),
  5: ago(5),
  9: ago(9),
  10: ago(10),
  11: ago(11),
} as const;

const sheetFor = async (actor: Actor, code: string): Promise<RecordingSheet> => {
  const read = await readRecordingSheet(actor, code);
  if (!read.ok) throw new Error(`${read.fault.code}: ${read.fault.detail}`);
  return read.value;
};

const animalOn = async (code: string, tag: string): Promise<AnimalOnSheet> => {
  const { animals } = await sheetFor(staff.tim, code);
  const animal = animals.find((candidate) => candidate.tag === tag);
  if (animal === undefined) throw new Error(`${tag} is not on the sheet`);
  return animal;
};

describe("the sheet that entry forms start from", () => {
  test("has every animal with its state, its ladder and its last values", async () => {
    const code = await activeStudy(staff, "R-001");
    const baseline = [
      weight("M001", 22.4, DAYS_AGO[11]),
      cbc("M001", 2.4, DAYS_AGO[10]),
      lft("M001", DAYS_AGO[10]),
      observation("M001", DAYS_AGO[10]),
    ];
    recorded(await record(staff.tim, code, baseline));
    recorded(await record(staff.tim, code, dose("M001", 4, DAYS_AGO[9], DEVIATION)));
    recorded(await record(staff.tim, code, weight("M001", { text: "0.02150", unit: "kg" }, DAYS_AGO[3])));
    recorded(await record(staff.tim, code, cbc("M001", { text: "800", unit: "cells/µL" }, DAYS_AGO[2])));

    const animal = await animalOn(code, "M001");
    expect(animal).toMatchObject({
      control: false,
      startingDose: "4",
      doseLevels: ["4", "3", "2", "1"],
      status: "WITHHELD",
      dose: "0",
      doseBeforeHold: "4",
      openToxicities: ["NEUTROPENIA"],
      firstDoseMs: Date.parse(DAYS_AGO[9]),
      lastAmount: "4",
    });
    expect(animal.lastDecision?.sentence).toContain("Withheld on study day");
    expect(animal.lastDecision?.observedMs).toBe(Date.parse(DAYS_AGO[2]));
    expect(animal.last.grams).toEqual({
      value: "21.5",
      qualifier: null,
      observedMs: Date.parse(DAYS_AGO[3]),
      typedUnit: "kg",
    });
    expect(animal.last.neutrophils).toMatchObject({ value: "0.8", typedUnit: "cells/µL" });
    expect(animal.baseline.grams).toEqual({ value: "22.4", observedMs: Date.parse(DAYS_AGO[11]) });
    expect(animal.baseline.neutrophils).toEqual({ value: "2.4", observedMs: Date.parse(DAYS_AGO[10]) });
    expect(animal.lastOfKind).toEqual({
      weight: Date.parse(DAYS_AGO[3]),
      cbc: Date.parse(DAYS_AGO[2]),
      lft: Date.parse(DAYS_AGO[10]),
      observation: Date.parse(DAYS_AGO[10]),
      dose: Date.parse(DAYS_AGO[9]),
    });
  });

  test("shows what stands: the latest observed, as corrected, without what was voided", async () => {
    const code = await activeStudy(staff, "R-002");
    const first = weight("M001", 22, DAYS_AGO[4]);
    const slip = weight("M001", 30, DAYS_AGO[2]);
    const late = weight("M001", 21, DAYS_AGO[5]);
    for (const entry of [first, slip, late]) recorded(await record(staff.tim, code, entry));
    expect((await animalOn(code, "M001")).last.grams?.value).toBe("30");

    const corrected = { ...weight("M001", 20.3, DAYS_AGO[2]), corrects: slip.id, ...BECAUSE };
    recorded(await record(staff.tim, code, corrected));
    expect((await animalOn(code, "M001")).last.grams?.value).toBe("20.3");

    recorded(await record(staff.tim, code, { id: randomUUID(), animal: "M001", voids: slip.id, ...BECAUSE }));
    const { last, lastOfKind } = await animalOn(code, "M001");
    expect(last.grams).toMatchObject({ value: "22", observedMs: Date.parse(DAYS_AGO[4]) });
    expect(lastOfKind.weight).toBe(Date.parse(DAYS_AGO[4]));
  });

  test("a value that was not measured leaves the last one that was; a qualifier stays with its number", async () => {
    const code = await activeStudy(staff, "R-003");
    recorded(
      await record(
        staff.tim,
        code,
        cbc("M001", { text: "0.1", unit: "10⁹/L", qualifier: "<" }, DAYS_AGO[3], { wbc: 4.2, platelets: null }),
      ),
    );
    recorded(await record(staff.tim, code, cbc("M001", { notDone: "CLOTTED" }, DAYS_AGO[1])));
    const { last, lastOfKind } = await animalOn(code, "M001");
    expect(last.neutrophils).toMatchObject({ value: "0.1", qualifier: "<", observedMs: Date.parse(DAYS_AGO[3]) });
    expect(last.wbc?.value).toBe("4.2");
    expect(lastOfKind.cbc).toBe(Date.parse(DAYS_AGO[1]));
  });

  test("offers each role what it may record, and is not for those who may record nothing", async () => {
    const code = await activeStudy(staff, "R-004");
    const technician = await sheetFor(staff.tim, code);
    expect(technician.orders).toEqual(["WITHHOLD"]);
    expect(technician.kinds).toEqual(["weight", "cbc", "lft", "observation", "dose", "disposition", "order"]);
    expect((await sheetFor(staff.dora, code)).orders).toEqual(["WITHHOLD", "RESUME", "SET_DOSE", "DISCONTINUE"]);
    const auditor = await readRecordingSheet(staff.ada, code);
    expect(auditor.ok ? "read" : auditor.fault.code).toBe("FORBIDDEN");
  });

  test("says of a study without a signed protocol that it is not active", async () => {
    const code = await emptyStudy(staff, "R-005");
    expect(await sheetFor(staff.tim, code)).toMatchObject({
      active: false,
      units: { bilirubin: null, dose: null },
      animals: [],
    });
  });
});
