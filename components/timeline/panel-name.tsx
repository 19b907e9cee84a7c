import { ChartText } from "@/components/charts/chart-text";
import { unitText } from "@/components/ui/quantity";

type PanelNameProps = { readonly name: string; readonly unit: string; readonly top: number };

/** What a panel shows and in which unit, at the left of it. */
export const PanelName = ({ name, unit, top }: PanelNameProps) => (
  <g>
    <ChartText x={0} y={top + 9} size={12} tone="ink" bold>
      {name}
    </ChartText>
    <ChartText x={0} y={top + 23} size={10.5} tone="ink-faint">
      {unitText(unit)}
    </ChartText>
  </g>
);
