import type { RecordedEntry } from "@/lib/contracts/animal-record";
import { unitInStudy } from "@/lib/contracts/entries/entry-document";
import type { EntryDetails } from "@/lib/contracts/entries/entry-details";
import type { RecordingSheet } from "@/lib/contracts/recording-sheet";
import { instantsOfLocalTime, localTimeTyped } from "@/lib/domain/time/typed-local-time";
import type { EntryKind, ObservedEntry } from "@/lib/domain/record/log-entry";
import { isAnalyte, type Analyte } from "@/lib/domain/record/analytes";
import { acceptedUnits, unitAsWritten } from "@/lib/domain/units/unit-factors";
import type { Corrected } from "@/components/record/entry-document";
import {
  blankValues,
  type EntryValues,
  type MeasuredValue,
  SIGN_CATEGORIES,
  type SignValue,
} from "@/components/record/entry-values";

/** An entry as its form shows it, to be corrected, moved to another animal or voided. Plain values alone. */
export type EntryToAmend = {
  readonly kind: EntryKind;
  readonly observedMs: number;
  readonly values: EntryValues;
  readonly corrected: Corrected;
};

/** What was typed into a form that was opened on what stood then. */
export type Typed = { readonly typed: EntryValues; readonly was: EntryValues };

type Units = RecordingSheet["units"];

/** In the unit that was typed, where the form offers it; else the canonical number. */
const measuredValue = (
  field: Analyte,
  { values, typed, qualifiers, notDone }: EntryDetails,
  units: Units,
): MeasuredValue => {
  const own = typed[field];
  const written = own?.unit ?? unitInStudy(field, units);
  const unit = acceptedUnits(field).includes(written) ? written : unitAsWritten(field, written);
  const asTyped = own !== undefined && unit !== null;
  return {
    text: (asTyped ? own.text : values[field]) ?? "",
    unit: unit ?? unitInStudy(field, units),
    qualifier: qualifiers[field] ?? "",
    notDone: notDone[field] ?? "",
    firstReading: own?.firstReading ?? "",
  };
};

const signsOf = ({ signs }: EntryDetails): SignValue[] => {
  const seen = signs.map(({ category, text, severity }) => ({
    category: category ?? "Other",
    text,
    severity: severity ?? "",
  }));
  const fixed = SIGN_CATEGORIES.map((category) => seen.find((sign) => sign.category === category));
  const others = seen.filter((sign) => !fixed.includes(sign));
  return [
    ...fixed.map((sign, place) => sign ?? { category: SIGN_CATEGORIES[place] ?? "", text: "", severity: "" }),
    ...others,
  ];
};

const ownValues = (entry: ObservedEntry, details: EntryDetails): Partial<EntryValues> => {
  switch (entry.kind) {
    case "weight":
    case "cbc":
    case "lft":
      return {};
    case "observation":
      return {
        signs: signsOf(details),
        skin: { exfoliation: entry.exfoliation, bullae: entry.bullae },
        findings: entry.findings.map(({ term, grade }) => ({ term, grade })),
        noFindings: entry.findings.length === 0 && details.findingsGiven,
        notDone: { amount: "", observation: details.notDone["observation"] ?? "" },
      };
    case "dose":
      return {
        amount: { text: details.typed["amount"]?.text ?? entry.amount.toFixed() },
        notDone: { amount: entry.notGiven ? (details.notDone["amount"] ?? "") : "", observation: "" },
        deviation: { reason: details.deviationReason ?? "" },
      };
    case "order":
      return { action: entry.action, dose: "dose" in entry ? entry.dose.toFixed() : "" };
    case "disposition":
      return { outcome: entry.outcome };
  }
};

const keptOf = ({ source, lot, volume }: EntryDetails): Corrected["kept"] => ({
  ...(source === null ? {} : { source }),
  ...(lot === null ? {} : { lot }),
  ...(volume === null ? {} : { volume: { text: volume.text, unit: volume.unit } }),
});

/** The standing version of an entry, ready for its form. */
export const entryToAmend = (
  { entry, details }: RecordedEntry & { readonly entry: ObservedEntry },
  units: Units,
  timeZone: string,
): EntryToAmend => {
  const observedMs = entry.observedAt.ms;
  const typed = localTimeTyped(observedMs, timeZone);
  const [, second] = instantsOfLocalTime(typed, timeZone);
  const later = second !== undefined && observedMs >= second;
  const blank = blankValues((field) => unitInStudy(field, units));
  const measured = Object.fromEntries(
    Object.keys(blank)
      .filter(isAnalyte)
      .map((field) => [field, measuredValue(field, details, units)]),
  );
  const values = {
    ...blank,
    ...measured,
    ...ownValues(entry, details),
    observedAt: typed,
    later,
    comment: details.comment ?? "",
  };
  const observed = { typed, later, text: entry.observedAt.text };
  return {
    kind: entry.kind,
    observedMs,
    values,
    corrected: { entry: entry.id, observed, kept: keptOf(details), was: values },
  };
};

/** A form's values over what stands by now: what was typed is kept, what was not touched is as it stands. */
export const typedOver = (stands: EntryValues, { typed, was }: Typed): EntryValues => {
  const before = new Map<string, unknown>(Object.entries(was));
  const touched = Object.entries(typed).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
  );
  return { ...stands, ...Object.fromEntries(touched) };
};
