"use client";

import Link from "next/link";
import { EmptyCell } from "@/components/ui/table";
import { gradeClass, RowGrade } from "@/components/ui/grade-mark";
import { LateMark } from "@/components/ui/late-mark";
import { SpriteGlyph } from "@/components/ui/glyph-sprite";
import { STATUS_WORDS } from "@/lib/domain/language/code-words";
import { CONCERN_COUNTS, STATUS_LOOKS, TONE_INK } from "./board-looks";
import type { BoardLine, LineValue } from "./board-line";
import { DoseStrip } from "./dose-strip";
import { doseStripData } from "./dose-strip-data";
import { stripLabel } from "./strip-label";

type BoardRowsProps = {
  readonly lines: readonly BoardLine[];
  readonly doseUnit: string;
  /** The address of an animal's page is this, the tag, and `query`. */
  readonly animals: string;
  readonly query: string;
  /** How many days every strip stands for. */
  readonly days: number;
};

const ValueCell = ({ value }: { readonly value: LineValue | null }) => {
  if (value === null) return <EmptyCell numeric />;
  const [text, grade, day] = value;
  return (
    <td className={`num ${gradeClass(grade)}`}>
      {text}
      <RowGrade grade={grade} />
      <small>{day}</small>
    </td>
  );
};

const WeightCells = ({ weight }: { readonly weight: BoardLine[10] }) => {
  if (weight === null)
    return (
      <>
        <EmptyCell numeric />
        <EmptyCell />
      </>
    );
  const [[text, grade, day], unit, change, of, alarms] = weight;
  return (
    <>
      <td className="num">
        {`${text} `}
        <i>{unit}</i>
        <small>{day}</small>
      </td>
      <td className={gradeClass(grade)}>
        {change === null ? null : alarms ? <b>{change}</b> : change}
        <small>{of}</small>
      </td>
    </>
  );
};

const Identity = ({ line, href }: { readonly line: BoardLine; readonly href: string }) => {
  const [tag, place, concern] = line;
  const mark = concern === null ? null : CONCERN_COUNTS[concern];
  return (
    <th scope="row">
      <Link href={href} prefetch={false}>
        {mark === null ? null : <SpriteGlyph name={mark.glyph} className={TONE_INK[mark.tone]} />}
        {tag}
      </Link>
      {mark === null ? null : <span className="sr-only">{`, ${mark.words}`}</span>}
      {place === "" ? null : <small>{place}</small>}
    </th>
  );
};

const StatusCell = ({ line }: { readonly line: BoardLine }) => {
  const [, , , status, held, heldLong, late] = line;
  return (
    <td>
      <span className={`pill ${status}`}>
        <SpriteGlyph name={STATUS_LOOKS[status].glyph} />
        {STATUS_WORDS[status]}
      </span>
      {held === null ? null : <small className={heldLong ? "long" : undefined}>{held}</small>}
      {late === null ? null : (
        <span className="block" title={`Last decision recorded ${late} after the observation`}>
          <LateMark late={late} />
        </span>
      )}
    </td>
  );
};

type DoseCellProps = { readonly dose: string | null; readonly control: boolean; readonly doseUnit: string };

const DoseCell = ({ dose, control, doseUnit }: DoseCellProps) => {
  if (control) return <td className="num">vehicle</td>;
  if (dose === null) return <EmptyCell numeric />;
  return (
    <td className="num">
      {`${dose} `}
      <i>{doseUnit}</i>
    </td>
  );
};

const Row = ({
  line,
  doseUnit,
  animals,
  query,
  days,
}: { readonly line: BoardLine } & Omit<BoardRowsProps, "lines">) => {
  const [tag, , , , , , , dose, control, values, weight, toxicities, parts, until] = line;
  const events = parts.map(([action, at, , toDose]) => ({ action, at, toDose: Number(toDose) }));
  return (
    <tr>
      <Identity line={line} href={`${animals}${encodeURIComponent(tag)}${query}`} />
      <StatusCell line={line} />
      <DoseCell dose={dose} control={control} doseUnit={doseUnit} />
      {values.map((value, place) => (
        <ValueCell key={place} value={value} />
      ))}
      <WeightCells weight={weight} />
      <td>{toxicities === "" ? "none" : toxicities}</td>
      <td>
        {parts.length === 0 ? null : (
          <DoseStrip
            strip={doseStripData(events, control, until)}
            days={days}
            label={stripLabel(tag, parts, { doseUnit, control })}
          />
        )}
      </td>
    </tr>
  );
};

/** Rows of animals, drawn on the server and again in the browser from the few values of each. */
export const BoardRows = ({ lines, ...rest }: BoardRowsProps) =>
  lines.map((line) => <Row key={line[0]} line={line} {...rest} />);
