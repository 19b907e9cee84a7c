import type { EntryDetails } from "@/lib/contracts/entries/entry-details";
import { type ReasonCode, REASON_CODES } from "@/lib/contracts/entries/reason-codes";
import type { ObservedEntry } from "@/lib/domain/record/log-entry";
import { type Analyte, analyteRow, analytesOf, isAnalyte } from "@/lib/domain/record/analytes";
import { derivedAbsoluteCounts, derivedCountText } from "@/lib/domain/record/derived-counts";
import type { MeasuredKind } from "@/lib/domain/record/kinds";
import { toxicityWord } from "@/lib/domain/language/animal-words";
import { canonicalUnit, unitAsWritten } from "@/lib/domain/units/unit-factors";
import { ORDER_WORDS, OUTCOME_WORDS } from "@/lib/domain/language/code-words";

/** Units that differ between studies. */
export type StudyUnits = { readonly dose: string; readonly bilirubin: string };

export const unitOfField = (field: Analyte, units: StudyUnits): string =>
  field === "bilirubin" ? units.bilirubin : canonicalUnit(field);

/** One part of an entry: "Neutrophils", "0.8", "10⁹/L". */
export type EntryPart = {
  readonly key: string;
  readonly name: string | null;
  readonly value: string;
  readonly unit: string | null;
  /** "typed 800 cells/µL, first read 80": where what was typed is not what is shown. */
  readonly typed: string | null;
};

type Given = { readonly field: string; readonly canonical: string; readonly unit: string };

/** As typed where it was typed in the unit of the study; else the canonical number, and beside it what was typed. */
export const shownAsTyped = (
  { field, canonical, unit }: Given,
  { typed: typedFields, qualifiers }: Pick<EntryDetails, "typed" | "qualifiers">,
): Pick<EntryPart, "value" | "unit" | "typed"> => {
  const typed = typedFields[field];
  const qualifier = isAnalyte(field) ? qualifiers[field] : undefined;
  const before = qualifier === undefined ? "" : `${qualifier} `;
  if (typed === undefined) return { value: `${before}${canonical}`, unit, typed: null };
  // A study may name no unit of its own: then the one that was typed stands.
  if (unit === "" && typed.unit !== null) return { value: `${before}${typed.text}`, unit: typed.unit, typed: null };
  const written = typed.unit !== null && isAnalyte(field) ? unitAsWritten(field, typed.unit) : typed.unit;
  const sameUnit = written === null || written === unit;
  const notes = [
    sameUnit ? null : `typed ${typed.text} ${typed.unit ?? ""}`,
    typed.firstReading === null ? null : `first read ${typed.firstReading}`,
  ].filter((note) => note !== null);
  return {
    value: `${before}${sameUnit ? typed.text : canonical}`,
    unit,
    typed: notes.length === 0 ? null : notes.join(", "),
  };
};

/** "Neutrophils (derived) 2.50 × 10⁹/L": computed when read, beside what was measured. */
const derivedParts = ({ values, qualifiers }: EntryDetails): readonly EntryPart[] =>
  derivedAbsoluteCounts(values, qualifiers).map((derived) => ({
    key: `derived ${derived.count}`,
    name: `${analyteRow(derived.count).label} (derived)`,
    value: derivedCountText(derived),
    unit: canonicalUnit(derived.count),
    typed: null,
  }));

const measuredParts = (kind: MeasuredKind, details: EntryDetails, units: StudyUnits): readonly EntryPart[] =>
  analytesOf(kind).flatMap(({ field, label }): readonly EntryPart[] => {
    const canonical = details.values[field];
    const name = kind === "weight" ? null : label;
    const notDone = details.notDone[field];
    if (canonical === undefined) {
      return notDone === undefined
        ? []
        : [{ key: field, name, value: `not done: ${notDone}`, unit: null, typed: null }];
    }
    const unit = unitOfField(field, units);
    return [{ key: field, name, ...shownAsTyped({ field, canonical, unit }, details) }];
  });

const notDonePart = (what: string, reason: string | undefined): EntryPart => ({
  key: "notDone",
  name: null,
  value: `${what}: ${reason ?? ""}`,
  unit: null,
  typed: null,
});

const observedParts = (
  entry: Extract<ObservedEntry, { kind: "observation" }>,
  { signs, notDone }: EntryDetails,
): readonly EntryPart[] => [
  ...(entry.notMade ? [notDonePart("not made", notDone["observation"])] : []),
  ...entry.findings.map(({ term, grade }) => ({
    key: term,
    name: toxicityWord(term),
    value: `grade ${String(grade)}`,
    unit: null,
    typed: null,
  })),
  ...(entry.exfoliation
    ? [{ key: "exfoliation", name: null, value: "skin exfoliation", unit: null, typed: null }]
    : []),
  ...(entry.bullae ? [{ key: "bullae", name: null, value: "bullae", unit: null, typed: null }] : []),
  ...signs.map(({ category, text, severity }, index) => ({
    key: `sign ${String(index)}`,
    name: category,
    value: severity === null || text.toLowerCase().includes(severity.toLowerCase()) ? text : `${text} (${severity})`,
    unit: null,
    typed: null,
  })),
];

const doseParts = (
  amount: string,
  { lot, volume, ...details }: EntryDetails,
  units: StudyUnits,
): readonly EntryPart[] => [
  { key: "amount", name: null, ...shownAsTyped({ field: "amount", canonical: amount, unit: units.dose }, details) },
  ...(volume === null ? [] : [{ key: "volume", name: "volume", value: volume.text, unit: volume.unit, typed: null }]),
  ...(lot === null ? [] : [{ key: "lot", name: "lot", value: lot, unit: null, typed: null }]),
];

/** What an entry says, part by part. */
export const entryParts = (entry: ObservedEntry, details: EntryDetails, units: StudyUnits): readonly EntryPart[] => {
  switch (entry.kind) {
    case "weight":
    case "lft":
      return measuredParts(entry.kind, details, units);
    case "cbc":
      return [...measuredParts("cbc", details, units), ...derivedParts(details)];
    case "observation":
      return [...measuredParts("observation", details, units), ...observedParts(entry, details)];
    case "dose":
      return entry.notGiven
        ? [notDonePart("not given", details.notDone["amount"])]
        : doseParts(entry.amount.toFixed(), details, units);
    case "order": {
      const dose =
        "dose" in entry
          ? { value: `${ORDER_WORDS[entry.action]} at ${entry.dose.toFixed()}`, unit: units.dose }
          : { value: ORDER_WORDS[entry.action], unit: null };
      return [{ key: "action", name: null, typed: null, ...dose }];
    }
    case "disposition":
      return [{ key: "outcome", name: null, value: OUTCOME_WORDS[entry.outcome], unit: null, typed: null }];
  }
};

const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(REASON_CODES, code);

/** "Written down wrongly: 1.9 read as 0.9". */
export const reasonText = ({ reasonCode, reason }: Pick<EntryDetails, "reasonCode" | "reason">): string | null => {
  const code = reasonCode === null ? null : isReasonCode(reasonCode) ? REASON_CODES[reasonCode] : reasonCode;
  const parts = [code, reason].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(": ");
};
