import type { NamedSpecies, Species } from "../plausibility/species";
import type { UnitSet } from "../units/unit-sets";
import type { MeasuredKind } from "./kinds";

/** Lowest and highest, both still inside, in the canonical unit. */
export type Range = readonly [low: string, high: string];

/** A change since the last value that is asked about: more than so much, within so many days. First match counts. */
export type ChangeLimit = {
  readonly withinDays: number;
  readonly more: { readonly percent: string } | { readonly amount: string };
};

/** All that is known of one analyte, or of weight and temperature: everything else is made from it. */
export type AnalyteDefinition = {
  /** The key of its value in a `dose-history/1` entry. */
  readonly field: string;
  readonly kind: MeasuredKind;
  readonly label: string;
  /** SEND's test code and test name (CT 2025-09-26). */
  readonly send: { readonly testCode: string; readonly test: string };
  readonly units: UnitSet;
  /** Digits after the point that laboratories print in the canonical unit. */
  readonly decimals: number;
  /**
   * What rules do with it: `dose` values can hold a dose, `laboratory` values are graded where a protocol names their
   * term, `none` is kept for people. The format knows only the first two (dose-rules, section 2).
   */
  readonly rules: "dose" | "laboratory" | "none";
  /**
   * Outside these a value is refused. They are set where no living animal of any age, strain or illness can be, so that
   * a true value is never refused.
   */
  readonly possible: Range | Readonly<Record<Species, Range>>;
  /**
   * Outside these a second reading is asked for, by species; `any` where species differ little. They are wide on
   * purpose: a sick animal of a study may touch them, a slip of the decimal point or the unit usually crosses them. They
   * are no reference ranges and grade nothing.
   */
  readonly expected: Readonly<Partial<Record<NamedSpecies | "any", Range>>>;
  readonly changeLimits?: readonly ChangeLimit[];
  /** Where both values lie below this, a large ratio is the analyzer's last digit, not a slip. */
  readonly slipFloor?: string;
};
