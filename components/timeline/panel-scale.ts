import { linearScale, logScale, type ValueScale } from "@/components/charts/scale";
import type { Extent } from "./layout";
import type { ValuePanel } from "./timeline-data";

const TICK_SPACING = 15;
/** Up to which share of the baseline a weight panel always reaches, in per cent. */
const WEIGHT_SPAN = [94, 104] as const;
const BAND_ROOM = 1.6;
const LIVER_ROOM = 1.25;

/** Beyond the values, what they are compared with: for counts the edge of a hold, for rising values the next edge up. */
const contextValues = (panel: ValuePanel): readonly number[] => {
  const edge = (grade: number): readonly number[] =>
    panel.bands.filter((band) => band.grade === grade).flatMap(({ low }) => low ?? []);
  switch (panel.key) {
    case "neutrophils":
    case "platelets":
      return panel.bands.flatMap(({ grade, high }) => (grade === 3 && high !== null ? [high / BAND_ROOM] : []));
    case "alt":
    case "ast":
    case "bilirubin": {
      const highest = Math.max(...panel.points.map(({ value }) => value));
      const next = [2, 3, 4].flatMap(edge).filter((value) => value > highest);
      return next.length === 0 ? [] : [Math.min(...next) * LIVER_ROOM];
    }
    case "weight":
      return panel.baseline === null ? [] : WEIGHT_SPAN;
    case "temperature":
      return panel.references.map(({ value }) => value);
  }
};

/** The value axis of a panel: all that was measured, the baseline, the group, and the edge that matters. */
export const panelScale = (panel: ValuePanel, { top, bottom }: Extent): ValueScale => {
  const values = [
    ...panel.points.flatMap(({ value, formerly }) => [value, ...formerly.map((former) => former.value)]),
    ...(panel.baseline === null ? [] : [panel.baseline.value]),
    ...panel.groupRange.flatMap(({ low, high }) => [low, high]),
    ...contextValues(panel),
  ];
  const request = { values, top, bottom, maxTicks: Math.max(2, Math.floor((bottom - top) / TICK_SPACING)) };
  return panel.scale === "log" ? logScale(request) : linearScale(request);
};
