"use client";

import Link from "next/link";
import { LateMark } from "@/components/ui/late-mark";
import { SpriteGlyph } from "@/components/ui/glyph-sprite";
import { NotMeasured } from "@/components/ui/table";
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

const ground = (grade: number | null): string =>
  grade === null || grade === 0 ? "" : ` g${String(Math.min(grade, 4))}`;

const Grade = ({ grade }: { readonly grade: number | null }) =>
  grade === null || grade === 0 ? null : (
    <>
      <sup aria-hidden="true">{grade}</sup>
      <span className="sr-only">{` grade ${String(grade)}`}</span>
    </>
  );

const ValueCell = ({ value }: { readonly value: LineValue | null }) => {
  if (value === null)
    return (
      <td className="num">
        <NotMeasured />
      </td>
    );
  const [text, grade, day] = value;
  return (
    <td className={`num${ground(grade)}`}>
      {text}
      <Grade grade={grade} />
      <small>{day}</small>
    </td>
  );
};

const WeightCells = ({ weight }: { readonly weight: BoardLine[10] }) => {
  if (weight === null)
    return (
      <>
        <ValueCell value={null} />
        <td />
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
      <td className={ground(grade).trim() || undefined}>
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
      <small>{place}</small>
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
      <td className="num">
        {control ? (
          "vehicle"
        ) : dose === null ? (
          <NotMeasured />
        ) : (
          <>
            {`${dose} `}
            <i>{doseUnit}</i>
          </>
        )}
      </td>
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
