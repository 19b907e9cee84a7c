import "server-only";
import { createHash } from "node:crypto";
import { stringify } from "csv-stringify/sync";
import type { DoseModificationFilters } from "@/lib/contracts/histories";
import { DOSE_MODIFICATION_COLUMNS, csvCell, looksLikeFormula } from "@/lib/domain/histories/dose-modification-row";
import type { DoseModificationRow } from "@/lib/domain/histories/dose-modification-row";

const csv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { record_delimiter: "\r\n" },
  );

/** The table of the file, header and rows, and its SHA-256: of these bytes in UTF-8. */
export const doseModificationTable = (
  rows: readonly DoseModificationRow[],
): { readonly text: string; readonly sha256: string } => {
  const header = DOSE_MODIFICATION_COLUMNS.map((column) => column.header);
  const cells = rows.map((row) => DOSE_MODIFICATION_COLUMNS.map((column) => csvCell(column, row)));
  const text = csv([header, ...cells]);
  return { text, sha256: createHash("sha256").update(text, "utf8").digest("hex") };
};

/** What stands above the table: of what, filtered how, how many rows, of which hash, made by whom and when. */
export type FileHead = {
  readonly study: string;
  readonly filters: DoseModificationFilters;
  readonly exportedBy: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  /** The checkpoint of the audit trail that was made of the export. */
  readonly checkpoint: string;
};

const FILTER_NAMES: Readonly<Record<keyof DoseModificationFilters, string>> = {
  animal: "Animal",
  group: "Group",
  action: "Action",
  from: "Observed from",
  to: "Observed to",
  asKnownAt: "As known at",
};

const filterText = (filters: DoseModificationFilters): string => {
  const given = Object.entries(FILTER_NAMES).flatMap(([key, name]) => {
    const value = filters[key as keyof DoseModificationFilters];
    return value === undefined ? [] : [`${name} ${value}`];
  });
  return given.length === 0 ? "None" : given.join("; ");
};

const escaped = (cell: string): string => (looksLikeFormula(cell) ? `'${cell}` : cell);

/** The CSV file: the head in two columns, an empty line, the table. */
export const doseModificationFile = (rows: readonly DoseModificationRow[], head: FileHead): string => {
  const table = doseModificationTable(rows);
  const above = [
    ["Dose-modification history", head.study],
    ["Filters", filterText(head.filters)],
    ["Rows", String(rows.length)],
    ["SHA-256 of the table below", table.sha256],
    ["Exported by", head.exportedBy],
    ["Exported at", head.exportedAt],
    ["Checkpoint of the audit trail", head.checkpoint],
  ];
  return `${csv(above.map(([name = "", value = ""]) => [name, escaped(value)]))}\r\n${table.text}`;
};
