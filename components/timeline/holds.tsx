import { paint } from "@/components/charts/palette";
import { px } from "@/components/charts/paths";
import type { TimelineLayout } from "./layout";
import type { AxisSpan, TimelineAxis } from "./timeline-data";

type HoldsProps = { readonly holds: readonly AxisSpan[]; readonly axis: TimelineAxis; readonly layout: TimelineLayout };

type Column = { readonly from: number; readonly until: number };

const THINNEST = 1.5;

const columnsOf = ({ holds, axis, layout }: HoldsProps): readonly Column[] =>
  holds.map((hold) => {
    const from = layout.x(hold.from ?? axis.from);
    return { from, until: Math.max(from + THINNEST, layout.x(hold.until ?? axis.until)) };
  });

/** The ground of every hold, through all panels. */
export const HoldColumns = (props: HoldsProps) => (
  <g fill={paint("withheld-soft")}>
    {columnsOf(props).map(({ from, until }) => (
      <rect
        key={from}
        x={px(from)}
        y={px(props.layout.dose.top)}
        width={px(until - from)}
        height={px(props.layout.axisTop - props.layout.dose.top)}
      />
    ))}
  </g>
);

/** Where each hold begins and ends, over bands and hairlines, so that it can be read in every panel and in grey. */
export const HoldEdges = (props: HoldsProps) => {
  const { dose, axisTop } = props.layout;
  const vertical = (place: number): string => `M${String(px(place))} ${String(px(dose.top))}V${String(px(axisTop))}`;
  const edges = columnsOf(props).map(({ from, until }) => `${vertical(from)}${vertical(until)}`);
  return <path d={edges.join("")} stroke={paint("withheld-edge")} strokeOpacity={0.75} fill="none" />;
};
