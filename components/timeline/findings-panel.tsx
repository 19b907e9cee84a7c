import { ChartText } from "@/components/charts/chart-text";
import { gradeTone, paint } from "@/components/charts/palette";
import { px } from "@/components/charts/paths";
import { textWidth } from "@/components/charts/text-width";
import { FINDING_ROW, type TimelineLayout } from "./layout";
import type { FindingDot, FindingRow } from "./timeline-data";

const DOT = 6;
const NAME_SIZE = 11;
/** Closer than this, dots are drawn small and without their grade's figure. */
const FIGURE_SPACING = 13;

const shortened = (name: string, width: number): string => {
  if (textWidth(name, NAME_SIZE) <= width) return name;
  let cut = name.length;
  while (cut > 1 && textWidth(`${name.slice(0, cut)}…`, NAME_SIZE) > width) cut -= 1;
  return `${name.slice(0, cut).trimEnd()}…`;
};

type DotProps = { readonly dot: FindingDot; readonly x: number; readonly y: number; readonly figure: boolean };

const Dot = ({ dot: { grade }, x, y, figure }: DotProps) => {
  if (grade === 0) return <circle cx={px(x)} cy={px(y)} r={2.2} fill={paint("surface")} stroke={paint("ink-faint")} />;
  if (grade === null) return <circle cx={px(x)} cy={px(y)} r={figure ? 3.4 : 2.4} fill={paint("ink-soft")} />;
  if (!figure && grade >= 3) return <circle cx={px(x)} cy={px(y)} r={3.2} fill={paint("ink")} />;
  return (
    <g>
      <circle
        cx={px(x)}
        cy={px(y)}
        r={figure ? DOT : 3.2}
        fill={paint(gradeTone(grade))}
        stroke={paint("ink")}
        strokeWidth={grade >= 3 ? 1.6 : 1}
      />
      {figure ? (
        <ChartText x={x} y={y + 3.2} size={9} tone="ink" anchor="middle" bold={grade >= 3}>
          {String(grade)}
        </ChartText>
      ) : null}
    </g>
  );
};

const Row = ({ row, y, layout }: { readonly row: FindingRow; readonly y: number; readonly layout: TimelineLayout }) => {
  const places = row.dots.map(({ at }) => layout.x(at));
  const closest = places.reduce(
    (least, place, index) => Math.min(least, place - (places[index - 1] ?? -Infinity)),
    Infinity,
  );
  const name = shortened(row.name, layout.left - 12);
  const after = (places[places.length - 1] ?? layout.right) + 9;
  const roomAfter = name !== row.name && after + textWidth(row.name, NAME_SIZE - 1) < layout.right;
  return (
    <g>
      <path d={`M${String(layout.left)} ${String(px(y))}H${String(layout.right)}`} stroke={paint("hairline")} />
      <ChartText x={0} y={y + 3.8} size={NAME_SIZE} tone="ink">
        {name}
      </ChartText>
      {roomAfter ? (
        <ChartText x={after} y={y + 3.6} size={NAME_SIZE - 1} tone="ink-soft" halo>
          {row.name}
        </ChartText>
      ) : null}
      {row.dots.map((dot, index) => (
        <Dot
          key={`${String(dot.at)} ${dot.text}`}
          dot={dot}
          x={places[index] ?? 0}
          y={y}
          figure={closest >= FIGURE_SPACING}
        />
      ))}
    </g>
  );
};

/** One row a finding: its word at the left, a dot with its grade where it was seen. */
export const FindingsPanel = ({ layout }: { readonly layout: TimelineLayout }) => {
  if (layout.findings === null) return null;
  const { rows, hidden, extent } = layout.findings;
  return (
    <g>
      {rows.map((row, index) => (
        <Row key={row.name} row={row} y={extent.top + (index + 0.5) * FINDING_ROW} layout={layout} />
      ))}
      {hidden === 0 ? null : (
        <ChartText x={0} y={extent.top + (rows.length + 0.5) * FINDING_ROW + 3.8} size={10.5} tone="ink-faint">
          {`and ${String(hidden)} more in the table`}
        </ChartText>
      )}
    </g>
  );
};
