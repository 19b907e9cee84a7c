import { unitText } from "@/components/ui/quantity";
import { withUnit } from "@/lib/domain/language/with-unit";
import { dateText, dayText } from "./day-text";
import { knownLateWords } from "./known-late";
import type { MeasuredPoint, TimelineData } from "./timeline-data";

/** One line of the readout: which measure, and what it was. */
export type StopLine = readonly [measure: number, text: string];

/** A day on which something is known: where it lies on the axis, what it is called, and all of its values. */
export type Stop = readonly [share: number, day: string, date: string, lines: readonly StopLine[]];

/** What the crosshair reads, written once beside the drawing. Measures are named once and cited by their place. */
export type CrosshairStops = { readonly measures: readonly string[]; readonly stops: readonly Stop[] };

const valueText = ({ qualifier, text, detail, grade, known, formerly }: MeasuredPoint, unit: string): string => {
  const shown = `${qualifier === null ? "" : `${qualifier} `}${text}`;
  // What has a detail is a percentage: the weight behind it follows.
  const measured = detail === null ? withUnit(shown, unitText(unit)) : `${shown} %, ${detail}`;
  return [
    measured,
    ...(grade === null || grade === 0 ? [] : [`grade ${String(grade)}`]),
    ...knownLateWords(known),
    ...(formerly.length === 0 ? [] : [`corrected from ${formerly.map((former) => former.text).join(", ")}`]),
  ].join(", ");
};

type Reading = { readonly at: number; readonly measure: string; readonly text: string };

const readingsOf = ({ dose, markers, panels, findings }: TimelineData): readonly Reading[] => [
  ...markers.map(({ at, texts }) => ({ at, measure: "Decision", text: texts[0] })),
  ...dose.given.map(({ at, text, deviations, amount, notGiven, known }) => ({
    at,
    measure: "Given",
    text: [
      notGiven ? "not given" : amount === 0 ? "vehicle" : `${text} ${dose.unit}`,
      ...deviations,
      ...knownLateWords(known),
    ].join(", "),
  })),
  ...panels.flatMap(({ name, unit, points, missingAt }) => [
    ...points.map((point) => ({ at: point.at, measure: name, text: valueText(point, unit) })),
    ...missingAt.map((at) => ({ at, measure: name, text: "not reported" })),
  ]),
  ...findings.flatMap(({ name, dots }) =>
    dots.map(({ at, text, known }) => ({ at, measure: name, text: [text, ...knownLateWords(known)].join(", ") })),
  ),
];

const SHARE_DIGITS = 4;

/** One stop a day that has anything, in order of time, with the day's readings in the order of the panels. */
export const crosshairStops = (data: TimelineData): CrosshairStops => {
  const { axis } = data;
  const measures: string[] = [];
  const days = new Map<number, { first: number; lines: StopLine[] }>();
  for (const { at, measure, text } of readingsOf(data)) {
    if (at < axis.from || at > axis.until) continue;
    if (!measures.includes(measure)) measures.push(measure);
    const day = days.get(Math.floor(at)) ?? { first: at, lines: [] };
    day.first = Math.min(day.first, at);
    day.lines.push([measures.indexOf(measure), text]);
    days.set(Math.floor(at), day);
  }
  const stops = [...days]
    .sort(([one], [other]) => one - other)
    .map(([day, { first, lines }]): Stop => {
      const share = (first - axis.from) / (axis.until - axis.from);
      return [Number(share.toFixed(SHARE_DIGITS)), axis.started ? dayText(day) : "", dateText(axis, day), lines];
    });
  return { measures, stops };
};
