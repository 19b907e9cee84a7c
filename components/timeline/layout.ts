import { placeInLanes, type LanePlace } from "@/components/charts/label-placement";
import { textWidth } from "@/components/charts/text-width";
import { type DayTicks, dayTicks } from "./day-ticks";
import type { AxisDays, FindingRow, PanelKey, TimelineData, TimelineMarker, ValuePanel } from "./timeline-data";

/** Vertical extent of a part of the drawing. */
export type Extent = { readonly top: number; readonly bottom: number };

export type PlacedPanel = { readonly panel: ValuePanel; readonly extent: Extent };
export type PlacedMarker = { readonly marker: TimelineMarker; readonly x: number; readonly place: LanePlace | null };

/** Where everything lies, in pixels of the drawing. */
export type TimelineLayout = {
  readonly width: number;
  readonly height: number;
  /** Left and right edge of the plots; beside them are names and ticks, and the labels of bands and lines. */
  readonly left: number;
  readonly right: number;
  /** Where the axis ends; from there to `right` the last values have room to be written. */
  readonly axisEnd: number;
  readonly x: (at: AxisDays) => number;
  readonly ticks: DayTicks;
  readonly markers: readonly PlacedMarker[];
  readonly lanes: Extent;
  readonly laneCount: number;
  readonly dose: Extent;
  /** Below the dose line: a tick for each dose given, and the words of those that deviate. */
  readonly given: Extent;
  readonly panels: readonly PlacedPanel[];
  /** Names of what was never measured, said in one line instead of empty panels. */
  readonly notMeasured: { readonly names: readonly string[]; readonly y: number } | null;
  readonly findings: { readonly rows: readonly FindingRow[]; readonly hidden: number; readonly extent: Extent } | null;
  readonly axisTop: number;
};

export const LANE_HEIGHT = 16;
export const FINDING_ROW = 18;
export const MARKER_SIZE = 11;
const MOST_LANES = 4;
const MOST_FINDINGS = 8;
const NARROW = 900;
const GAP = 16;
const DOSE_HEIGHT = 84;
const CONTROL_HEIGHT = 26;
const GIVEN_HEIGHT = 14;
const GIVEN_WORDS = 15;
const AXIS_HEIGHT = 36;
const LAST_VALUE_ROOM = 38;
/** A single value has no course to show. */
const SINGLE_HEIGHT = 40;
const TOP = 4;

const PANEL_HEIGHTS: Readonly<Record<PanelKey, number>> = {
  neutrophils: 84,
  platelets: 84,
  alt: 64,
  ast: 64,
  bilirubin: 64,
  weight: 72,
  temperature: 52,
};

/** From one glyph to the next, and from a marker's line to its first glyph. */
export const GLYPH_ADVANCE = 14;
export const MARKER_GAP = 4;

/** How many glyphs stand before a marker's words: who decided, what, and whether the dose went down. */
const glyphCount = ({ byOrder, reduced }: TimelineMarker): number => 1 + (byOrder ? 1 : 0) + (reduced ? 1 : 0);

const WEIGHTS: Readonly<Record<TimelineMarker["kind"], number>> = {
  discontinue: 8,
  withhold: 7,
  resume: 6,
  "set-dose": 6,
  propose: 5,
  "off-study": 5,
  start: 4,
  remain: 2,
  protocol: 1,
};

const placeMarkers = (
  markers: readonly TimelineMarker[],
  x: (at: AxisDays) => number,
  right: number,
): { readonly placed: readonly PlacedMarker[]; readonly laneCount: number } => {
  const requests = markers.map((marker) => {
    const glyphs = glyphCount(marker) * GLYPH_ADVANCE;
    const words = marker.texts.map((text) => MARKER_GAP + glyphs + textWidth(text, MARKER_SIZE, true));
    return { at: x(marker.at), widths: [...words, MARKER_GAP + glyphs], weight: WEIGHTS[marker.kind] };
  });
  const places = placeInLanes(requests, MOST_LANES, right);
  return {
    placed: markers.map((marker, index) => ({ marker, x: x(marker.at), place: places[index] ?? null })),
    laneCount: Math.max(1, ...places.map((place) => (place === null ? 1 : place.lane + 1))),
  };
};

const placePanels = (
  panels: readonly ValuePanel[],
  from: number,
): { readonly placed: readonly PlacedPanel[]; readonly bottom: number } => {
  let bottom = from;
  const placed = panels.map((panel) => {
    const top = bottom + GAP;
    bottom = top + (panel.points.length < 2 ? SINGLE_HEIGHT : PANEL_HEIGHTS[panel.key]);
    return { panel, extent: { top, bottom } };
  });
  return { placed, bottom };
};

/** Lays out the drawing of a width between 700 and 1400 px; what was not measured takes no room. */
export const layOutTimeline = (data: TimelineData, width: number): TimelineLayout => {
  const left = width < NARROW ? 128 : 144;
  const right = width - (width < NARROW ? 76 : 84);
  const { from, until } = data.axis;
  const axisEnd = right - LAST_VALUE_ROOM;
  const pxPerDay = (axisEnd - left) / (until - from);
  const x = (at: AxisDays): number => left + (Math.min(until, Math.max(from, at)) - from) * pxPerDay;

  const { placed: markers, laneCount } = placeMarkers(data.markers, x, width - 2);
  const lanes = { top: TOP, bottom: TOP + laneCount * LANE_HEIGHT };
  const dose = { top: lanes.bottom + 4, bottom: lanes.bottom + 4 + (data.dose.control ? CONTROL_HEIGHT : DOSE_HEIGHT) };
  const deviates = data.dose.given.some(({ deviations }) => deviations.length > 0);
  const given = { top: dose.bottom, bottom: dose.bottom + GIVEN_HEIGHT + (deviates ? GIVEN_WORDS : 0) };

  const measured = data.panels.filter(({ points, missingAt }) => points.length > 0 || missingAt.length > 0);
  const { placed: panels, bottom: panelsBottom } = placePanels(measured, given.bottom);
  const names = data.panels.filter((panel) => !measured.includes(panel)).map(({ name }) => name);
  const namesBottom = names.length === 0 ? panelsBottom : panelsBottom + GAP + 10;

  const rows = data.findings.slice(0, MOST_FINDINGS);
  const hidden = data.findings.length - rows.length;
  const findingsTop = namesBottom + GAP - 4;
  const findingsBottom = findingsTop + (rows.length + (hidden > 0 ? 1 : 0)) * FINDING_ROW;
  const contentBottom = rows.length === 0 ? namesBottom : findingsBottom;

  return {
    width,
    height: contentBottom + 8 + AXIS_HEIGHT,
    left,
    right,
    axisEnd,
    x,
    ticks: dayTicks(data.axis, pxPerDay),
    markers,
    lanes,
    laneCount,
    dose,
    given,
    panels,
    notMeasured: names.length === 0 ? null : { names, y: namesBottom },
    findings: rows.length === 0 ? null : { rows, hidden, extent: { top: findingsTop, bottom: findingsBottom } },
    axisTop: contentBottom + 8,
  };
};
