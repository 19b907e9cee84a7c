import { GlyphMark } from "@/components/charts/marks";
import { paint } from "@/components/charts/palette";
import { px } from "@/components/charts/paths";
import type { DoseStripData, StripSegment } from "./dose-strip-data";

type DoseStripProps = {
  readonly strip: DoseStripData;
  /** How many days the whole width stands for: the same in every row, so that rows compare. */
  readonly days: number;
  /** What it shows, in words: "10 mg/kg, withheld on days 8 to 15, then 7.5 mg/kg". */
  readonly label: string;
};

const WIDTH = 220;
const HEIGHT = 16;
const END_ROOM = 12;
const FULL = 12;
const LEAST = 2.5;

const Segment = ({
  segment,
  x,
  control,
}: {
  readonly segment: StripSegment;
  readonly x: (day: number) => number;
  readonly control: boolean;
}) => {
  const from = px(x(segment.from));
  const width = px(Math.max(1, x(segment.until) - x(segment.from)));
  if (segment.share === 0 && !control) {
    return (
      <rect
        x={from + 0.5}
        y={HEIGHT - 1 - FULL + 0.5}
        width={Math.max(1, width - 1)}
        height={FULL - 1}
        fill={paint("withheld-soft")}
        stroke={paint("withheld-edge")}
      />
    );
  }
  const height = control ? LEAST : Math.max(LEAST, segment.share * FULL);
  return (
    <rect
      x={from}
      y={px(HEIGHT - 1 - height)}
      width={width}
      height={px(height)}
      fill={paint(control ? "edge" : "accent")}
    />
  );
};

/** Dose over time in one row: height is the dose, an open amber box a hold, a glyph the end. */
export const DoseStrip = ({ strip, days, label }: DoseStripProps) => {
  const x = (day: number): number => (Math.min(day, days) / Math.max(1, days)) * (WIDTH - END_ROOM);
  return (
    <svg
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
      className="block max-w-full"
    >
      <path d={`M0 ${String(HEIGHT - 0.5)}H${String(WIDTH - END_ROOM)}`} stroke={paint("hairline")} />
      {strip.segments.map((segment) => (
        <Segment key={segment.from} segment={segment} x={x} control={strip.control} />
      ))}
      {strip.end === null ? null : (
        <GlyphMark
          name={strip.end.kind === "discontinued" ? "stop" : "cross"}
          x={x(strip.end.at) + 6}
          y={HEIGHT / 2 + 1}
          size={9}
          tone={strip.end.kind === "discontinued" ? "stopped" : "ink-soft"}
        />
      )}
    </svg>
  );
};
