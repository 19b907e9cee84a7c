import { ChartText } from "@/components/charts/chart-text";
import { GlyphMark } from "@/components/charts/marks";
import { paint, type Tone } from "@/components/charts/palette";
import { px } from "@/components/charts/paths";
import type { GlyphName } from "@/components/ui/glyph";
import { GLYPH_ADVANCE, LANE_HEIGHT, MARKER_GAP, MARKER_SIZE, type PlacedMarker, type TimelineLayout } from "./layout";
import type { MarkerKind, TimelineMarker } from "./timeline-data";

type Look = { readonly glyph: GlyphName; readonly tone: Tone };

const LOOKS: Readonly<Record<MarkerKind, Look>> = {
  start: { glyph: "play", tone: "accent-strong" },
  withhold: { glyph: "pause", tone: "withheld" },
  remain: { glyph: "pause", tone: "withheld" },
  resume: { glyph: "play", tone: "accent-strong" },
  propose: { glyph: "person", tone: "waiting" },
  "set-dose": { glyph: "play", tone: "accent-strong" },
  discontinue: { glyph: "stop", tone: "stopped" },
  "off-study": { glyph: "cross", tone: "ink-soft" },
  protocol: { glyph: "chevron", tone: "ink-soft" },
};

const glyphsOf = ({ kind, byOrder, reduced }: TimelineMarker): readonly GlyphName[] => [
  ...(byOrder ? (["order"] as const) : []),
  LOOKS[kind].glyph,
  ...(reduced ? (["down"] as const) : []),
];

const GLYPH_SIZE = 9.5;

const Marker = ({ placed, layout }: { readonly placed: PlacedMarker; readonly layout: TimelineLayout }) => {
  const { marker, x, place } = placed;
  const { tone } = LOOKS[marker.kind];
  const through = marker.kind === "discontinue" || marker.kind === "off-study" || marker.kind === "protocol";
  const middle = layout.lanes.top + ((place?.lane ?? layout.laneCount) + 0.5) * LANE_HEIGHT;
  const bottom = through ? layout.axisTop : layout.dose.bottom;
  const words = place === null ? "" : (marker.texts[place.choice] ?? "");
  const start = x + MARKER_GAP;
  const glyphs = place === null ? [] : glyphsOf(marker);
  return (
    <g>
      <path
        d={`M${String(px(x))} ${String(px(middle - LANE_HEIGHT / 2 + 2))}V${String(px(bottom))}`}
        stroke={paint(tone)}
        strokeWidth={marker.kind === "discontinue" ? 1.6 : 1}
        {...(marker.kind === "protocol" || marker.kind === "propose" ? { strokeDasharray: "2 3" } : {})}
      />
      {glyphs.map((glyph, index) => (
        <GlyphMark
          key={glyph}
          name={glyph}
          x={start + GLYPH_SIZE / 2 + index * GLYPH_ADVANCE}
          y={middle}
          size={GLYPH_SIZE}
          tone={tone}
        />
      ))}
      {words === "" ? null : (
        <ChartText x={start + glyphs.length * GLYPH_ADVANCE} y={middle + 4} size={MARKER_SIZE} tone={tone} bold>
          {words}
        </ChartText>
      )}
    </g>
  );
};

/** Every decision in words above the dose, each on the line of its instant. */
export const MarkerLanes = ({ layout }: { readonly layout: TimelineLayout }) => (
  <g>
    {layout.markers.map((placed, index) => (
      <Marker key={`${String(index)} ${placed.marker.kind}`} placed={placed} layout={layout} />
    ))}
  </g>
);
