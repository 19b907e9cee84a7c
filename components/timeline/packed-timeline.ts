import type { TimelineData } from "./timeline-data";

type Sparse<Value> = Value extends readonly (infer Item)[]
  ? readonly Sparse<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]?: Sparse<Value[Key]> }
    : Value;

/**
 * What a timeline draws, without what is null, false or empty, and with one year instead of a year for each date: it goes
 * to the browser beside the drawing that is made of it.
 */
export type PackedTimeline = Sparse<Omit<TimelineData, "axis">> & {
  readonly axis: Sparse<TimelineData["axis"]>;
  readonly firstYear: number;
  readonly dayMonths: readonly string[];
};

/** Places on the axis, to the minute begun, which keeps each in its day: finer is invisible. */
const PLACES: ReadonlySet<string> = new Set(["at", "from", "until"]);
const MINUTES_A_DAY = 1440;

const leaveOut = (key: string, value: unknown): unknown => {
  if (value === null || value === false || (Array.isArray(value) && value.length === 0)) return undefined;
  return typeof value === "number" && PLACES.has(key)
    ? Number((Math.floor(value * MINUTES_A_DAY) / MINUTES_A_DAY).toFixed(4))
    : value;
};

export const packTimeline = (data: TimelineData): PackedTimeline => {
  const { dates, ...axis } = data.axis;
  const sparse: Omit<PackedTimeline, "firstYear" | "dayMonths"> = JSON.parse(
    JSON.stringify({ ...data, axis }, leaveOut),
  );
  return { ...sparse, firstYear: dates[0]?.year ?? 0, dayMonths: dates.map(({ dayMonth }) => dayMonth) };
};

const datesOf = ({ firstYear, dayMonths }: PackedTimeline): TimelineData["axis"]["dates"] => {
  let year = firstYear;
  return dayMonths.map((dayMonth, index) => {
    if (index > 0 && dayMonth === "1 Jan") year += 1;
    return { dayMonth, year };
  });
};

const EMPTY_PANEL = { points: [], bands: [], references: [], baseline: null, groupRange: [], missingAt: [] };
const EMPTY_POINT = { qualifier: null, detail: null, grade: null, known: null, formerly: [] };
const OPEN_SPAN = { from: null, until: null };

/** The data again. What was left out is what it was. */
export const unpackTimeline = (packed: PackedTimeline): TimelineData =>
  ({
    animal: packed.animal,
    description: packed.description,
    now: packed.now ?? null,
    axis: { started: false, ...packed.axis, dates: datesOf(packed) },
    dose: {
      control: false,
      levels: [],
      steps: [],
      ...packed.dose,
      given: (packed.dose?.given ?? []).map((dose) => ({
        deviations: [],
        fault: false,
        notGiven: false,
        known: null,
        ...dose,
      })),
    },
    holds: (packed.holds ?? []).map((hold) => ({ ...OPEN_SPAN, ...hold })),
    markers: (packed.markers ?? []).map((marker) => ({ byOrder: false, reduced: false, ...marker })),
    panels: (packed.panels ?? []).map((panel) => ({
      ...EMPTY_PANEL,
      ...panel,
      points: (panel.points ?? []).map((point) => ({ ...EMPTY_POINT, ...point })),
      bands: (panel.bands ?? []).map((band) => ({ ...OPEN_SPAN, low: null, high: null, ...band })),
      references: (panel.references ?? []).map((line) => ({ ...OPEN_SPAN, ...line })),
    })),
    findings: (packed.findings ?? []).map((row) => ({
      ...row,
      dots: (row.dots ?? []).map((dot) => ({ grade: null, known: null, ...dot })),
    })),
  }) as unknown as TimelineData;
