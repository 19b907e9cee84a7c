import Link from "next/link";
import { numberText } from "@/components/ui/quantity";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import { DOSE_MODIFICATION_COLUMNS, type DoseModificationRow } from "@/lib/domain/histories/dose-modification-row";

type HistoryTableProps = {
  readonly rows: readonly DoseModificationRow[];
  readonly animalAddress: (row: DoseModificationRow) => string;
};

/** The animal leads its row; every other column as the file has it, in its order. */
const COLUMNS = DOSE_MODIFICATION_COLUMNS.filter(({ key }) => key !== "animal");

/** The rows of the file, cell for cell, by the same columns. What no longer is in force is dimmed, and says until when it was. */
export const HistoryTable = ({ rows, animalAddress }: HistoryTableProps) => (
  <Table caption="Dose-modification history" maxHeight="most">
    <thead>
      <tr>
        <HeadCell identity>Animal</HeadCell>
        {COLUMNS.map(({ key, header, kind }) => (
          <HeadCell key={key} numeric={kind === "number"}>
            {header}
          </HeadCell>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={`${row.animal} ${String(row.sequence)}`} className={row.inForceUntil === null ? "" : "text-ink-faint"}>
          <IdentityCell>
            <Link href={animalAddress(row)} prefetch={false} className="inline-flex min-h-6 items-center underline-offset-4 hover:underline">
              {row.animal}
            </Link>
          </IdentityCell>
          {COLUMNS.map((column) => (
            <Cell key={column.key} numeric={column.kind === "number"} className="whitespace-nowrap">
              {column.kind === "number" ? numberText(column.cell(row)) : column.cell(row)}
            </Cell>
          ))}
        </tr>
      ))}
    </tbody>
  </Table>
);
