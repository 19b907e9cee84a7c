"use client";

import { useMemo } from "react";
import { crosshairStops } from "./crosshair-stops";
import { type PackedTimeline, unpackTimeline } from "./packed-timeline";
import { TimelineCrosshair } from "./timeline-crosshair";
import { TimelineDrawing } from "./timeline-drawing";

/** Drawn for tablets and paper, and for desks; in between they scale. */
const NARROW = 720;
const WIDE = 1040;

type TimelineViewProps = {
  readonly packed: PackedTimeline;
  /** Unique on the page. */
  readonly id: string;
};

/** The drawing in both widths and the crosshair over it, from the same few numbers on the server and in the browser. */
export const TimelineView = ({ packed, id }: TimelineViewProps) => {
  const data = useMemo(() => unpackTimeline(packed), [packed]);
  const stops = useMemo(() => crosshairStops(data), [data]);
  return (
    <TimelineCrosshair label={`Values of ${data.animal} by day; arrow keys move`} stops={stops}>
      <TimelineDrawing
        data={data}
        width={NARROW}
        id={`${id}-narrow`}
        className="block h-auto w-full @min-[940px]:hidden print:block print:max-h-[168mm]"
      />
      <TimelineDrawing
        data={data}
        width={WIDE}
        id={`${id}-wide`}
        className="hidden h-auto w-full @min-[940px]:block print:hidden"
      />
    </TimelineCrosshair>
  );
};
