import type { Decimal } from "../decimal";
import type { Measured } from "../record/log-entry";
import type { BaselineMeasurement } from "../grading/criteria";
import type { Protocol } from "../study/protocol";
import type { StatedValue } from "./explanation";

export type Subject = BaselineMeasurement | "temperature";

const NAMES: Readonly<Record<Subject, string>> = {
  neutrophils: "neutrophils",
  platelets: "platelets",
  alt: "ALT",
  ast: "AST",
  bilirubin: "bilirubin",
  alp: "ALP",
  ggt: "GGT",
  creatinine: "creatinine",
  weight: "body weight",
  temperature: "temperature",
};

export const subjectName = (subject: Subject): string => NAMES[subject];

/** Bilirubin is measured in the unit of its reference range, which the protocol names. */
export const unitOf = (subject: Subject, protocol: Protocol): string => {
  switch (subject) {
    case "neutrophils":
    case "platelets":
      return "10⁹/L";
    case "alt":
    case "ast":
    case "alp":
    case "ggt":
      return "U/L";
    case "creatinine":
      return "mg/dL";
    case "bilirubin":
      return protocol.referenceRanges.bilirubin.unit ?? "in the unit of its range";
    case "weight":
      return "g";
    case "temperature":
      return "°C";
  }
};

/** For people: exactly, so that a value beside a cut-off is seen beside it; neutrophils and temperatures with a decimal at least. */
export const shownDecimal = (value: Decimal, subject: Subject | null): string => {
  const least = subject === "neutrophils" || subject === "temperature" ? 1 : 0;
  return value.toFixed(Math.max(value.decimalPlaces(), least));
};

export const statedMeasured = (
  { value, qualifier }: Measured,
  subject: Subject,
  protocol: Protocol,
  entry: string,
): StatedValue => ({ value: value.toFixed(), qualifier, unit: unitOf(subject, protocol), entry });

/** "SKIN_ULCERATION" → "skin ulceration". */
export const termName = (term: string): string => term.toLowerCase().replaceAll("_", " ");
