import { dayText } from "./day-text";
import type { AxisDays, TimelineAxis } from "./timeline-data";

export type DayTick = {
  readonly at: AxisDays;
  readonly text: string;
  /** The date under it; empty where the text is the date already. */
  readonly date: string;
};

export type DayTicks = { readonly major: readonly DayTick[]; readonly minor: readonly AxisDays[] };

/** Days between labels: single days, weeks, then months of four weeks, quarters, halves and years of whole weeks. */
const STEPS = [1, 2, 7, 14, 28, 56, 84, 168, 364] as const;
const LONGEST_STEP = 364;
const LABEL_SPACING = 62;
const MINOR_SPACING = 6;

const stepFor = (pxPerDay: number): number => STEPS.find((step) => step * pxPerDay >= LABEL_SPACING) ?? LONGEST_STEP;

/** The finer marks: days between weeks, weeks between months; none where they would run together. */
const minorStepFor = (step: number, pxPerDay: number): number | null =>
  [1, 7, 28].find((minor) => minor < step && step % minor === 0 && minor * pxPerDay >= MINOR_SPACING) ?? null;

const multiplesIn = (step: number, from: AxisDays, until: AxisDays): readonly AxisDays[] => {
  const first = Math.ceil(from / step);
  const last = Math.floor((until - 1e-9) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => (first + place) * step);
};

/**
 * Labels at days 1, 8, 15 and so on, as far apart as their texts need. A tick stands where its day begins. The year is
 * written with the first date and where it changes. Before a first dose there are only dates.
 */
export const dayTicks = (axis: TimelineAxis, pxPerDay: number): DayTicks => {
  const step = stepFor(pxPerDay);
  const minorStep = minorStepFor(step, pxPerDay);
  let year: number | null = null;
  const major = multiplesIn(step, axis.from, axis.until).map((at): DayTick => {
    const date = axis.dates[at - axis.from];
    if (date === undefined) return { at, text: axis.started ? dayText(at) : "", date: "" };
    const written = date.year === year ? date.dayMonth : `${date.dayMonth} ${String(date.year)}`;
    year = date.year;
    return axis.started ? { at, text: dayText(at), date: written } : { at, text: written, date: "" };
  });
  return { major, minor: minorStep === null ? [] : multiplesIn(minorStep, axis.from, axis.until) };
};
