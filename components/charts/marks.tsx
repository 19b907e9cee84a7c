import { GLYPH_PATHS, type GlyphName } from "@/components/ui/glyph";
import { paint, type Tone } from "./palette";
import { px } from "./paths";

type GlyphMarkProps = {
  readonly name: GlyphName;
  /** The middle of the glyph. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly tone: Tone;
};

/** One of the interface's glyphs inside a drawing. */
export const GlyphMark = ({ name, x, y, size, tone }: GlyphMarkProps) => (
  <path
    d={GLYPH_PATHS[name]}
    fill={paint(tone)}
    fillRule="evenodd"
    transform={`translate(${String(px(x - size / 2))} ${String(px(y - size / 2))}) scale(${String(Math.round((size / 16) * 1000) / 1000)})`}
  />
);

type PointMarkProps = {
  readonly x: number;
  readonly y: number;
  /** A result below or above its number is an open mark that points that way. */
  readonly direction: "below" | "above" | null;
  readonly radius: number;
  readonly fill: Tone;
  readonly stroke: Tone;
};

/** A measured value. */
export const PointMark = ({ x, y, direction, radius, fill, stroke }: PointMarkProps) => {
  if (direction === null) {
    return <circle cx={px(x)} cy={px(y)} r={radius} fill={paint(fill)} stroke={paint(stroke)} strokeWidth={1.4} />;
  }
  const tip = direction === "below" ? radius * 1.5 : -radius * 1.5;
  const base = direction === "below" ? -radius * 0.9 : radius * 0.9;
  const half = radius * 1.35;
  return (
    <path
      d={`M${String(px(x - half))} ${String(px(y + base))}H${String(px(x + half))}L${String(px(x))} ${String(px(y + tip))}Z`}
      fill={paint("surface")}
      stroke={paint(stroke)}
      strokeWidth={1.4}
      strokeLinejoin="round"
    />
  );
};
