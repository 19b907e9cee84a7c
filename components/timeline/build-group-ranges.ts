import type { GroupRange, PanelKey, ValuePanel } from "./timeline-data";

/** Fewer animals on a day are not a group. */
const FEWEST_ANIMALS = 3;
const NOON = 0.5;

/** Weights compare only as percentages of each animal's own baseline. */
const isComparable = ({ key, baseline }: ValuePanel): boolean => key !== "weight" || baseline !== null;

/** The lowest and highest value of each study day among animals of one group, from their panels. */
export const buildGroupRanges = (
  animals: readonly (readonly ValuePanel[])[],
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
