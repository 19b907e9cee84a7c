import type * as z from "zod";
import type { newAnimal } from "@/lib/contracts/animals";

export type PastedAnimal = z.input<typeof newAnimal>;

const COLUMNS = {
  id: ["animal", "tag", "id", "animal id"],
  sex: ["sex"],
  group: ["group", "dose group"],
  room: ["room"],
  cage: ["cage"],
  birthDate: ["birth date", "birthdate", "born", "date of birth", "dob"],
  strain: ["strain"],
  genotype: ["genotype"],
} as const;

type Column = keyof typeof COLUMNS;

/** Without a heading row the columns are in this order. */
const COLUMN_ORDER: readonly Column[] = ["id", "sex", "group", "room", "cage", "birthDate"];

const columnNamed = (heading: string): Column | null => {
  const name = heading.trim().toLowerCase().replace(/[_-]/gu, " ");
  const found = Object.entries(COLUMNS).find(([, names]) => (names as readonly string[]).includes(name));
  return found === undefined ? null : (found[0] as Column);
};

const sexOf = (text: string): PastedAnimal["sex"] => {
  const letter = text.trim().toUpperCase().charAt(0);
  return letter === "F" || letter === "♀" ? "F" : letter === "M" || letter === "♂" ? "M" : "U";
};

const optional = (text: string): string | null => (text.trim() === "" ? null : text.trim());

const animalOf = (cells: readonly string[], columns: readonly (Column | null)[]): PastedAnimal => {
  const cell = (column: Column): string => cells[columns.indexOf(column)] ?? "";
  return {
    id: cell("id").trim(),
    sex: sexOf(cell("sex")),
    group: cell("group").trim(),
    room: optional(cell("room")),
    cage: optional(cell("cage")),
    birthDate: optional(cell("birthDate")),
    strain: optional(cell("strain")),
    genotype: optional(cell("genotype")),
  };
};

/** Rows as a spreadsheet copies them: tabs between cells (or semicolons, or commas), an optional heading row. */
export const readPastedAnimals = (text: string): readonly PastedAnimal[] => {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const separator = ["\t", ";", ","].find((candidate) => lines[0]?.includes(candidate)) ?? "\t";
  const rows = lines.map((line) => line.split(separator));
  const headings = rows[0]?.map(columnNamed) ?? [];
  const hasHeadings = headings.includes("id");
  return (hasHeadings ? rows.slice(1) : rows).map((cells) => animalOf(cells, hasHeadings ? headings : COLUMN_ORDER));
};
