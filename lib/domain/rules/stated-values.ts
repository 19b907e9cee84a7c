import type { Decimal } from "../decimal";
import type { CannotGrade } from "../grading/edges";
import type { Measured } from "../record/log-entry";
import type { Protocol } from "../study/protocol";
import type {
  Comparison,
  ConditionVerdict,
  CutOffOrigin,
  MeasuredSubject,
  Missing,
  StatedValue,
  Verdict,
} from "./explanation";
import type { Scene } from "./scene";

/** Bilirubin is measured in the unit of its reference range, which the protocol may leave out. */
const unitOf = (subject: MeasuredSubject, protocol: Protocol): string | null => {
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
      return protocol.referenceRanges.bilirubin.unit;
    case "weight":
      return "g";
    case "temperature":
      return "°C";
  }
};

export type CutOff = { readonly at: Decimal; readonly origin: CutOffOrigin };

/** What was measured and in which entry, or why there is nothing to compare. */
export type Given = { readonly measured: Measured; readonly entry: string } | Missing;

export const givenIn = (measured: Measured | null, { entry }: Scene): Given =>
  measured === null ? "NOT_IN_ENTRY" : { measured, entry: entry.id };

export const givenLatest = (latest: Exclude<Given, Missing> | null): Given => latest ?? "NO_VALUE_YET";

/** What a cut-off is a part of: the animal's baseline, or the upper limit of normal. */
const isPartOf = (origin: CutOffOrigin | null, kind: "baseline" | "upperLimit"): boolean =>
  origin?.kind === kind || (kind === "baseline" && origin?.kind === "setting" && origin.percentOfBaseline !== null);

const ownBaseline = (subject: MeasuredSubject, scene: Scene): StatedValue | null => {
  const own = subject === "temperature" ? null : (scene.baseline?.values[subject] ?? null);
  if (own === null) return null;
  return { value: own.value.toFixed(), qualifier: null, unit: unitOf(subject, scene.protocol), entry: own.entry };
};

const upperLimitOf = (subject: MeasuredSubject, { protocol }: Scene): ConditionVerdict["upperLimit"] => {
  const upper = subject === "weight" || subject === "temperature" ? null : protocol.referenceRanges[subject].upper;
  return upper === null ? null : { value: upper.toFixed(), unit: unitOf(subject, protocol) };
};

type Compared = {
  readonly subject: MeasuredSubject;
  readonly given: Given;
  readonly comparison: Comparison;
  readonly cutOff: CutOff | CannotGrade;
};

/** A comparison of a measured value, as it was judged. */
export const statedComparison = (
  scene: Scene,
  verdict: Verdict,
  { subject, given, comparison, cutOff }: Compared,
): ConditionVerdict => {
  const unit = unitOf(subject, scene.protocol);
  const value: StatedValue | null =
    typeof given === "string"
      ? null
      : { value: given.measured.value.toFixed(), qualifier: given.measured.qualifier, unit, entry: given.entry };
  const noCutOff = typeof cutOff === "string" ? cutOff : null;
  const origin = typeof cutOff === "string" ? null : cutOff.origin;
  return {
    subject: { kind: "measurement", measurement: subject },
    verdict,
    value,
    comparison,
    cutOff: typeof cutOff === "string" ? null : { value: cutOff.at.toFixed(), unit, origin: cutOff.origin },
    baseline: isPartOf(origin, "baseline") ? ownBaseline(subject, scene) : null,
    upperLimit: isPartOf(origin, "upperLimit") ? upperLimitOf(subject, scene) : null,
    missing: typeof given === "string" ? given : noCutOff,
  };
};

const BARE = { value: null, cutOff: null, baseline: null, upperLimit: null, missing: null } as const;

/** A comparison of the grade of a term. */
export const statedGrade = (
  { entry }: Scene,
  verdict: Verdict,
  term: string,
  grade: number | null,
  comparison: Comparison,
  cutOff: number,
  origin: CutOffOrigin,
): ConditionVerdict => ({
  ...BARE,
  subject: { kind: "grade", term },
  verdict,
  value: grade === null ? null : { value: String(grade), qualifier: null, unit: null, entry: entry.id },
  comparison,
  cutOff: { value: String(cutOff), unit: null, origin },
  missing: grade === null ? "NOT_IN_ENTRY" : null,
});

export const statedSign = (verdict: Verdict, sign: "exfoliation" | "bullae"): ConditionVerdict => ({
  ...BARE,
  subject: { kind: "sign", sign },
  verdict,
  comparison: "recorded",
  missing: verdict === "NOT_EVALUABLE" ? "NOT_IN_ENTRY" : null,
});

const hours = (milliseconds: number): string => String(Math.round(milliseconds / 36_000) / 100);

/** The time between a count and a temperature, to a hundredth of an hour. */
export const statedInterval = (verdict: Verdict, apartMs: number | null, withinMs: number): ConditionVerdict => ({
  ...BARE,
  subject: { kind: "interval" },
  verdict,
  value: apartMs === null ? null : { value: hours(apartMs), qualifier: null, unit: "h", entry: null },
  comparison: "atMost",
  cutOff: {
    value: String(withinMs / 3_600_000),
    unit: "h",
    origin: { kind: "setting", setting: "febrileWindowHours", percentOfBaseline: null },
  },
  missing: apartMs === null ? "NO_VALUE_YET" : null,
});
