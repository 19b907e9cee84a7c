import type { StudyAnimal } from "../study/protocol";
import type { DoseEntry } from "./log-entry";

/** A dose of more than 0 was given, and a control animal's vehicle unless there is a reason why it was not. */
export const isGiven = ({ control }: Pick<StudyAnimal, "control">, { amount, notGiven }: DoseEntry): boolean =>
  !amount.isZero() || (control && !notGiven);
