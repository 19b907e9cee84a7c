import type { Decimal } from "../decimal";

/** A dose group of a study: its ladder from high to low, in the protocol's dose unit; a control group starts at 0. */
export type DoseGroup = {
  readonly code: string;
  readonly label: string;
  readonly control: boolean;
  /** Empty only for a control group. */
  readonly doseLevels: readonly Decimal[];
  readonly startingDose: Decimal;
};

/** Every level of the groups, from high to low: the protocol's own levels where it names none. */
export const levelsOfGroups = (groups: readonly DoseGroup[]): readonly Decimal[] => {
  const levels: Decimal[] = [];
  for (const level of groups.flatMap((group) => group.doseLevels)) {
    if (!levels.some((other) => other.eq(level))) levels.push(level);
  }
  return levels.sort((left, right) => right.cmp(left));
};
