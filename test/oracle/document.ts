/** The `dose-history/1` document as plain JSON, as the oracle reads it. Null counts as absent. */
export type Optional<Value> = Value | null | undefined;

export type RangedField =
  | "neutrophils"
  | "platelets"
  | "alt"
  | "ast"
  | "bilirubin"
  | "alp"
  | "ggt"
  | "creatinine"
  | "hemoglobin"
  | "wbc"
  | "lymphocytes";
export type MeasuredField = RangedField | "grams" | "temperature";

export type FindingDocument = { term: string; grade: number };

export type CutOffsDocument = {
  basis?: Optional<string>;
  grade2Below?: Optional<number>;
  grade3Below?: Optional<number>;
  grade4Below?: Optional<number>;
  recoverAt?: Optional<number>;
};

export type RangeDocument = { lower?: Optional<number>; upper?: Optional<number>; unit?: Optional<string> };

export type ProtocolDocument = {
  version: number;
  effectiveFrom?: Optional<string>;
  ruleSet?: Optional<string>;
  doseUnit: string;
  doseLevels: number[];
  restartDecrement?: Optional<number>;
  feverCelsius?: Optional<number>;
  febrileWindowHours?: Optional<number>;
  neutrophils?: Optional<CutOffsDocument>;
  platelets?: Optional<CutOffsDocument>;
  otherRecoverGrade?: Optional<number>;
  resumePolicy?: Optional<string>;
  doseTolerancePercent?: Optional<number>;
  discontinueFindings?: Optional<FindingDocument[]>;
  laboratoryTerms?: Optional<Record<string, Optional<string>>>;
  referenceRanges?: Optional<Partial<Record<RangedField, Optional<RangeDocument>>>>;
  calendar?: unknown;
};

export type AnimalDocument = {
  id: string;
  startingDose: number;
  control?: Optional<boolean>;
  doseLevels?: Optional<number[]>;
};

/** Every key that any kind of entry can carry: a void has neither `kind` nor `observedAt`. */
export type EntryDocument = Partial<Record<MeasuredField, Optional<number>>> & {
  id: string;
  animal: string;
  kind?: Optional<string>;
  observedAt?: Optional<string>;
  recordedAt: string;
  findings?: Optional<FindingDocument[]>;
  skin?: Optional<{ exfoliation?: Optional<boolean>; bullae?: Optional<boolean> }>;
  amount?: Optional<number>;
  action?: Optional<string>;
  dose?: Optional<number>;
  outcome?: Optional<string>;
  reason?: Optional<string>;
  qualifiers?: Optional<Partial<Record<MeasuredField, Optional<string>>>>;
  notDone?: unknown;
  corrects?: Optional<string>;
  voids?: Optional<string>;
};

export type BundleDocument = {
  format: string;
  study: { code: string; species: string; timeZone: string };
  protocols: ProtocolDocument[];
  animals: AnimalDocument[];
  entries: EntryDocument[];
};
