import { buildGroupRanges, type PanelValues } from "@/components/timeline/build-group-ranges";
import type { GroupMate } from "@/lib/contracts/animal-record";
import { daysFromFirst } from "@/lib/domain/time/study-day";

const PERCENT = 100;

/** Weights are compared as a percentage of each animal's own baseline; everything else as it was measured. */
const panelsOf = ({ firstDoseMs, baselineGrams, values }: GroupMate, timeZone: string): readonly PanelValues[] => {
  const points = new Map<PanelValues["key"], { at: number; value: number }[]>();
  for (const { measurement, observedMs, value } of values) {
    const shown = measurement === "weight" && baselineGrams !== null ? (value / baselineGrams) * PERCENT : value;
    const list = points.get(measurement) ?? [];
    list.push({ at: daysFromFirst(observedMs, firstDoseMs, timeZone), value: shown });
    points.set(measurement, list);
  }
  const baseline = baselineGrams === null ? null : { value: PERCENT, text: "" };
  return [...points].map(([key, list]) => ({ key, baseline: key === "weight" ? baseline : null, points: list }));
};

/** What the other animals of the group had on each study day, from lowest to highest. */
export const groupBand = (mates: readonly GroupMate[], timeZone: string) =>
  buildGroupRanges(mates.map((mate) => panelsOf(mate, timeZone)));
