import "server-only";
import { stringify } from "csv-stringify/sync";
import { looksLikeFormula } from "@/lib/domain/outputs/dose-modification-row";

/** Rows of cells as every file of ours has them: RFC 4180, with CRLF. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { record_delimiter: "\r\n" },
  );

/** A text that a spreadsheet would take for a formula, so that it does not. */
export const escapedCell = (cell: string): string => (looksLikeFormula(cell) ? `'${cell}` : cell);

/** The filters that were given, each by its name, in one cell. */
export const filtersCell = <Filters extends object>(
  names: Readonly<Record<keyof Filters & string, string>>,
  filters: Filters,
): string => {
  const given = Object.entries<string>(names).flatMap(([key, name]) => {
    const value: unknown = Reflect.get(filters, key);
    return typeof value === "string" ? [`${name} ${value}`] : [];
  });
  return given.length === 0 ? "None" : given.join("; ");
};
