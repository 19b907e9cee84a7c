import { EmptyState } from "@/components/ui/empty-state";
import { Glyph } from "@/components/ui/glyph";
import { GradeMark, gradeGround } from "@/components/ui/grade-mark";
import { numberText, Unit } from "@/components/ui/quantity";
import { Cell, HeadCell, IdentityCell, NotMeasured, Table } from "@/components/ui/table";
import type { MeasuredField } from "@/lib/domain/measurements/measured-fields";
import type { DayDose, DayRow, DayValue, MeasurementTable } from "./measurement-rows";

type MeasurementsProps = {
  readonly table: MeasurementTable;
  readonly doseUnit: string;
  /** "of 22 g, day −1": what the change of weight is a percentage of; null before the first dose. */
  readonly changeOf: string | null;
};

const worst = (values: readonly DayValue[] | undefined): number | null =>
  values === undefined ? null : values.reduce<number | null>((high, { grade }) => (grade === null ? high : Math.max(high ?? 0, grade)), null);

const Value = ({ value }: { readonly value: DayValue }) => {
  const { text, grade, notes, corrected, late, missing } = value;
  const marks = [...notes, ...(late === null ? [] : [`known ${late} later`])];
  return (
    <span className={`block whitespace-nowrap ${missing ? "text-xs text-ink-soft italic" : ""}`} {...(marks.length === 0 ? {} : { title: marks.join(" · ") })}>
      {late === null ? null : (
        <>
          <Glyph name="clock" className="mr-1 text-[0.75em] text-ink-faint" />
          <span className="sr-only">known late </span>
        </>
      )}
      {corrected ? (
        <>
          <span aria-hidden="true" className="mr-0.5 text-ink-faint">
            ≠
          </span>
          <span className="sr-only">corrected </span>
        </>
      ) : null}
      <GradeMark grade={grade}>{numberText(text)}</GradeMark>
    </span>
  );
};

const ValuesCell = ({ values }: { readonly values: readonly DayValue[] | undefined }) => (
  <Cell numeric className={gradeGround(worst(values))}>
    {values === undefined ? <NotMeasured /> : values.map((value) => <Value key={value.entry} value={value} />)}
  </Cell>
);

const Given = ({ dose }: { readonly dose: DayDose }) => (
  <span className="block whitespace-nowrap">
    {dose.deviation === null ? null : (
      <span title={dose.deviation} className={dose.fault ? "text-stopped" : "text-withheld"}>
        <Glyph name="warning" className="mr-1 text-[0.8em]" />
        <span className="sr-only">{dose.deviation}: </span>
      </span>
    )}
    {dose.text}
  </span>
);

const Row = ({ row, columns, hasChange }: { readonly row: DayRow; readonly columns: readonly MeasuredField[]; readonly hasChange: boolean }) => (
  <tr>
    <IdentityCell>
      {row.day === "" ? row.date : row.day}
      {row.day === "" ? null : <span className="ml-2 text-xs font-normal text-ink-faint">{row.date}</span>}
    </IdentityCell>
    {columns.flatMap((field) => [
      <ValuesCell key={field} values={row.values.get(field)} />,
      ...(field === "grams" && hasChange ? [<ValuesCell key="change" values={row.values.get("change")} />] : []),
    ])}
    <Cell className="min-w-32 text-sm">
      {row.findings.length === 0 ? <span className="text-ink-faint">·</span> : row.findings.map((finding) => <span key={finding} className="block">{finding}</span>)}
    </Cell>
    <Cell numeric>{row.given.length === 0 ? <NotMeasured /> : row.given.map((dose) => <Given key={dose.entry} dose={dose} />)}</Cell>
    <Cell numeric>
      {row.decided.map((change) => (
        <span key={change} className="block font-semibold whitespace-nowrap">
          {change}
        </span>
      ))}
    </Cell>
  </tr>
);

/** The same numbers as the timeline's, by study day and date. What was not measured is never a zero, and never blank. */
export const Measurements = ({ table, doseUnit, changeOf }: MeasurementsProps) => {
  const { columns, rows, unitOf } = table;
  if (rows.length === 0) return <EmptyState title="Nothing recorded yet">Weights, counts, chemistry, observations and doses stand here once they are recorded.</EmptyState>;
  return (
    <Table caption="Measurements by study day" maxHeight="most">
      <thead>
        <tr>
          <HeadCell identity>Study day</HeadCell>
          {columns.flatMap(({ field, label }) => [
            <HeadCell key={field} numeric>
              {label} <Unit>{unitOf(field)}</Unit>
            </HeadCell>,
            ...(field === "grams" && changeOf !== null
              ? [
                  <HeadCell key="change" numeric>
                    Change <Unit>{changeOf}</Unit>
                  </HeadCell>,
                ]
              : []),
          ])}
          <HeadCell>Findings and signs</HeadCell>
          <HeadCell numeric>
            Given <Unit>{doseUnit}</Unit>
          </HeadCell>
          <HeadCell numeric>
            Dose in force <Unit>{doseUnit}</Unit>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.epochDay} row={row} columns={columns.map(({ field }) => field)} hasChange={changeOf !== null} />
        ))}
      </tbody>
    </Table>
  );
};
