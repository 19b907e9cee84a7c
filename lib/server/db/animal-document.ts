import "server-only";
import { animalDocument } from "./study-frame";
import type { AnimalColumns } from "./study-frame";
import type { Transaction } from "./transaction";

type Document = Readonly<Record<string, unknown>>;
type Row = AnimalColumns & { readonly dosingFixed: boolean; readonly extra: Document | null };

/** An animal's own record as a bundle writes it. Its dosing is said once it is its own; until then it is its group's. */
export const readAnimalDocument = async (transaction: Transaction, animalId: number): Promise<Document> => {
  const [row] = await transaction.query<Row>({
    text: `SELECT tag, sex, strain, genotype, to_char(birth_date, 'YYYY-MM-DD') AS "birthDate", room, cage, group_code AS "group",
             starting_dose::float8 AS "startingDose", coalesce(control, false) AS control, nullif(dose_levels, '{}')::float8[] AS "doseLevels",
             dosing_fixed AS "dosingFixed", extra
           FROM animals WHERE id = $1`,
    values: [animalId],
  });
  if (row === undefined) throw new Error("a locked animal is not there");
  const { dosingFixed, extra, ...columns } = row;
  if (dosingFixed) return animalDocument(columns, extra);
  const { startingDose: _startingDose, doseLevels: _doseLevels, ...document } = animalDocument(columns, extra);
  return document;
};
