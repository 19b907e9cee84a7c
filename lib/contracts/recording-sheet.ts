import type { EntryKind, Qualifier } from "../domain/entries/log-entry";
import type { Status } from "../domain/dose-rules/history";
import type { MeasuredField } from "../domain/measurements/measured-fields";

/** A value that stands: decimal text in the study's unit of that field, and when it was taken. */
export type StandingValue = {
  readonly value: string;
  readonly qualifier: Qualifier | null;
  readonly observedMs: number;
  /** The unit it was typed in; a form offers the same again. */
  readonly typedUnit: string | null;
};

export type OrderAction = "WITHHOLD" | "RESUME" | "SET_DOSE" | "DISCONTINUE";

/** What a technician needs to know of an animal while recording something of it. Amounts in the protocol's dose unit. */
export type AnimalOnSheet = {
  readonly tag: string;
  readonly sex: "F" | "M" | "U" | null;
  readonly group: string | null;
  readonly room: string | null;
  readonly cage: string | null;
  readonly control: boolean;
  readonly startingDose: string;
  /** From high to low; empty where neither its group nor the protocol has any. */
  readonly doseLevels: readonly string[];
  readonly status: Status;
  readonly openToxicities: readonly string[];
  readonly dose: string;
  readonly doseBeforeHold: string | null;
  /** What the latest standing decision says, and when it was observed; null before the first. */
  readonly lastDecision: {
    readonly sentence: string;
    readonly observedMs: number;
    readonly proposedDose: string | null;
  } | null;
  readonly firstDoseMs: number | null;
  readonly last: Readonly<Partial<Record<MeasuredField, StandingValue>>>;
  readonly baseline: Readonly<Partial<Record<MeasuredField, { readonly value: string; readonly observedMs: number }>>>;
  /** When an entry of a kind was last observed. */
  readonly lastOfKind: Readonly<Partial<Record<EntryKind, number>>>;
  readonly lastAmount: string | null;
};

/** Everything that the entry forms of a study start from, read at one instant of the database's clock. */
export type RecordingSheet = {
  readonly study: { readonly code: string; readonly species: string; readonly timeZone: string };
  /** A protocol has been signed or imported: doses and orders can be recorded. */
  readonly active: boolean;
  readonly units: { readonly bilirubin: string | null; readonly dose: string | null };
  readonly nowMs: number;
  /** Kinds that the reader may record, and the orders that the reader may give. */
  readonly kinds: readonly EntryKind[];
  readonly orders: readonly OrderAction[];
  readonly animals: readonly AnimalOnSheet[];
};
