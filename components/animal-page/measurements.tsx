import { EmptyState } from "@/components/ui/empty-state";
import { Glyph } from "@/components/ui/glyph";
import { gradeClass, RowGrade } from "@/components/ui/grade-mark";
import { LateMark } from "@/components/ui/late-mark";
import { numberText, Unit } from "@/components/ui/quantity";
import { EmptyCell, HeadCell, Table } from "@/components/ui/table";
import type { Struck } from "./struck-values";
import type { DayDose, DayRow, DayValue, MeasurementTable } from "./measurement-rows";

type MeasurementsProps = {
  readonly table: MeasurementTable;
  readonly doseUnit: string;
  /** "of 22 g, day −1": what the change of weight is a percentage of; null before the first dose. */
  readonly changeOf: string | null;
};

const worst = (values: readonly DayValue[] | undefined): number | null =>
  values === undefined
    ? null
    : values.reduce<number | null>((high, { grade }) => (grade === null ? high : Math.max(high ?? 0, grade)), null);

/** What stood before, struck through, with who changed it and when on request. */
const StruckTexts = ({ struck }: { readonly struck: readonly Struck[] }) =>
  struck.map(({ text, note }) => (
    <s key={`${text} ${note}`} title={note} className="mr-1.5 text-xs font-normal text-ink-faint">
      {numberText(text)}
      <span className="sr-only"> {note}; </span>
    </s>
  ));

const Value = ({ value }: { readonly value: DayValue }) => {
  const { text, struck, grade, notes, late, missing } = value;
  const marks = [...notes, ...(late === null ? [] : [`late ${late}`])];
  return (
    <p
      {...(missing ? { className: "text-xs text-ink-soft italic" } : {})}
      {...(marks.length === 0 ? {} : { title: marks.join(" · ") })}
    >
      {late === null ? null : (
        <>
          <Glyph name="clock" className="mr-1 text-[0.75em] text-ink-faint" />
          <span className="sr-only">late {late}: </span>
        </>
      )}
      <StruckTexts struck={struck} />
      {text === null ? null : numberText(text)}
      {text === null ? null : <RowGrade grade={grade} />}
    </p>
  );
};

const ValuesCell = ({ values }: { readonly values: readonly DayValue[] | undefined }) =>
  values === undefined ? (
    <EmptyCell numeric />
  ) : (
    <td className={`num ${gradeClass(worst(values))}`}>
      {values.map((value) => (
        <Value key={value.entry} value={value} />
      ))}
    </td>
  );

/** Doses in a row that are alike: one line and how many. */
const givenLines = (doses: readonly DayDose[]): readonly { readonly dose: DayDose; readonly times: number }[] => {
  const lines: { dose: DayDose; times: number }[] = [];
  for (const dose of doses) {
    const last = lines.at(-1);
    const plain = dose.struck.length === 0 && last?.dose.struck.length === 0;
    if (last !== undefined && plain && last.dose.text === dose.text && last.dose.deviation === dose.deviation)
      last.times += 1;
    else lines.push({ dose, times: 1 });
  }
  return lines;
};

const Given = ({ dose, times }: { readonly dose: DayDose; readonly times: number }) => (
  <p>
    {dose.deviation === null ? null : (
      <span title={dose.deviation} className={dose.fault ? "text-stopped" : "text-withheld"}>
        <Glyph name="warning" className="mr-1 text-[0.8em]" />
        <span className="sr-only">{dose.deviation}: </span>
      </span>
    )}
    <StruckTexts struck={dose.struck} />
    {dose.text}
    {times === 1 ? null : <small>{`× ${String(times)}`}</small>}
  </p>
);

type Columns = Pick<MeasurementTable, "columns" | "further"> & { readonly hasChange: boolean };

const Row = ({ row, columns, further, hasChange }: { readonly row: DayRow } & Columns) => (
  <tr>
    <th scope="row">
      {row.day === "" ? row.date : row.day}
      {row.day === "" ? null : <small>{row.date}</small>}
      {row.late.map(({ entry, what, late }) => (
        <span
          key={entry}
          className="mt-0.5 flex items-center gap-1.5 text-xs font-normal whitespace-nowrap text-ink-soft"
        >
          <LateMark late={late} />
          {what}
        </span>
      ))}
    </th>
    {columns.flatMap(({ field }) => [
      <ValuesCell key={field} values={row.values.get(field)} />,
      ...(field === "grams" && hasChange ? [<ValuesCell key="change" values={row.values.get("change")} />] : []),
    ])}
    {row.findings.length === 0 ? (
      <EmptyCell />
    ) : (
      <td className="texts">
        {row.findings.map(({ text, struck }) => (
          <p key={`${text} ${struck?.note ?? ""}`}>{struck === null ? text : <StruckTexts struck={[struck]} />}</p>
        ))}
      </td>
    )}
    {row.given.length === 0 ? (
      <EmptyCell numeric />
    ) : (
      <td className="num">
        {givenLines(row.given).map(({ dose, times }) => (
          <Given key={dose.entry} dose={dose} times={times} />
        ))}
      </td>
    )}
    <td className="num">
      {row.decided.map((change) => (
        <p key={change}>
          <b>{change}</b>
        </p>
      ))}
    </td>
    {further.map(({ field }) => (
      <ValuesCell key={field} values={row.values.get(field)} />
    ))}
  </tr>
);

/** What is measured, and in a line of its own its unit. */
const Heading = ({ name, unit }: { readonly name: string; readonly unit: string }) => (
  <HeadCell numeric>
    {name}
    <span className="block">
      <Unit>{unit}</Unit>
    </span>
  </HeadCell>
);

/** The same numbers as the timeline's, by study day and date. What was not measured is never a zero, and never blank. */
export const Measurements = ({ table, doseUnit, changeOf }: MeasurementsProps) => {
  const { columns, further, rows, unitOf } = table;
  if (rows.length === 0) {
    return (
      <EmptyState title="Nothing recorded yet">
        Weights, counts, chemistry, observations and doses stand here once they are recorded.
      </EmptyState>
    );
  }
  return (
    <Table caption="Measurements by study day" maxHeight="most" rows="numbers">
      <thead>
        <tr>
          <HeadCell identity>Study day</HeadCell>
          {columns.flatMap(({ field, label }) => [
            <Heading key={field} name={label} unit={unitOf(field)} />,
            ...(field === "grams" && changeOf !== null ? [<Heading key="change" name="Change" unit={changeOf} />] : []),
          ])}
          <HeadCell>Findings and signs</HeadCell>
          <Heading name="Given" unit={doseUnit} />
          <Heading name="Dose in force" unit={doseUnit} />
          {further.map(({ field, label }) => (
            <Heading key={field} name={label} unit={unitOf(field)} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.epochDay} row={row} columns={columns} further={further} hasChange={changeOf !== null} />
        ))}
      </tbody>
    </Table>
  );
};
