import { ChartText } from "@/components/charts/chart-text";
import { paint } from "@/components/charts/palette";
import { px } from "@/components/charts/paths";
import type { TimelineLayout } from "./layout";

const verticals = (places: readonly number[], top: number, bottom: number): string =>
  places.map((place) => `M${String(px(place))} ${String(px(top))}V${String(px(bottom))}`).join("");

/** Hairlines through every panel where a labelled day begins. */
export const DayLines = ({ layout }: { readonly layout: TimelineLayout }) => (
  <path
    d={verticals(
      layout.ticks.major.map(({ at }) => layout.x(at)),
      layout.dose.top,
      layout.axisTop,
    )}
    stroke={paint("hairline")}
  />
);

/** Study days with their dates, or dates alone before a first dose. */
export const TimeAxis = ({ layout }: { readonly layout: TimelineLayout }) => {
  const { axisTop, left, right, width, ticks, x } = layout;
  return (
    <g>
      <path d={`M${String(left)} ${String(axisTop)}H${String(right)}`} stroke={paint("edge")} />
      <path d={verticals(ticks.minor.map(x), axisTop, axisTop + 3)} stroke={paint("edge")} />
      <path
        d={verticals(
          ticks.major.map(({ at }) => x(at)),
          axisTop,
          axisTop + 8,
        )}
        stroke={paint("edge")}
      />
      {ticks.major.map(({ at, text, date }) => {
        const place = x(at) + 3;
        return place + 34 > width ? null : (
          <g key={at}>
            <ChartText x={place} y={axisTop + 16} tone="ink" size={11}>
              {text}
            </ChartText>
            {date === "" ? null : (
              <ChartText x={place} y={axisTop + 29} tone="ink-faint" size={10}>
                {date}
              </ChartText>
            )}
          </g>
        );
      })}
    </g>
  );
};
