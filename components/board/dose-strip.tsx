import { px } from "@/components/charts/paths";
import type { DoseStripData } from "./dose-strip-data";

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
const END_SIZE = 9;
const FULL = 12;
const LEAST = 2.5;

const box = (x: number, y: number, width: number, height: number): string =>
  `M${String(px(x))} ${String(px(y))}h${String(px(width))}v${String(px(height))}h${String(px(-width))}z`;

/** The doses as one outline and the holds as another: two elements, however long the history. */
const outlines = ({ segments, control }: DoseStripData, x: (day: number) => number) => {
  let [doses, holds] = ["", ""];
  for (const { from, until, share } of segments) {
    const width = Math.max(1, x(until) - x(from));
    const height = control ? LEAST : Math.max(LEAST, share * FULL);
    if (share === 0 && !control) holds += box(x(from) + 0.5, HEIGHT - 0.5 - FULL, Math.max(1, width - 1), FULL - 1);
    else doses += box(x(from), HEIGHT - 1 - height, width, height);
  }
  return { doses, holds };
};

/** Dose over time in one row: height is the dose, an open amber box a hold, a glyph of the table's sprite the end. */
export const DoseStrip = ({ strip, days, label }: DoseStripProps) => {
  const x = (day: number): number => (Math.min(day, days) / Math.max(1, days)) * (WIDTH - END_ROOM);
  const { doses, holds } = outlines(strip, x);
  return (
    <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={label}>
      {doses === "" ? null : <path className={strip.control ? "vehicle" : "dose"} d={doses} />}
      {holds === "" ? null : <path className="hold" d={holds} />}
      {strip.end === null ? null : (
        <use
          href={strip.end.kind === "discontinued" ? "#glyph-stop" : "#glyph-cross"}
          className={strip.end.kind}
          x={px(x(strip.end.at) + (END_ROOM - END_SIZE) / 2)}
          y={(HEIGHT - END_SIZE) / 2 + 1}
          width={END_SIZE}
          height={END_SIZE}
        />
      )}
    </svg>
  );
};
