import type { Decimal } from "../decimal";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { rowForTerm } from "./decision-table";

/** The animal's own ladder where it has one, else the protocol's; from high to low. */
const doseLevelsOf = (animal: StudyAnimal, protocol: Protocol): readonly Decimal[] =>
  animal.doseLevels ?? protocol.doseLevels;

/**
 * The dose at which an animal may restart after this toxicity, counted from the dose before the hold. Null: none is
 * permitted, the ladder has nothing low enough.
 */
export const restartDose = (
  term: string,
  doseBefore: Decimal,
  animal: StudyAnimal,
  protocol: Protocol,
): Decimal | null => {
  const levels = doseLevelsOf(animal, protocol);
  const { restart } = rowForTerm(term);
  switch (restart) {
    case "NEXT_LOWER_LEVEL":
      return levels.find((level) => level.lt(doseBefore)) ?? null;
    case "DOSE_LESS_DECREMENT": {
      const lowest = levels[levels.length - 1];
      const reduced = doseBefore.minus(protocol.restartDecrement);
      return lowest !== undefined && reduced.gte(lowest) ? reduced : null;
    }
    case "NONE":
      return null;
  }
};

/** The lowest of the restart doses of every toxicity of a hold: one hold, one reduction. Null: one of them has none. */
export const restartDoseOfHold = (
  terms: readonly string[],
  doseBefore: Decimal,
  animal: StudyAnimal,
  protocol: Protocol,
): Decimal | null => {
  let lowest: Decimal | null = null;
  for (const term of terms) {
    const dose = restartDose(term, doseBefore, animal, protocol);
    if (dose === null) return null;
    if (lowest === null || dose.lt(lowest)) lowest = dose;
  }
  return lowest;
};
