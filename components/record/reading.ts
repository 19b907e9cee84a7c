import { unitInStudy } from "@/lib/contracts/entries/entry-document";
import type { AnimalOnSheet, RecordingSheet, StandingValue } from "@/lib/contracts/recording-sheet";
import { localDayMonthText } from "@/lib/domain/time/local-time";
import { daysBetween, studyDayOf, studyDayText } from "@/lib/domain/time/study-day";
import { Decimal } from "@/lib/domain/decimal";
import { dayWord } from "@/lib/domain/language/day-words";
import type { Measured } from "@/lib/domain/record/log-entry";
import type { Analyte } from "@/lib/domain/record/analytes";
import { percentChangeText } from "@/lib/domain/animal/percent-change";
import { assess, type Plausibility } from "@/lib/domain/plausibility/plausible-ranges";
import { convert, toCanonical } from "@/lib/domain/units/unit-factors";
import { shownWeight, weightChange, weightChangeText, type WeightAlarm } from "@/lib/domain/animal/weight-change";
import type { MeasuredValue } from "./entry-values";

/** What of the sheet the reading of a value depends on. */
export type ReadingContext = {
  readonly study: RecordingSheet["study"];
  readonly units: RecordingSheet["units"];
  readonly animal: AnimalOnSheet;
  /** When the value is observed. */
  readonly observedMs: number;
};

/** A number as it is shown, with its unit. */
export type Shown = { readonly value: string; readonly unit: string };

/** "−8.6 % of baseline 22 g (day −1)": never a percentage without what it is a percentage of. */
export type Change = {
  readonly percent: string;
  readonly of: "last" | "baseline";
  readonly reference: Shown;
  readonly when: string;
};

/** What a typed value is found to be before anything is sent. */
export type Reading =
  | { readonly state: "blank" }
  | { readonly state: "unreadable"; readonly message: string }
  | {
      readonly state: "read";
      readonly plausibility: Plausibility;
      readonly changes: readonly Change[];
      readonly alarm: WeightAlarm | null;
    };

/** "day 24, 28 Jan"; before the first dose the date alone. */
export const whenText = (
  observedMs: number,
  { firstDoseMs }: Pick<AnimalOnSheet, "firstDoseMs">,
  timeZone: string,
): string => {
  const date = localDayMonthText(observedMs, timeZone);
  return firstDoseMs === null ? date : `${studyDayText(studyDayOf(observedMs, firstDoseMs, timeZone))}, ${date}`;
};

/** A standing value in the unit that is being typed, so that both can be compared at a glance. */
export const shownIn = (field: Analyte, value: string, studyUnit: string, unit: string): Shown => {
  const exact = new Decimal(value);
  if (unit === studyUnit) return { value: exact.toFixed(), unit };
  const converted = convert(field, exact, studyUnit, unit);
  return converted === null
    ? { value: exact.toFixed(), unit: studyUnit }
    : { value: converted.toSignificantDigits(6).toFixed(), unit };
};

const changeText = (field: Analyte, measured: Measured, reference: Decimal): string | null => {
  if (field !== "grams") return percentChangeText(measured, reference);
  const change = weightChange(measured, reference);
  return change === null ? null : `${weightChangeText(change)} %`;
};

type Reference = { readonly of: Change["of"]; readonly value: string; readonly observedMs: number };

const referencesOf = (field: Analyte, { animal, observedMs }: ReadingContext): readonly Reference[] => {
  const last = animal.last[field];
  const baseline = animal.baseline[field];
  return [
    ...(last === undefined || last.observedMs > observedMs ? [] : [{ of: "last" as const, ...last }]),
    ...(baseline === undefined || animal.firstDoseMs === null || observedMs < animal.firstDoseMs
      ? []
      : [{ of: "baseline" as const, ...baseline }]),
  ].filter(({ observedMs: at }, index, all) => all.findIndex((other) => other.observedMs === at) === index);
};

const changesOf = (field: Analyte, measured: Measured, unit: string, context: ReadingContext): readonly Change[] =>
  referencesOf(field, context).flatMap(({ of, value, observedMs }) => {
    const percent = changeText(field, measured, new Decimal(value));
    if (percent === null) return [];
    const reference = shownIn(field, value, unitInStudy(field, context.units), unit);
    return [
      {
        percent,
        of,
        reference,
        when: dayWord(observedMs, { firstDoseMs: context.animal.firstDoseMs, timeZone: context.study.timeZone }),
      },
    ];
  });

const previousOf = (
  last: StandingValue | undefined,
  { observedMs, study }: ReadingContext,
): { readonly value: Decimal; readonly daysAgo: number } | null =>
  last === undefined || last.observedMs > observedMs
    ? null
    : { value: new Decimal(last.value), daysAgo: daysBetween(last.observedMs, observedMs, study.timeZone) };

const alarmOf = (field: Analyte, measured: Measured, { animal }: ReadingContext): WeightAlarm | null => {
  const baseline = animal.baseline.grams;
  if (field !== "grams" || baseline === undefined) return null;
  return weightChange(measured, new Decimal(baseline.value))?.alarm ?? null;
};

/** Reads a typed value on the spot: is it a number, can it be, how far is it from the last one and from the baseline. */
export const readingOf = (
  field: Analyte,
  { text, unit, qualifier }: Pick<MeasuredValue, "text" | "unit" | "qualifier">,
  context: ReadingContext,
): Reading => {
  if (text.trim() === "") return { state: "blank" };
  const studyUnit = unitInStudy(field, context.units);
  const read = toCanonical(field, text, unit, studyUnit);
  if (!read.ok) return { state: "unreadable", message: read.fault.message };
  const measured: Measured = { value: read.value.value, qualifier: qualifier === "" ? null : qualifier };
  const previous = previousOf(context.animal.last[field], context);
  return {
    state: "read",
    plausibility: assess({
      species: context.study.species,
      field,
      value: measured.value,
      unit: studyUnit,
      typed: { text: text.trim(), unit },
      ...(previous === null ? {} : { previous }),
    }),
    changes: changesOf(field, measured, unit, context),
    alarm: alarmOf(field, measured, context),
  };
};

/** The last value of a field as a person reads it: animals that weigh kilograms in kilograms. */
export const shownLast = (field: Analyte, last: Pick<StandingValue, "value">, units: RecordingSheet["units"]): Shown =>
  field === "grams"
    ? shownWeight(new Decimal(last.value))
    : { value: new Decimal(last.value).toFixed(), unit: unitInStudy(field, units) };
