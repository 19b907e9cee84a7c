import type { Explanation } from "@/lib/domain/rules/explanation";
import type { Action, Citation, GradedTerm } from "@/lib/domain/rules/history";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import type { SummaryMeasurement } from "@/lib/domain/animal/animal-summary";
import type { Protocol } from "@/lib/domain/study/protocol";
import type { MadeChange } from "./animal-changes";
import type { Animal } from "./animals";
import type { EntryDetails } from "./entries/entry-details";

/** An entry of the log as the engine reads it, with what only people read. */
export type RecordedEntry = {
  readonly entry: LogEntry;
  readonly details: EntryDetails;
  /** The name of who recorded it, as it is now, or as an imported bundle says. */
  readonly recordedBy: string | null;
  /** The account that recorded it; null for an imported entry. */
  readonly recorderId: string | null;
};

/** A decision as it was stored when it was made. Doses are decimals as text. */
export type StoredDecision = {
  readonly entry: string;
  readonly action: Action;
  readonly rules: readonly Citation[];
  readonly fromDose: string;
  readonly toDose: string;
  readonly toxicities: readonly GradedTerm[];
  readonly sentence: string;
  readonly explanation: Explanation;
  readonly observedMs: number;
  /** From when on it was part of the history as known, and until when; null: it stands. */
  readonly recordedMs: number;
  readonly untilMs: number | null;
};

/** A value of another animal of the group, in its canonical unit. */
export type GroupValue = {
  readonly measurement: SummaryMeasurement;
  readonly observedMs: number;
  readonly value: number;
};

/** Another animal of the group: what its values are placed and compared by, and those that stand. */
export type GroupMate = {
  readonly firstDoseMs: number;
  readonly baselineGrams: number | null;
  readonly values: readonly GroupValue[];
};

/** What was recorded of one animal, and what followed from it. */
export type RecordOfAnimal = {
  readonly animalId: number;
  /** By its own record as known at the instant asked about. */
  readonly animal: Animal;
  /** Those that judge its entries, as signed by then; empty before there is any. */
  readonly protocols: readonly Protocol[];
  /** In the order in which it was stored. */
  readonly log: readonly RecordedEntry[];
  /** In the order of replay; those that no longer stand too. */
  readonly decisions: readonly StoredDecision[];
};

/** All that is known of one animal, and what its group had. */
export type AnimalRecord = RecordOfAnimal & {
  /** Its tag now, whatever it was at the instant asked about. */
  readonly tagNow: string;
  /** As they are now, whatever instant is asked about. */
  readonly groupMates: readonly GroupMate[];
  /** When anything of it became known, also after the instant asked about: its entries, and the changes of its own record. */
  readonly learntMs: readonly number[];
  /** Of its own record up to the instant asked about, the latest first. */
  readonly changes: readonly MadeChange[];
};
