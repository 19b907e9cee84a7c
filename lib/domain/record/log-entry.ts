import type { Decimal } from "../decimal";

/** An instant: milliseconds since 1970-01-01T00:00Z, and the text it was written as (with its offset). */
export type Instant = { readonly ms: number; readonly text: string };

/** `<` compares as just below the number, `>` as just above it. */
export type Qualifier = "<" | ">";

/**
 * A measured value in its canonical unit (g, 10⁹/L, U/L, °C, hemoglobin g/dL, creatinine mg/dL; bilirubin in the unit of
 * its reference range).
 */
export type Measured = { readonly value: Decimal; readonly qualifier: Qualifier | null };

/** A clinical finding with the grade (0 to 5) that the observer gave it. */
export type Finding = { readonly term: string; readonly grade: number };

type Recorded = {
  readonly id: string;
  readonly animal: string;
  readonly recordedAt: Instant;
};

type Observed = Recorded & {
  readonly observedAt: Instant;
  /** The id of the entry that this one corrects, whole. */
  readonly corrects: string | null;
};

/** `grams` is null only where the weighing was not done, with the reason kept beside it. */
export type WeightEntry = Observed & { readonly kind: "weight"; readonly grams: Measured | null };

export type CbcEntry = Observed & {
  readonly kind: "cbc";
  readonly neutrophils: Measured | null;
  readonly platelets: Measured | null;
  readonly wbc: Measured | null;
  readonly lymphocytes: Measured | null;
  readonly hemoglobin: Measured | null;
};

export type LftEntry = Observed & {
  readonly kind: "lft";
  readonly alt: Measured | null;
  readonly ast: Measured | null;
  readonly bilirubin: Measured | null;
  readonly alp: Measured | null;
  readonly ggt: Measured | null;
  readonly creatinine: Measured | null;
};

export type ObservationEntry = Observed & {
  readonly kind: "observation";
  readonly temperature: Measured | null;
  readonly findings: readonly Finding[];
  readonly exfoliation: boolean;
  readonly bullae: boolean;
  /** The reason is beside it in the document. What the entry carries is judged all the same. */
  readonly notMade: boolean;
};

export type DoseEntry = Observed & {
  readonly kind: "dose";
  readonly amount: Decimal;
  /** An amount of 0 with its reason beside it in the document. */
  readonly notGiven: boolean;
};

export type OrderEntry = Observed & { readonly kind: "order" } & (
    { readonly action: "WITHHOLD" | "DISCONTINUE" } | { readonly action: "RESUME" | "SET_DOSE"; readonly dose: Decimal }
  );

export type DispositionEntry = Observed & {
  readonly kind: "disposition";
  readonly outcome: "DIED" | "EUTHANIZED" | "REMOVED";
};

/** What was seen, measured, given, ordered: everything that has a place in the order of replay. */
export type ObservedEntry =
  WeightEntry | CbcEntry | LftEntry | ObservationEntry | DoseEntry | OrderEntry | DispositionEntry;

/** Takes a record, in all its versions, out of the history for good. The log keeps it. */
export type VoidEntry = Recorded & { readonly kind: "void"; readonly voids: string };

export type LogEntry = ObservedEntry | VoidEntry;
export type EntryKind = ObservedEntry["kind"];
