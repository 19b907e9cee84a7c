import { px } from "@/components/charts/paths";
import type { AxisDays, DoseTrack } from "./timeline-data";

/** The levels beside the axis: those up to the highest dose that the animal ever had. */
export const shownLevels = ({ control, levels, steps, given }: DoseTrack): readonly number[] => {
  if (control) return [];
  const reached = Math.max(0, ...steps.map(({ dose }) => dose), ...given.map(({ amount }) => amount));
  const used = levels.filter((level) => level <= reached);
  const ladder = reached === 0 ? levels : used;
  const doses = [...ladder, ...steps.map(({ dose }) => dose).filter((dose) => dose > 0)];
  return [...new Set(doses)].sort((one, other) => other - one);
};

/**
 * The dose in force as a stepped line and the surface under it. Where nothing may be given, the line runs along zero; it
 * ends where dosing ends.
 */
export const stepOutline = (
  { control, steps, until }: DoseTrack,
  x: (at: AxisDays) => number,
  y: (dose: number) => number,
): { readonly line: string; readonly area: string } => {
  const first = steps[0];
  if (first === undefined || control) return { line: "", area: "" };
  const start = `M${String(px(x(first.at)))} ${String(px(y(0)))}`;
  const moves = steps.map(({ at, dose }) => `H${String(px(x(at)))}V${String(px(y(dose)))}`).join("");
  const end = `H${String(px(Math.max(x(until), x(first.at))))}`;
  return { line: `${start}${moves}${end}`, area: `${start}${moves}${end}V${String(px(y(0)))}Z` };
};
