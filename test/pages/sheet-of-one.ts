import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { canonicalUnit } from "@/lib/domain/units/unit-factors";
import { blankValues, type EntryValues } from "../../components/record/entry-values";

const DAY_MS = 86_400_000;

/** 4 February 2026, 09:41 in London; study day 31 of the animal below. */
export const NOW_MS = Date.UTC(2026, 1, 4, 9, 41, 23, 456);
export const FIRST_DOSE_MS = Date.UTC(2026, 0, 5, 9, 0);

const at = (daysAgo: number): number => NOW_MS - daysAgo * DAY_MS;

/** A mouse on 10 mg/kg with a weight of two days ago, and a count of a week ago. */
export const MOUSE: AnimalOnSheet = {
  tag: "M013",
  sex: "F",
  group: "G3",
  room: "2",
  cage: "B4",
  control: false,
  startingDose: "10",
  doseLevels: ["10", "7.5", "5", "2.5"],
  status: "ON_DOSE",
  openToxicities: [],
  dose: "10",
  doseBeforeHold: null,
  lastDecision: null,
  firstDoseMs: FIRST_DOSE_MS,
  last: {
    grams: { value: "21.3", qualifier: null, observedMs: at(2), typedUnit: "g" },
    neutrophils: { value: "2.4", qualifier: null, observedMs: at(7), typedUnit: "K/µL" },
  },
  baseline: {
    grams: { value: "22", observedMs: at(31) },
    neutrophils: { value: "2.68", observedMs: at(31) },
  },
  lastOfKind: { weight: at(2), cbc: at(7), dose: at(1) },
  lastAmount: "10",
};

export const sheetOf = (animal: AnimalOnSheet = MOUSE, species = "mouse"): RecordingSheet => ({
  study: { code: "POM-001", species, timeZone: "Europe/London" },
  active: true,
  units: { bilirubin: "mg/dL", dose: "mg/kg" },
  nowMs: NOW_MS,
  kinds: ["weight", "cbc", "lft", "observation", "dose", "disposition", "order"],
  orders: ["WITHHOLD"],
  animals: [animal],
});

/** A form with a few fields filled in. */
export const valuesWith = (change: Partial<EntryValues>): EntryValues => ({ ...blankValues(canonicalUnit), ...change });

/** A typed value of a field. */
export const typed = (text: string, more: Partial<EntryValues["grams"]> = {}): EntryValues["grams"] => ({
  text,
  unit: "g",
  qualifier: "",
  notDone: "",
  firstReading: "",
  ...more,
});
