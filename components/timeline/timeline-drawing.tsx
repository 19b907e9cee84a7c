import { ChartText } from "@/components/charts/chart-text";
import { paint } from "@/components/charts/palette";
import { px } from "@/components/charts/paths";
import { textWidth } from "@/components/charts/text-width";
import { DosePanel } from "./dose-panel";
import { FindingsPanel } from "./findings-panel";
import { HoldColumns, HoldEdges } from "./holds";
import { layOutTimeline, type TimelineLayout } from "./layout";
import { MarkerLanes } from "./marker-lanes";
import { PanelBands, PanelLines, PanelSideLabels } from "./panel-ground";
import { PanelName } from "./panel-name";
import { PanelPoints } from "./panel-points";
import { panelScale } from "./panel-scale";
import { DayLines, TimeAxis } from "./time-axis";
import type { TimelineData } from "./timeline-data";

type TimelineDrawingProps = {
  readonly data: TimelineData;
  /** In pixels, 700 to 1400; the height follows from what there is to show. */
  readonly width: number;
  /** Unique on the page, for the names that assistive technology reads. */
  readonly id: string;
  readonly className?: string;
};

const NowLine = ({
  now,
  layout,
}: {
  readonly now: NonNullable<TimelineData["now"]>;
  readonly layout: TimelineLayout;
}) => {
  const x = layout.x(now.at);
  const width = textWidth(now.text, 10.5, true);
  const flipped = x + width + 4 > layout.width;
  return (
    <g>
      <path
        d={`M${String(px(x))} ${String(layout.lanes.bottom)}V${String(px(layout.axisTop))}`}
        stroke={paint("ink")}
        strokeWidth={1.2}
        strokeDasharray="4 3"
      />
      <ChartText
        x={flipped ? x - 4 : x + 4}
        y={layout.axisTop - 4}
        size={10.5}
        tone="ink"
        anchor={flipped ? "end" : "start"}
        bold
        halo
      >
        {now.text}
      </ChartText>
    </g>
  );
};

/** The whole timeline as one SVG. It needs no script, no browser to measure in, and no stylesheet to be legible. */
export const TimelineDrawing = ({ data, width, id, className }: TimelineDrawingProps) => {
  const layout = layOutTimeline(data, width);
  const { holds, axis } = data;
  const panels = layout.panels.map((placed) => ({
    placed,
    scale: panelScale(placed.panel, placed.extent),
    axis,
    layout,
  }));
  const keepOff = data.now === null ? [] : [layout.x(data.now.at)];
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${String(width)} ${String(px(layout.height))}`}
      width={width}
      height={px(layout.height)}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
      fontFamily="var(--font-superscripts, Geist), var(--font-geist-sans, Geist), system-ui, sans-serif"
      data-plot={`${String(px(layout.left))} ${String(px(layout.axisEnd))} ${String(width)}`}
      {...(className === undefined ? {} : { className })}
    >
      <title id={`${id}-title`}>{`Dose timeline of ${data.animal}`}</title>
      <desc id={`${id}-desc`}>{data.description}</desc>
      <HoldColumns holds={holds} axis={axis} layout={layout} />
      {panels.map((panel) => (
        <PanelBands key={panel.placed.panel.key} {...panel} />
      ))}
      <DayLines layout={layout} />
      {panels.map((panel) => (
        <PanelLines key={panel.placed.panel.key} {...panel} />
      ))}
      <HoldEdges holds={holds} axis={axis} layout={layout} />
      <DosePanel dose={data.dose} layout={layout} />
      <MarkerLanes layout={layout} />
      {data.now === null ? null : <NowLine now={data.now} layout={layout} />}
      {panels.map((panel) => (
        <g key={panel.placed.panel.key}>
          <PanelName name={panel.placed.panel.name} unit={panel.placed.panel.unit} top={panel.placed.extent.top} />
          <PanelPoints placed={panel.placed} scale={panel.scale} layout={layout} keepOff={keepOff} />
          <PanelSideLabels {...panel} />
        </g>
      ))}
      {layout.notMeasured === null ? null : (
        <ChartText x={0} y={layout.notMeasured.y} size={10.5} tone="ink-faint">
          {`Not measured: ${layout.notMeasured.names.join(", ")}`}
        </ChartText>
      )}
      <FindingsPanel layout={layout} />
      <TimeAxis layout={layout} />
    </svg>
  );
};
