import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";
import { LateMark } from "@/components/ui/late-mark";
import { numberText } from "@/components/ui/quantity";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import {
  DOSE_MODIFICATION_COLUMNS,
  type DoseModificationRow,
  type HistoryColumn,
} from "@/lib/domain/outputs/dose-modification-row";

type HistoryTableProps = {
  readonly rows: readonly DoseModificationRow[];
  readonly animalAddress: (row: DoseModificationRow) => string;
  /** The protocol version by which the decision was made. */
  readonly protocolAddress: (row: DoseModificationRow) => string;
};

/**
 * The columns of the file, a line each, in cells of what belongs together: all of them are in sight at once, on a desk and
 * on paper.
 */
const CELLS: readonly (readonly string[])[] = [
  ["animal", "group", "sequence"],
  ["study_day", "observed_at", "recorded_at", "late_by"],
  ["action", "rules", "deviations"],
  ["from_dose", "to_dose", "dose_unit"],
  ["trigger_terms", "trigger_values", "trigger_units"],
  ["cut_offs", "baselines", "grades"],
  ["study", "ctcae_version", "protocol_version", "rule_set"],
  ["entry", "recorded_by", "signed_by", "signed_at"],
  ["in_force_from", "in_force_until", "signature_meaning", "signature"],
];

/** Several rules or terms may stand in one cell, and a meaning is a sentence: they take more than one line. */
const LISTS: ReadonlySet<string> = new Set(["rules", "trigger_terms", "signature_meaning"]);

/** Beside a sentence that wraps, an instant does not. */
const WHOLE: ReadonlySet<string> = new Set(["in_force_from", "in_force_until"]);

const columnOf = (key: string): HistoryColumn => {
  const column = DOSE_MODIFICATION_COLUMNS.find((candidate) => candidate.key === key);
  if (column === undefined) throw new Error(`The history has no column ${key}`);
  return column;
};

const COLUMNS: readonly (readonly HistoryColumn[])[] = CELLS.map((keys) => keys.map(columnOf));

type LineProps = Pick<HistoryTableProps, "protocolAddress"> & {
  readonly column: HistoryColumn;
  readonly row: DoseModificationRow;
};

const Line = ({ column, row, protocolAddress }: LineProps) => {
  const cell = column.cell(row);
  if (column.key === "protocol_version") {
    return (
      <Link
        href={protocolAddress(row)}
        prefetch={false}
        aria-label={`Protocol version ${cell}`}
        className="inline-flex min-h-6 min-w-6 items-center underline underline-offset-4"
      >
        {cell}
      </Link>
    );
  }
  if (column.key === "signature" && row.signatures.some(({ brokenBy }) => brokenBy !== null)) {
    return (
      <span className="block font-semibold whitespace-normal text-stopped">
        <Glyph name="warning" className="mr-1 align-[-0.08em]" />
        {cell}
      </span>
    );
  }
  if (column.key === "late_by" && cell !== "") {
    return (
      <span className="block">
        <LateMark late={cell} />
      </span>
    );
  }
  return (
    <span className={`block ${WHOLE.has(column.key) ? "whitespace-nowrap" : ""}`}>
      {cell === "" ? <span aria-hidden="true">·</span> : column.kind === "number" ? numberText(cell) : cell}
    </span>
  );
};

const Headings = ({ columns }: { readonly columns: readonly HistoryColumn[] }) =>
  columns.map(({ key, header }) => (
    <span key={key} className="block">
      {header}
    </span>
  ));

const Lines = ({ columns, ...line }: Omit<LineProps, "column"> & { readonly columns: readonly HistoryColumn[] }) =>
  columns.map((column) => <Line key={column.key} column={column} {...line} />);

const [IDENTITY = [], ...OTHERS] = COLUMNS;

/** The rows of the file by the same columns. What no longer is in force is dimmed, and says until when it was. */
export const HistoryTable = ({ rows, animalAddress, protocolAddress }: HistoryTableProps) => (
  <Table caption="Dose-modification history" maxHeight="most">
    <thead>
      <tr>
        <HeadCell identity>
          <Headings columns={IDENTITY} />
        </HeadCell>
        {OTHERS.map((columns) => (
          <HeadCell key={columns[0]?.key}>
            <Headings columns={columns} />
          </HeadCell>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={`${row.animal} ${String(row.sequence)}`} className={row.inForceUntil === null ? "" : "text-ink-faint"}>
          <IdentityCell>
            <Link
              href={animalAddress(row)}
              prefetch={false}
              className="inline-flex min-h-6 items-center font-semibold underline-offset-4 hover:underline"
            >
              {row.animal}
            </Link>
            <span className="block font-normal">
              <Lines columns={IDENTITY.slice(1)} row={row} protocolAddress={protocolAddress} />
            </span>
          </IdentityCell>
          {OTHERS.map((columns) => (
            <Cell
              key={columns[0]?.key}
              className={
                columns.some(({ key }) => LISTS.has(key)) ? "max-w-64 min-w-44 print:min-w-32" : "whitespace-nowrap"
              }
            >
              <Lines columns={columns} row={row} protocolAddress={protocolAddress} />
            </Cell>
          ))}
        </tr>
      ))}
    </tbody>
  </Table>
);
