import type { ReactNode } from "react";
import { paint, type Tone } from "./palette";
import { px } from "./paths";

type ChartTextProps = {
  readonly x: number;
  /** The baseline of the letters. */
  readonly y: number;
  readonly size?: number;
  readonly tone?: Tone;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  /** A rim in the ground's colour, where the text stands on lines. */
  readonly halo?: boolean;
  readonly children: ReactNode;
};

/** A text in a drawing. */
export const ChartText = ({
  x,
  y,
  size = 11,
  tone = "ink-soft",
  anchor = "start",
  bold = false,
  halo = false,
  children,
}: ChartTextProps) => (
  <text
    x={px(x)}
    y={px(y)}
    fontSize={size}
    fill={paint(tone)}
    {...(anchor === "start" ? {} : { textAnchor: anchor })}
    {...(bold ? { fontWeight: 600 } : {})}
    {...(halo
      ? {
          paintOrder: "stroke",
          stroke: paint("surface"),
          strokeWidth: 3,
          strokeOpacity: 0.8,
          strokeLinejoin: "round" as const,
        }
      : {})}
  >
    {children}
  </text>
);
