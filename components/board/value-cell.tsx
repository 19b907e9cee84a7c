import { GradeMark, gradeGround } from "@/components/ui/grade-mark";
import { numberText } from "@/components/ui/quantity";
import { Cell, NotMeasured } from "@/components/ui/table";
import type { SummaryValue } from "@/lib/domain/animal/animal-summary";

type ValueCellProps = { readonly value: SummaryValue | undefined; readonly day: string };

/** A latest value with its grade, and the study day on which it was taken. */
export const ValueCell = ({ value, day }: ValueCellProps) => (
  <Cell numeric className={value === undefined ? "" : gradeGround(value.grade)}>
    {value === undefined ? (
      <NotMeasured />
    ) : (
      <>
        <GradeMark grade={value.grade}>
          {value.qualifier === null ? "" : `${value.qualifier} `}
          {numberText(value.value)}
        </GradeMark>
        <span className="ml-2 inline-block min-w-12 text-left text-xs text-ink-soft">{day}</span>
      </>
    )}
  </Cell>
);
