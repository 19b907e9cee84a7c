import { ChartText } from "@/components/charts/chart-text";
import { spreadLabels } from "@/components/charts/label-placement";
import { gradeTone, paint } from "@/components/charts/palette";
import { pathBetween, px } from "@/components/charts/paths";
import type { ValueScale } from "@/components/charts/scale";
import type { PlacedPanel, TimelineLayout } from "./layout";
import type { AxisSpan, GradeBand, TimelineAxis, ValuePanel } from "./timeline-data";

type GroundProps = {
  readonly placed: PlacedPanel;
  readonly scale: ValueScale;
  readonly axis: TimelineAxis;
  readonly layout: TimelineLayout;
};

type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const spanOf = (
  { from, until }: AxisSpan,
  axis: TimelineAxis,
  layout: TimelineLayout,
): readonly [left: number, right: number] => [
  from === null ? layout.left : layout.x(from),
  until === null || until >= axis.until ? layout.right : layout.x(until),
];

const rectangleOf = (band: GradeBand, { placed: { extent }, scale, axis, layout }: GroundProps): Rectangle | null => {
  const top = band.high === null ? extent.top : scale.place(band.high);
  const bottom = band.low === null ? extent.bottom : scale.place(band.low);
  const [from, until] = spanOf(band, axis, layout);
  return bottom - top < 0.75 || until - from < 0.5
    ? null
    : { x: from, y: top, width: until - from, height: bottom - top };
};

/** Grade bands and the range of the group, behind everything. */
export const PanelBands = (props: GroundProps) => {
  const { placed, scale, layout } = props;
  const range = placed.panel.groupRange;
  return (
    <g>
      {placed.panel.bands.map((band) => {
        const rectangle = rectangleOf(band, props);
        return rectangle === null ? null : (
          <rect
            key={`${String(band.grade)} ${String(band.from)}`}
            x={px(rectangle.x)}
            y={px(rectangle.y)}
            width={px(rectangle.width)}
            height={px(rectangle.height)}
            fill={paint(gradeTone(band.grade))}
            fillOpacity={band.grade >= 3 ? 0.8 : 0.6}
          />
        );
      })}
      {range.length === 0 ? null : (
        <path
          d={pathBetween(
            range.map(({ at, low, high }) => ({ x: layout.x(at), low: scale.place(low), high: scale.place(high) })),
          )}
          fill={paint("ink")}
          fillOpacity={0.09}
        />
      )}
    </g>
  );
};

/** Chosen values with hairlines, the baseline dotted, the limits of normal thin. */
export const PanelLines = ({ placed: { panel }, scale, axis, layout }: GroundProps) => {
  const { left, right } = layout;
  const inside = (value: number): boolean => value > scale.domain[0] && value < scale.domain[1];
  return (
    <g>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${String(left)} ${String(px(scale.place(tick)))}H${String(right)}`} stroke={paint("hairline")} />
          <ChartText x={left - 6} y={scale.place(tick) + 3.5} size={10} tone="ink-faint" anchor="end">
            {String(tick)}
          </ChartText>
        </g>
      ))}
      {panel.references
        .filter(({ value }) => inside(value))
        .map((line) => {
          const [from, until] = spanOf(line, axis, layout);
          return (
            <path
              key={`${line.text} ${String(line.from)}`}
              d={`M${String(px(from))} ${String(px(scale.place(line.value)))}H${String(px(until))}`}
              stroke={paint("ink-soft")}
              strokeOpacity={0.55}
              strokeDasharray="6 3"
            />
          );
        })}
      {panel.baseline === null || !inside(panel.baseline.value) ? null : (
        <path
          d={`M${String(left)} ${String(px(scale.place(panel.baseline.value)))}H${String(right)}`}
          stroke={paint("ink-soft")}
          strokeDasharray="1 3"
          strokeLinecap="round"
          strokeWidth={1.3}
        />
      )}
    </g>
  );
};

type SideLabel = { readonly at: number; readonly weight: number; readonly text: string; readonly strong: boolean };

const reachesEnd = ({ until }: AxisSpan, axis: TimelineAxis): boolean => until === null || until >= axis.until;

const sideLabels = (props: GroundProps, panel: ValuePanel): readonly SideLabel[] => {
  const { scale, axis } = props;
  const bands = panel.bands
    .filter((band) => reachesEnd(band, axis))
    .flatMap((band) => {
      const rectangle = rectangleOf(band, props);
      if (rectangle === null) return [];
      const strong = band.grade >= 3;
      return [
        {
          at: rectangle.y + rectangle.height / 2,
          weight: strong ? 10 + band.grade : band.grade,
          text: `grade ${String(band.grade)}`,
          strong,
        },
      ];
    });
  const inside = (value: number): boolean => value > scale.domain[0] && value < scale.domain[1];
  const references = panel.references
    .filter((line) => reachesEnd(line, axis) && inside(line.value))
    .map(({ value, text }) => ({ at: scale.place(value), weight: 5, text, strong: false }));
  const baseline =
    panel.baseline === null || !inside(panel.baseline.value)
      ? []
      : [{ at: scale.place(panel.baseline.value), weight: 6, text: panel.baseline.text, strong: false }];
  const range = panel.groupRange[panel.groupRange.length - 1];
  const group =
    range === undefined || panel.groupRange.length < 2
      ? []
      : [{ at: (scale.place(range.low) + scale.place(range.high)) / 2, weight: 3, text: "group range", strong: false }];
  return [...bands, ...references, ...baseline, ...group];
};

const LABEL_HEIGHT = 11.5;
const REACH = 13;

/** At the right of each band and line, what it is. */
export const PanelSideLabels = (props: GroundProps) => {
  const { placed, layout } = props;
  const labels = sideLabels(props, placed.panel);
  const { top, bottom } = placed.extent;
  const places = spreadLabels(labels, LABEL_HEIGHT, { top: top + 2, bottom: bottom + 1 }, REACH);
  return (
    <g>
      {labels.map(({ text, strong }, index) => {
        const place = places[index] ?? null;
        return place === null ? null : (
          <ChartText key={text} x={layout.right + 6} y={place + 3.5} size={10} tone={strong ? "ink" : "ink-faint"}>
            {text}
          </ChartText>
        );
      })}
    </g>
  );
};
