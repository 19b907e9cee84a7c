import { Decimal } from "../decimal";
import type {
  Comparison,
  ConditionVerdict,
  MeasuredSubject,
  Missing,
  StatedValue,
  Subject,
} from "../rules/explanation";
import { toxicityWord } from "./animal-words";
import { withUnit } from "./with-unit";

const MEASURED: Readonly<Record<MeasuredSubject, string>> = {
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

export const subjectWords = (subject: Subject): string => {
  switch (subject.kind) {
    case "measurement":
      return MEASURED[subject.measurement];
    case "grade":
      return toxicityWord(subject.term);
    case "sign":
      return `skin ${subject.sign}`;
    case "interval":
      return "time between count and temperature";
  }
};

/** A limit in as many decimals as its measurement is written with: neutrophils and temperatures have one at least. */
export const numberText = (number: string, subject: Subject): string => {
  const value = new Decimal(number);
  const isTenths =
    subject.kind === "measurement" && (subject.measurement === "neutrophils" || subject.measurement === "temperature");
  return value.toFixed(Math.max(value.decimalPlaces(), isTenths ? 1 : 0));
};

type Quantity = Pick<StatedValue, "value" | "unit"> & { readonly qualifier?: StatedValue["qualifier"] };

/** "<0.2 × 10⁹/L", "grade 3". */
export const quantityText = ({ value, unit, qualifier }: Quantity, subject: Subject): string =>
  subject.kind === "grade" ? `grade ${value}` : withUnit(`${qualifier ?? ""}${numberText(value, subject)}`, unit ?? "");

/** Comparisons as signs; what is only seen or not has none. */
export const COMPARISON_SIGNS: Readonly<Record<Comparison, string>> = {
  below: "<",
  atMost: "≤",
  above: ">",
  atLeast: "≥",
  recorded: "",
};

/** What was missing, as it follows the name of what was looked for. */
export const MISSING_WORDS: Readonly<Record<Missing, string>> = {
  NOT_IN_ENTRY: "not in this entry",
  NO_VALUE_YET: "no value yet",
  NO_REFERENCE_RANGE: "no reference range in the protocol",
  NO_BASELINE: "no baseline",
  BEFORE_FIRST_DOSE: "no baseline before the first dose",
  NOT_NAMED: "not graded by the protocol",
};

/** "5 × ULN", "33% of baseline": a cut-off that is a part of another value; null where it is a number of its own. */
export const relativeCutOff = ({ cutOff }: Pick<ConditionVerdict, "cutOff">): string | null => {
  if (cutOff === null) return null;
  const { origin } = cutOff;
  switch (origin.kind) {
    case "upperLimit":
      return `${origin.times} × ULN`;
    case "baseline":
      return `${origin.times} × baseline`;
    case "setting":
      return origin.percentOfBaseline === null ? null : `${origin.percentOfBaseline}% of baseline`;
    case "rule":
      return null;
  }
};
