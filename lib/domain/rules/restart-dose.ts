import type { Decimal } from "../decimal";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { toxicityRow, type Rules } from "./compile-rules";
import type { Hold } from "./state";
import type { ToxicityRow } from "./sets/rule-set";

/** The animal's own levels where it has them, else the protocol's; from high to low. */
const doseLevelsOf = (animal: StudyAnimal, protocol: Protocol): readonly Decimal[] =>
  animal.doseLevels ?? protocol.doseLevels;

/**
 * The dose at which an animal may restart after a toxicity of this row, counted from the dose before the hold. Null:
 * none is permitted, or its levels have nothing low enough.
 */
export const restartDose = (
  row: ToxicityRow,
  doseBefore: Decimal,
  animal: StudyAnimal,
  protocol: Protocol,
): Decimal | null => {
  if (row.action === "DISCONTINUE") return null;
  const levels = doseLevelsOf(animal, protocol);
  switch (row.restart.kind) {
    case "next-lower-level":
      return levels.find((level) => level.lt(doseBefore)) ?? null;
    case "reduced": {
      const lowest = levels[levels.length - 1];
      const reduced = doseBefore.minus(protocol[row.restart.by]);
      return lowest !== undefined && reduced.gte(lowest) ? reduced : null;
    }
  }
};

/** The lowest of the restart doses of every toxicity of a hold: one hold, one reduction. Null: one of them has none. */
export const restartDoseOfHold = (
  { opened, doseBefore }: Hold,
  rules: Rules,
  animal: StudyAnimal,
  protocol: Protocol,
): Decimal | null => {
  let lowest: Decimal | null = null;
  for (const { term, grade } of opened) {
    const row = toxicityRow(rules, term, grade);
    const dose = row === null ? null : restartDose(row, doseBefore, animal, protocol);
    if (dose === null) return null;
    if (lowest === null || dose.lt(lowest)) lowest = dose;
  }
  return lowest;
};
