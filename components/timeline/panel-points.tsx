import { ChartText } from "@/components/charts/chart-text";
import { placeBesidePoints, type PointLabelRequest } from "@/components/charts/label-placement";
import { PointMark } from "@/components/charts/marks";
import { gradeTone, paint, type Tone } from "@/components/charts/palette";
import { pathThrough, px } from "@/components/charts/paths";
import type { ValueScale } from "@/components/charts/scale";
import { textWidth } from "@/components/charts/text-width";
import type { PlacedPanel, TimelineLayout } from "./layout";
import type { MeasuredPoint, PanelKey } from "./timeline-data";

type PointsProps = {
  readonly placed: PlacedPanel;
  readonly scale: ValueScale;
  readonly layout: TimelineLayout;
  /** Lines through the panel that a label should keep off: today. */
  readonly keepOff: readonly number[];
};

type Spot = { readonly point: MeasuredPoint; readonly x: number; readonly y: number };

const CROWDED_SPACING = 7;
const LABEL_SIZE = 10.5;
const LABEL_HEIGHT = 12;

const RADIUS = 3.2;
const CROWDED_RADIUS = 1.6;
const GRAVE_CROWDED_RADIUS = 1.9;

/** Where points stand closer than this on average, they are drawn small. */
const isCrowded = (spots: readonly Spot[]): boolean => {
  const first = spots[0];
  const last = spots[spots.length - 1];
  if (first === undefined || last === undefined || spots.length < 2) return false;
  return (last.x - first.x) / (spots.length - 1) < CROWDED_SPACING;
};

const isGrave = ({ grade }: MeasuredPoint): boolean => grade !== null && grade >= 3;

const fillOf = (point: MeasuredPoint): Tone => {
  if (isGrave(point)) return "ink";
  return point.grade === null || point.grade === 0 ? "surface" : gradeTone(point.grade);
};

/** From when it was taken to when it was known, along the height of the value. */
const LateMark = ({ spot: { point, x, y }, layout }: { readonly spot: Spot; readonly layout: TimelineLayout }) => {
  if (point.known === null) return null;
  const known = layout.x(point.known.at);
  return (
    <path
      d={`M${String(px(x))} ${String(px(y))}H${String(px(known))}M${String(px(known))} ${String(px(y - 4))}v8`}
      stroke={paint("waiting")}
      strokeWidth={1.3}
      strokeDasharray="2 2"
    />
  );
};

/** What stood here before a correction: a cross, tied to the value that stands. */
const FormerMark = ({ spot: { point, x, y }, scale }: { readonly spot: Spot; readonly scale: ValueScale }) => (
  <>
    {point.formerly.map(({ value }) => {
      const was = scale.place(value);
      const [left, right, top, bottom] = [px(x - 3), px(x + 3), px(was - 3), px(was + 3)].map(String);
      return (
        <path
          key={value}
          d={`M${left ?? ""} ${top ?? ""}L${right ?? ""} ${bottom ?? ""}M${right ?? ""} ${top ?? ""}L${left ?? ""} ${bottom ?? ""}M${String(px(x))} ${String(px(was))}V${String(px(y))}`}
          stroke={paint("ink-faint")}
          fill="none"
        />
      );
    })}
  </>
);

/** Whether lower is worse: for counts and weight. */
const fallsToWorse = (key: PanelKey): boolean => key === "neutrophils" || key === "platelets" || key === "weight";

/** Of each row of grave values the first and the worst: naming all of them would bury both. */
const namedGrave = (spots: readonly Spot[], falling: boolean): ReadonlySet<MeasuredPoint> => {
  const named = new Set<MeasuredPoint>();
  let worst: MeasuredPoint | null = null;
  const close = (): void => {
    if (worst !== null) named.add(worst);
    worst = null;
  };
  for (const { point } of spots) {
    if (!isGrave(point)) close();
    else if (worst === null) {
      named.add(point);
      worst = point;
    } else if (falling ? point.value < worst.value : point.value > worst.value) worst = point;
  }
  close();
  return named;
};

type Label = {
  readonly request: PointLabelRequest;
  readonly text: string;
  readonly kind: "value" | "grave" | "late" | "former";
};

const labelAt = (x: number, y: number, text: string, weight: number, kind: Label["kind"], line?: number): Label => ({
  request: {
    x,
    y,
    width: textWidth(text, LABEL_SIZE, kind === "grave") + 1,
    weight,
    ...(line === undefined ? {} : { beyond: line + 4 }),
  },
  text,
  kind,
});

/** The value of the last point and of the gravest, when late results were known, and what was corrected. */
const labelsOf = (spots: readonly Spot[], { scale, layout, placed, keepOff }: PointsProps): readonly Label[] => {
  const named = namedGrave(spots, fallsToWorse(placed.panel.key));
  return spots.flatMap(({ point, x, y }, index) => {
    const last = index === spots.length - 1;
    const grave = named.has(point);
    const text = `${point.qualifier ?? ""}${point.text}`;
    const line = last ? keepOff.find((place) => place >= x) : undefined;
    return [
      ...(last || grave || point.qualifier !== null
        ? [labelAt(x, y, text, last ? 9 : grave ? 8 : 3, isGrave(point) ? "grave" : "value", line)]
        : []),
      ...(point.known === null
        ? []
        : [labelAt(layout.x(point.known.at) + 1, y, `late ${point.known.late}`, 4, "late")]),
      ...point.formerly.map((former) => labelAt(x, scale.place(former.value), former.text, 5, "former")),
    ];
  });
};

const LABEL_TONES: Readonly<Record<Label["kind"], Tone>> = {
  value: "ink",
  grave: "ink",
  late: "waiting",
  former: "ink-faint",
};

const PointLabels = ({ spots, props }: { readonly spots: readonly Spot[]; readonly props: PointsProps }) => {
  const { layout, placed } = props;
  const labels = labelsOf(spots, props);
  const { top, bottom } = placed.extent;
  const bounds = { x: layout.left, y: top - 8, width: layout.right - layout.left + 2, height: bottom - top + 16 };
  const obstacles = [
    ...spots.map(({ x, y }) => ({ x: x - 3, y: y - 3, width: 6, height: 6 })),
    ...spots.flatMap(({ point, x, y }) =>
      point.known === null ? [] : [{ x, y: y - 2, width: layout.x(point.known.at) - x + 2, height: 4 }],
    ),
    ...props.keepOff.map((x) => ({ x: x - 1.5, y: top - 8, width: 3, height: bottom - top + 16 })),
  ];
  const places = placeBesidePoints(
    labels.map(({ request }) => request),
    LABEL_HEIGHT,
    bounds,
    obstacles,
  );
  return (
    <>
      {labels.map(({ text, kind }, index) => {
        const place = places[index] ?? null;
        if (place === null) return null;
        return (
          <g key={`${String(index)} ${text}`} {...(kind === "former" ? { textDecoration: "line-through" } : {})}>
            <ChartText
              x={place.x}
              y={place.y + LABEL_HEIGHT - 2.5}
              size={LABEL_SIZE}
              tone={LABEL_TONES[kind]}
              bold={kind === "grave"}
              halo
            >
              {text}
            </ChartText>
          </g>
        );
      })}
    </>
  );
};

const directionOf = ({ qualifier }: MeasuredPoint): "below" | "above" | null => {
  if (qualifier === null) return null;
  return qualifier === "<" ? "below" : "above";
};

const Marks = ({ spots }: { readonly spots: readonly Spot[] }) => {
  const crowded = isCrowded(spots);
  const plain = crowded ? spots.filter(({ point }) => !isGrave(point) && point.qualifier === null) : [];
  const single = spots.filter((spot) => !plain.includes(spot));
  return (
    <>
      {plain.length === 0 ? null : (
        <path
          d={plain.map(({ x, y }) => `M${String(px(x))} ${String(px(y))}h0`).join("")}
          stroke={paint("ink")}
          strokeWidth={CROWDED_RADIUS * 2}
          strokeLinecap="round"
        />
      )}
      {single.map(({ point, x, y }) => (
        <PointMark
          key={`${String(point.at)} ${point.text}`}
          x={x}
          y={y}
          direction={directionOf(point)}
          radius={crowded ? GRAVE_CROWDED_RADIUS : RADIUS}
          fill={fillOf(point)}
          stroke="ink"
        />
      ))}
    </>
  );
};

/** What was measured: joined points, open marks for results beyond their number, and small crosses for what is missing. */
export const PanelPoints = (props: PointsProps) => {
  const { placed, scale, layout } = props;
  const spots = placed.panel.points.map((point) => ({ point, x: layout.x(point.at), y: scale.place(point.value) }));
  return (
    <g>
      <path d={pathThrough(spots)} fill="none" stroke={paint("ink")} strokeWidth={1.4} strokeLinejoin="round" />
      {placed.panel.missingAt.map((at) => {
        const x = px(layout.x(at));
        const y = px(placed.extent.bottom - 4);
        return (
          <path
            key={at}
            d={`M${String(x - 2.5)} ${String(y - 2.5)}l5 5m0 -5l-5 5`}
            stroke={paint("ink-faint")}
            strokeWidth={1.2}
          />
        );
      })}
      {spots
        .filter(({ point }) => point.known !== null || point.formerly.length > 0)
        .map((spot) => (
          <g key={`${String(spot.point.at)} ${spot.point.text}`}>
            <LateMark spot={spot} layout={layout} />
            <FormerMark spot={spot} scale={scale} />
          </g>
        ))}
      <Marks spots={spots} />
      <PointLabels spots={spots} props={props} />
    </g>
  );
};
