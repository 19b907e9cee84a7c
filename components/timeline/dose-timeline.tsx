import { packTimeline } from "./packed-timeline";
import type { TimelineData } from "./timeline-data";
import { TimelineView } from "./timeline-view";

type DoseTimelineProps = {
  readonly data: TimelineData;
  /** Unique on the page. */
  readonly id: string;
};

/**
 * The dose timeline of one animal: drawn on the server as well, in the width that fits where it stands, with a crosshair
 * over it. On a telephone it scrolls sideways. The same numbers as a table belong beside it.
 */
export const DoseTimeline = ({ data, id }: DoseTimelineProps) => (
  <figure className="@container m-0">
    <div className="overflow-x-auto overflow-y-hidden">
      <div className="min-w-[680px]">
        <TimelineView packed={packTimeline(data)} id={id} />
      </div>
    </div>
  </figure>
);
