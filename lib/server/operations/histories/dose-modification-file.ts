import "server-only";
import { createHash } from "node:crypto";
import type { DoseModificationFilters } from "@/lib/contracts/histories";
import { DOSE_MODIFICATION_COLUMNS, csvCell } from "@/lib/domain/outputs/dose-modification-row";
import type { DoseModificationRow } from "@/lib/domain/outputs/dose-modification-row";
import { csvText, escapedCell, filtersCell } from "@/lib/server/exports/csv-text";

export type DoseModificationTable = {
  readonly text: string;
  readonly sha256: string;
  /** Without the line of headings. */
  readonly rows: number;
};

/** The table of the file, header and rows, and its SHA-256: of these bytes in UTF-8. */
export const doseModificationTable = (rows: readonly DoseModificationRow[]): DoseModificationTable => {
  const header = DOSE_MODIFICATION_COLUMNS.map((column) => column.header);
  const cells = rows.map((row) => DOSE_MODIFICATION_COLUMNS.map((column) => csvCell(column, row)));
  const text = csvText([header, ...cells]);
  return { text, sha256: createHash("sha256").update(text, "utf8").digest("hex"), rows: rows.length };
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

/** The CSV file: the head in two columns, an empty line, the table. */
export const doseModificationFile = (table: DoseModificationTable, head: FileHead): string => {
  const above = [
    ["Dose-modification history", head.study],
    ["Filters", filtersCell(FILTER_NAMES, head.filters)],
    ["Rows", String(table.rows)],
    ["SHA-256 of the table below", table.sha256],
    ["Exported by", head.exportedBy],
    ["Exported at", head.exportedAt],
    ["Checkpoint of the audit trail", head.checkpoint],
  ];
  return `${csvText(above.map(([name = "", value = ""]) => [name, escapedCell(value)]))}\r\n${table.text}`;
};
