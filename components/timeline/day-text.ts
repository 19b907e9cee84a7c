import type { AxisDays, TimelineAxis } from "./timeline-data";

/** "day 8", "day −1": the study day in which a point of the axis lies. There is no day 0. */
export const dayText = (at: AxisDays): string => {
  const day = Math.floor(at);
  return day >= 0 ? `day ${String(day + 1)}` : `day −${String(-day)}`;
};

/** "12 Jan 2026": the date in which a point of the axis lies; empty outside it. */
export const dateText = (axis: TimelineAxis, at: AxisDays): string => {
  const date = axis.dates[Math.floor(at) - axis.from];
  return date === undefined ? "" : `${date.dayMonth} ${String(date.year)}`;
};
