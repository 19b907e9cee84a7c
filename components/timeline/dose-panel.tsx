import { ChartText } from "@/components/charts/chart-text";
import { placeInRow } from "@/components/charts/label-placement";
import { GlyphMark } from "@/components/charts/marks";
import { paint } from "@/components/charts/palette";
import { px } from "@/components/charts/paths";
import { textWidth } from "@/components/charts/text-width";
import { givenMarks } from "./given-doses";
import type { TimelineLayout } from "./layout";
import { PanelName } from "./panel-name";
import { shownLevels, stepOutline } from "./step-outline";
import type { DoseTrack } from "./timeline-data";

type DosePanelProps = { readonly dose: DoseTrack; readonly layout: TimelineLayout };

const LABEL_SIZE = 10.5;
const TICK = 8;
/** Any fault is said before any exposure; among equals the longest row of doses comes first. */
const FAULT_WEIGHT = 10_000;

const GivenRow = ({ dose, layout }: DosePanelProps) => {
  const { given, left, right, x } = layout;
  const marks = givenMarks(dose.given, x);
  const top = given.top + 4;
  const tone = paint(dose.control ? "ink-soft" : "accent");
  const widths = marks.labels.map(({ text }) => 13 + textWidth(text, LABEL_SIZE));
  const places = placeInRow(
    marks.labels.map(({ x: at, fault, count }, index) => ({
      at: at - 5,
      widths: [widths[index] ?? 0, 11],
      weight: count + (fault ? FAULT_WEIGHT : 0),
    })),
    { left: left - 6, right: right + 60 },
  );
  return (
    <g>
      <path
        d={marks.ticks.map((place) => `M${String(px(place))} ${String(px(top))}v${String(TICK)}`).join("")}
        stroke={tone}
        strokeWidth={1.3}
      />
      {marks.runs.map(({ from, until }) => (
        <rect
          key={from}
          x={px(from - 0.6)}
          y={px(top + 1)}
          width={px(until - from + 1.2)}
          height={TICK - 2}
          fill={tone}
          fillOpacity={0.55}
        />
      ))}
      {marks.notGiven.map((place) => (
        <circle
          key={place}
          cx={px(place)}
          cy={px(top + TICK / 2)}
          r={2.2}
          fill={paint("surface")}
          stroke={paint("ink-soft")}
        />
      ))}
      {marks.deviating.map(({ x: place, fault }) => (
        <path
          key={place}
          d={`M${String(px(place))} ${String(px(top - 6))}v${String(TICK + 8)}`}
          stroke={paint(fault ? "stopped" : "withheld")}
          strokeWidth={2}
        />
      ))}
      {marks.labels.map(({ x: at, text, fault }, index) => {
        const place = places[index] ?? null;
        if (place === null) return null;
        const labelTone = fault ? "stopped" : "withheld";
        const y = top + TICK + 12;
        return (
          <g key={`${String(at)} ${text}`}>
            <GlyphMark name={fault ? "warning" : "clock"} x={place.x + 5} y={y - 3} size={9.5} tone={labelTone} />
            {place.choice === 0 ? (
              <ChartText x={place.x + 13} y={y} size={LABEL_SIZE} tone={labelTone}>
                {text}
              </ChartText>
            ) : null}
          </g>
        );
      })}
    </g>
  );
};

/** The dose in force as steps, and below it a tick for each dose that was given. */
export const DosePanel = ({ dose, layout }: DosePanelProps) => {
  const { left, right, x, dose: extent } = layout;
  const levels = shownLevels(dose);
  const highest = Math.max(...levels, 0);
  const y = (amount: number): number =>
    highest === 0 ? extent.bottom : extent.bottom - (amount / highest) * (extent.bottom - extent.top - 6);
  const outline = stepOutline(dose, x, y);
  let lastLabelY = Infinity;
  return (
    <g>
      <PanelName name="Dose" unit={dose.control ? "control, vehicle" : dose.unit} top={extent.top} />
      {[0, ...levels.toReversed()].map((level) => {
        const place = y(level);
        const labelled = !dose.control && lastLabelY - place >= 12;
        if (labelled) lastLabelY = place;
        return (
          <g key={level}>
            <path
              d={`M${String(left)} ${String(px(place))}H${String(right)}`}
              stroke={paint(level === 0 ? "edge" : "hairline")}
            />
            {labelled ? (
              <ChartText x={left - 6} y={place + 3.5} size={10} tone="ink-faint" anchor="end">
                {String(level)}
              </ChartText>
            ) : null}
          </g>
        );
      })}
      {outline.area === "" ? null : <path d={outline.area} fill={paint("accent")} fillOpacity={0.12} />}
      {outline.line === "" ? null : (
        <path d={outline.line} fill="none" stroke={paint("accent")} strokeWidth={2.2} strokeLinejoin="round" />
      )}
      <GivenRow dose={dose} layout={layout} />
    </g>
  );
};
