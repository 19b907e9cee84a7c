import type { ProtocolSettings, ProtocolVersion } from "@/lib/contracts/protocol";
import type { FieldFault } from "@/lib/contracts/problem";
import {
  LABORATORY_TERMS,
  RANGED_MEASUREMENTS,
  type LaboratoryTerm,
  type RangedMeasurement,
} from "@/lib/domain/grading/criteria";
import type { LaboratoryUse } from "@/lib/domain/study/protocol";
import { instantsOfLocalTime, localTimeTyped } from "@/lib/domain/time/typed-local-time";
import { writeInstant } from "@/lib/domain/time/instant";
import { PROTOCOL_DEFAULTS } from "@/lib/domain/study/defaults";
import { canonicalUnit } from "@/lib/domain/units/unit-factors";
import { readTypedNumber } from "@/lib/domain/units/typed-number";

type CutOffValues = {
  basis: "absolute" | "percentOfBaseline";
  grade2Below: string;
  grade3Below: string;
  grade4Below: string;
  recoverAt: string;
};

type RangeValues = { lower: string; upper: string; unit: string };

export type GroupValues = {
  code: string;
  label: string;
  control: boolean;
  /** From high to low, as typed: "10, 7.5, 5, 2.5". */
  doseLevels: string;
  startingDose: string;
};

/** The protocol as it is typed: the document of the API, with its numbers as texts. Names are the document's paths. */
export type ProtocolFormValues = {
  /** Of an amendment: why, and from when on the study's clock; blank is from its signature on. */
  reason: string;
  effectiveFrom: string;
  /** Of an amendment: the levels of animals whose group has none of its own. */
  doseLevels: string;
  doseUnit: string;
  groups: GroupValues[];
  restartDecrement: string;
  feverCelsius: string;
  febrileWindowHours: string;
  neutrophils: CutOffValues;
  platelets: CutOffValues;
  otherRecoverGrade: string;
  /** Nothing is chosen for the study director. */
  resumePolicy: "" | "automatic" | "on-order";
  doseTolerancePercent: string;
  discontinueFindings: { term: string; grade: string }[];
  /** Blank: not graded. */
  laboratoryTerms: Record<LaboratoryTerm, "" | LaboratoryUse>;
  referenceRanges: Record<RangedMeasurement, RangeValues>;
};

const text = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));

const cutOffs = (block: ProtocolVersion["neutrophils"]): CutOffValues => ({
  basis: block.basis,
  grade2Below: text(block.grade2Below),
  grade3Below: text(block.grade3Below),
  grade4Below: text(block.grade4Below),
  recoverAt: text(block.recoverAt),
});

const rangesOf = (ranges: ProtocolVersion["referenceRanges"] | null): ProtocolFormValues["referenceRanges"] =>
  Object.fromEntries(
    RANGED_MEASUREMENTS.map((measurement): [RangedMeasurement, RangeValues] => {
      const limits = ranges?.[measurement];
      return [
        measurement,
        { lower: text(limits?.lower), upper: text(limits?.upper), unit: limits?.unit ?? canonicalUnit(measurement) },
      ];
    }),
  ) as ProtocolFormValues["referenceRanges"];

const usesOf = (terms: ProtocolVersion["laboratoryTerms"]): ProtocolFormValues["laboratoryTerms"] =>
  Object.fromEntries(
    LABORATORY_TERMS.map((term) => [term, terms[term] ?? ""]),
  ) as ProtocolFormValues["laboratoryTerms"];

export const NEW_GROUP: GroupValues = { code: "", label: "", control: false, doseLevels: "", startingDose: "" };

/**
 * The amendment that the form makes: its number, and the version that it amends; null for a study's first version. Times
 * are of the study's clock.
 */
export type Amending = { readonly timeZone: string; readonly version: number; readonly base: ProtocolVersion } | null;

const typedInstant = ({ status, effectiveFrom }: ProtocolVersion, amending: Amending): string =>
  amending === null || status !== "DRAFT" || effectiveFrom === null
    ? ""
    : localTimeTyped(Date.parse(effectiveFrom), amending.timeZone);

/** A saved draft, or the version to be amended, as the form shows it; without one, the source's values. */
export const formValuesOf = (saved: ProtocolVersion | null, amending: Amending): ProtocolFormValues =>
  saved === null
    ? {
        reason: "",
        effectiveFrom: "",
        doseLevels: "",
        doseUnit: "mg/kg",
        groups: [
          { code: "C", label: "Control, vehicle", control: true, doseLevels: "", startingDose: "0" },
          { ...NEW_GROUP, code: "G1", label: "Low dose" },
        ],
        restartDecrement: text(PROTOCOL_DEFAULTS.restartDecrement),
        feverCelsius: text(PROTOCOL_DEFAULTS.feverCelsius),
        febrileWindowHours: text(PROTOCOL_DEFAULTS.febrileWindowHours),
        neutrophils: cutOffs(PROTOCOL_DEFAULTS.neutrophils),
        platelets: cutOffs(PROTOCOL_DEFAULTS.platelets),
        otherRecoverGrade: text(PROTOCOL_DEFAULTS.otherRecoverGrade),
        resumePolicy: "",
        doseTolerancePercent: text(PROTOCOL_DEFAULTS.doseTolerancePercent),
        discontinueFindings: PROTOCOL_DEFAULTS.discontinueFindings.map(({ term, grade }) => ({
          term,
          grade: text(grade),
        })),
        laboratoryTerms: usesOf(PROTOCOL_DEFAULTS.laboratoryTerms),
        referenceRanges: rangesOf(null),
      }
    : {
        reason: saved.status === "DRAFT" ? (saved.reason ?? "") : "",
        effectiveFrom: typedInstant(saved, amending),
        doseLevels: saved.doseLevels.join(", "),
        doseUnit: saved.doseUnit,
        groups: saved.groups.map(({ code, label, control, doseLevels, startingDose }) => ({
          code,
          label,
          control,
          doseLevels: doseLevels.join(", "),
          startingDose: text(startingDose),
        })),
        restartDecrement: text(saved.restartDecrement),
        feverCelsius: text(saved.feverCelsius),
        febrileWindowHours: text(saved.febrileWindowHours),
        neutrophils: cutOffs(saved.neutrophils),
        platelets: cutOffs(saved.platelets),
        otherRecoverGrade: text(saved.otherRecoverGrade),
        resumePolicy: saved.resumePolicy ?? "",
        doseTolerancePercent: text(saved.doseTolerancePercent),
        discontinueFindings: saved.discontinueFindings.map(({ term, grade }) => ({ term, grade: text(grade) })),
        laboratoryTerms: usesOf(saved.laboratoryTerms),
        referenceRanges: rangesOf(saved.referenceRanges),
      };

type Reading = { readonly faults: FieldFault[] };

/** A typed number; blank is none, never zero. What is no number is noted at its path. */
const number = (typed: string, path: string, { faults }: Reading): number | null => {
  if (typed.trim() === "") return null;
  const read = readTypedNumber(typed);
  if (read.ok) return read.value.toNumber();
  faults.push({ path, code: read.fault.code, message: read.fault.message });
  return null;
};

/** A blank where the source's value would silently take its place is said instead. */
const required = (typed: string, path: string, reading: Reading): number | null => {
  if (typed.trim() === "") reading.faults.push({ path, code: "REQUIRED", message: "Type a number." });
  return number(typed, path, reading);
};

export const typedLevels = (typed: string): readonly string[] =>
  typed
    .split(/[\s;,]+/u)
    .map((level) => level.trim())
    .filter((level) => level !== "");

const levels = (typed: string, path: string, reading: Reading): number[] =>
  typedLevels(typed)
    .map((level) => number(level, path, reading))
    .filter((level) => level !== null);

const cutOffDocument = (values: CutOffValues, path: string, reading: Reading): ProtocolSettings["neutrophils"] => ({
  basis: values.basis,
  grade2Below: number(values.grade2Below, `${path}.grade2Below`, reading),
  grade3Below: required(values.grade3Below, `${path}.grade3Below`, reading),
  grade4Below: number(values.grade4Below, `${path}.grade4Below`, reading),
  recoverAt: required(values.recoverAt, `${path}.recoverAt`, reading),
});

const rangeDocument = (values: RangeValues, path: string, reading: Reading) => ({
  lower: number(values.lower, `${path}.lower`, reading),
  upper: number(values.upper, `${path}.upper`, reading),
  unit: values.unit.trim() === "" ? null : values.unit.trim(),
});

const groupDocuments = ({ groups }: ProtocolFormValues, reading: Reading): ProtocolSettings["groups"] =>
  groups.map((group, index) => {
    const path = `groups[${String(index)}]`;
    return {
      code: group.code,
      label: group.label.trim() === "" ? null : group.label,
      control: group.control,
      doseLevels: group.control ? [] : levels(group.doseLevels, `${path}.doseLevels`, reading),
      startingDose: group.control ? 0 : required(group.startingDose, `${path}.startingDose`, reading),
    };
  });

/** An hour that the clocks show twice is the earlier one. */
const instantDocument = (typed: string, timeZone: string, { faults }: Reading): string | null => {
  if (typed.trim() === "") return null;
  const [instant] = instantsOfLocalTime(typed, timeZone);
  if (instant !== undefined) return writeInstant(instant);
  const message = `There is no such time in ${timeZone}: the clocks skip it. Choose another one.`;
  faults.push({ path: "effectiveFrom", code: "INVALID_VALUE", message });
  return null;
};

/** What only an amendment has, or only a first version: the groups of a signed protocol stay as they are. */
const ownParts = (values: ProtocolFormValues, amending: Amending, reading: Reading) =>
  amending === null
    ? { groups: groupDocuments(values, reading) }
    : {
        version: amending.version,
        reason: values.reason,
        effectiveFrom: instantDocument(values.effectiveFrom, amending.timeZone, reading),
        doseLevels: levels(values.doseLevels, "doseLevels", reading),
      };

/** The document of the API, and what in the form is no number. */
export const protocolDocumentOf = (
  values: ProtocolFormValues,
  amending: Amending,
): { readonly document: ProtocolSettings; readonly faults: readonly FieldFault[] } => {
  const reading: Reading = { faults: [] };
  const document: ProtocolSettings = {
    ...ownParts(values, amending, reading),
    doseUnit: values.doseUnit,
    restartDecrement: required(values.restartDecrement, "restartDecrement", reading),
    feverCelsius: required(values.feverCelsius, "feverCelsius", reading),
    febrileWindowHours: required(values.febrileWindowHours, "febrileWindowHours", reading),
    neutrophils: cutOffDocument(values.neutrophils, "neutrophils", reading),
    platelets: cutOffDocument(values.platelets, "platelets", reading),
    otherRecoverGrade: required(values.otherRecoverGrade, "otherRecoverGrade", reading),
    resumePolicy: values.resumePolicy === "" ? null : values.resumePolicy,
    doseTolerancePercent: required(values.doseTolerancePercent, "doseTolerancePercent", reading),
    discontinueFindings: values.discontinueFindings.map(({ term, grade }, index) => ({
      term: term
        .trim()
        .toUpperCase()
        .replace(/[\s-]+/gu, "_"),
      grade: required(grade, `discontinueFindings[${String(index)}].grade`, reading) ?? 0,
    })),
    laboratoryTerms: Object.fromEntries(
      LABORATORY_TERMS.flatMap((term) => {
        const use = values.laboratoryTerms[term];
        return use === "" ? [] : [[term, use]];
      }),
    ),
    referenceRanges: Object.fromEntries(
      RANGED_MEASUREMENTS.map((measurement) => [
        measurement,
        rangeDocument(values.referenceRanges[measurement], `referenceRanges.${measurement}`, reading),
      ]),
    ),
  };
  return { document, faults: reading.faults };
};
