import { ChartText } from "@/components/charts/chart-text";
import { unitText } from "@/components/ui/quantity";

type PanelNameProps = { readonly name: string; readonly unit: string; readonly top: number };

const UNIT_SIZE = 10.5;
const SUPERSCRIPT_SIZE = 13.5;

/** Superscript characters are drawn larger: at the size of the unit they could not be told apart. */
const unitParts = (unit: string): readonly { readonly text: string; readonly raised: boolean }[] =>
  unitText(unit)
    .split(/([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)/)
    .map((text, index) => ({ text, raised: index % 2 === 1 }))
    .filter(({ text }) => text !== "");

/** What a panel shows and in which unit, at the left of it. */
export const PanelName = ({ name, unit, top }: PanelNameProps) => (
  <g>
    <ChartText x={0} y={top + 9} size={12} tone="ink" bold>
      {name}
    </ChartText>
    <ChartText x={0} y={top + 23} size={UNIT_SIZE} tone="ink-faint">
      {unitParts(unit).map(({ text, raised }) => (
        <tspan key={text} {...(raised ? { fontSize: SUPERSCRIPT_SIZE } : {})}>
          {text}
        </tspan>
      ))}
    </ChartText>
  </g>
);
