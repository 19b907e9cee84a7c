import type { GroupRange, MeasuredPoint, PanelKey, ValuePanel } from "./timeline-data";

/** Of a panel what a range is made from. */
export type PanelValues = Pick<ValuePanel, "key" | "baseline"> & {
  readonly points: readonly Pick<MeasuredPoint, "at" | "value">[];
};

/** Fewer animals on a day are not a group. */
const FEWEST_ANIMALS = 3;
const NOON = 0.5;

/** Weights compare only as percentages of each animal's own baseline. */
const isComparable = ({ key, baseline }: PanelValues): boolean => key !== "weight" || baseline !== null;

/** The lowest and highest value of each study day among animals of one group. */
export const buildGroupRanges = (
  animals: readonly (readonly PanelValues[])[],
): Partial<Readonly<Record<PanelKey, readonly GroupRange[]>>> => {
  const valuesOf = new Map<PanelKey, Map<number, Map<number, readonly number[]>>>();
  animals.forEach((panels, animal) => {
    for (const panel of panels.filter(isComparable)) {
      const days = valuesOf.get(panel.key) ?? new Map<number, Map<number, readonly number[]>>();
      valuesOf.set(panel.key, days);
      for (const { at, value } of panel.points) {
        const day = days.get(Math.floor(at)) ?? new Map<number, readonly number[]>();
        days.set(Math.floor(at), day.set(animal, [...(day.get(animal) ?? []), value]));
      }
    }
  });
  const rangesOf = (days: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>): readonly GroupRange[] =>
    [...days]
      .filter(([, byAnimal]) => byAnimal.size >= FEWEST_ANIMALS)
      .sort(([one], [other]) => one - other)
      .map(([day, byAnimal]) => {
        const values = [...byAnimal.values()].flat();
        return { at: day + NOON, low: Math.min(...values), high: Math.max(...values) };
      });
  return Object.fromEntries([...valuesOf].map(([key, days]) => [key, rangesOf(days)]));
};
