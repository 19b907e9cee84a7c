import { crosshairStops } from "./crosshair-stops";
import { TimelineCrosshair } from "./timeline-crosshair";
import type { TimelineData } from "./timeline-data";
import { TimelineDrawing } from "./timeline-drawing";

type DoseTimelineProps = {
  readonly data: TimelineData;
  /** Unique on the page. */
  readonly id: string;
};

/** Drawn for tablets and paper, and for desks; in between they scale. */
const NARROW = 720;
const WIDE = 1040;

/**
 * The dose timeline of one animal: one drawing made on the server, in the width that fits where it stands, with a
 * crosshair over it. On a telephone it scrolls sideways. The same numbers as a table belong beside it.
 */
export const DoseTimeline = ({ data, id }: DoseTimelineProps) => (
  <figure className="@container m-0">
    <div className="overflow-x-auto overflow-y-hidden">
      <div className="min-w-[680px]">
        <TimelineCrosshair
          label={`Values of ${data.animal} by day; arrow keys move`}
          stops={JSON.stringify(crosshairStops(data))}
        >
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
      </div>
    </div>
  </figure>
);
