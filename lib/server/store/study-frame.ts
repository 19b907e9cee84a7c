import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { Transaction } from "@/lib/server/db/transaction";

/** What of a bundle is not an entry, as rows: the study, its protocol versions, dose groups and animals. */
type Document = Readonly<Record<string, unknown>>;

export type NewStudyRow = {
  readonly code: string;
  readonly title: string;
  readonly species: string;
  readonly strain: string;
  readonly timeZone: string;
  readonly extra: Document;
  readonly createdBy: string | null;
};

export type NewProtocolRow = {
  readonly version: number;
  readonly settings: unknown;
  readonly effectiveFromMs: number | null;
  readonly effectiveFromText: string | null;
};

export type NewGroupRow = {
  readonly code: string;
  readonly label: string;
  readonly control: boolean;
  readonly doseLevels: readonly string[];
  readonly startingDose: string | null;
};

/** An animal's document apart: `startingDose`, `control` and `doseLevels` (from high to low, null: the protocol's) as read. */
export type BundleAnimal = {
  readonly document: Document;
  readonly startingDose: string;
  readonly control: boolean;
  readonly doseLevels: readonly string[] | null;
};

const LONGEST_CODE = 64;
const SEXES = ["F", "M", "U"];

const keyOf = (document: Document, key: string): unknown => (Object.hasOwn(document, key) ? document[key] : undefined);
const textOf = (document: Document, key: string): string | null => {
  const value = keyOf(document, key);
  return typeof value === "string" ? value : null;
};

const isCalendarDate = (text: string): boolean => {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    /^\d{4}-\d{2}-\d{2}$/u.test(text) && year >= 100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
};

const birthDateOf = (document: Document): string | null => {
  const text = textOf(document, "birthDate");
  return text !== null && isCalendarDate(text) ? text : null;
};

/** The code of the animal's dose group, where its document names one. */
export const groupOf = ({ document }: BundleAnimal): string | null => {
  const group = textOf(document, "group");
  return group !== null && group.length > 0 && group.length <= LONGEST_CODE ? group : null;
};

export type AnimalColumns = {
  readonly tag: string;
  readonly sex: string | null;
  readonly strain: string | null;
  readonly genotype: string | null;
  readonly birthDate: string | null;
  readonly room: string | null;
  readonly cage: string | null;
  readonly group: string | null;
  readonly startingDose: number;
  readonly control: boolean;
  readonly doseLevels: readonly number[] | null;
};

/** An animal's document as its columns have it. `control` is said only of a control animal. */
const animalOfColumns = ({ tag, control, ...columns }: AnimalColumns): Document => {
  const said = Object.entries({ id: tag, ...columns, control: control ? true : null });
  return Object.fromEntries(said.filter(([, value]) => value !== null));
};

export const animalDocument = (columns: AnimalColumns, extra: Document | null): Document => ({
  ...animalOfColumns(columns),
  ...extra,
});

const animalColumns = (animal: BundleAnimal): AnimalColumns => {
  const { document } = animal;
  const sex = textOf(document, "sex");
  return {
    tag: textOf(document, "id") ?? "",
    sex: sex !== null && SEXES.includes(sex) ? sex : null,
    strain: textOf(document, "strain"),
    genotype: textOf(document, "genotype"),
    birthDate: birthDateOf(document),
    room: textOf(document, "room"),
    cage: textOf(document, "cage"),
    group: groupOf(animal),
    startingDose: Number(animal.startingDose),
    control: animal.control,
    doseLevels: animal.doseLevels?.map(Number) ?? null,
  };
};

const animalRow = (animal: BundleAnimal): Document => {
  const columns = animalColumns(animal);
  const said = animalOfColumns(columns);
  const unsaid = Object.entries(animal.document).filter(([key, value]) => !isDeepStrictEqual(keyOf(said, key), value));
  const extra = unsaid.length === 0 ? null : Object.fromEntries(unsaid);
  return { ...columns, startingDose: animal.startingDose, doseLevels: animal.doseLevels, extra };
};

/** Null where another study has the code. */
const insertStudy = async (transaction: Transaction, row: NewStudyRow): Promise<number | null> => {
  const [made] = await transaction.query<{ readonly id: number }>({
    text: `INSERT INTO studies (code, title, species, strain, time_zone, status, imported, extra, created_by)
           VALUES ($1, $2, $3, $4, $5, 'active', true, $6, $7) ON CONFLICT (code) DO NOTHING RETURNING id`,
    values: [row.code, row.title, row.species, row.strain, row.timeZone, JSON.stringify(row.extra), row.createdBy],
  });
  return made?.id ?? null;
};

const insertProtocols = (transaction: Transaction, studyId: number, rows: readonly NewProtocolRow[]) =>
  transaction.query({
    text: `INSERT INTO protocol_versions (study_id, version, status, settings, effective_from, effective_from_text)
           SELECT $1, r.version, 'imported', r.settings, to_timestamp(r."effectiveFromMs" / 1000), r."effectiveFromText"
           FROM json_to_recordset($2::json) AS r(version integer, settings jsonb, "effectiveFromMs" numeric, "effectiveFromText" text)`,
    values: [studyId, JSON.stringify(rows)],
  });

const insertGroups = (transaction: Transaction, studyId: number, rows: readonly NewGroupRow[]) =>
  transaction.query({
    text: `INSERT INTO dose_groups (study_id, code, label, control, dose_levels, starting_dose, position)
           SELECT $1, r.code, r.label, r.control, r."doseLevels", r."startingDose", r.position
           FROM json_to_recordset($2::json) AS r(code text, label text, control boolean, "doseLevels" numeric[], "startingDose" numeric, position integer)`,
    values: [studyId, JSON.stringify(rows.map((row, position) => ({ ...row, position })))],
  });

/** In the order of the bundle, which their ids keep. Answers the id of each tag. */
const insertAnimals = async (
  transaction: Transaction,
  studyId: number,
  { animals, createdBy }: { readonly animals: readonly BundleAnimal[]; readonly createdBy: string | null },
): Promise<ReadonlyMap<string, number>> => {
  const rows = animals.map((animal, position) => ({ ...animalRow(animal), position }));
  const made = await transaction.query<{ readonly id: number; readonly tag: string }>({
    text: `INSERT INTO animals (study_id, tag, sex, strain, genotype, birth_date, room, cage, group_code, dosing_fixed,
             starting_dose, control, dose_levels, extra, created_by)
           SELECT $1, r.tag, r.sex, r.strain, r.genotype, r."birthDate", r.room, r.cage, r."group", true, r."startingDose",
             r.control, r."doseLevels", r.extra, $3::uuid
           FROM json_to_recordset($2::json) AS r(position integer, tag text, sex text, strain text, genotype text,
             "birthDate" date, room text, cage text, "group" text, "startingDose" numeric, control boolean,
             "doseLevels" numeric[], extra jsonb)
           ORDER BY r.position RETURNING id, tag`,
    values: [studyId, JSON.stringify(rows), createdBy],
  });
  return new Map(made.map(({ id, tag }) => [tag, id]));
};

export type StudyFrame = {
  readonly study: NewStudyRow;
  readonly protocols: readonly NewProtocolRow[];
  readonly groups: readonly NewGroupRow[];
  readonly animals: readonly BundleAnimal[];
};

export type StoredFrame = {
  readonly studyId: number;
  readonly animalIds: ReadonlyMap<string, number>;
  readonly rulesRevision: number;
};

/** A large study takes longer than what a person waits for; at COMMIT every entry is compared with its run. */
const allowTime = (transaction: Transaction) =>
  transaction.query({
    text: `SELECT set_config('statement_timeout', '10min', true), set_config('idle_in_transaction_session_timeout', '2min', true)`,
  });

/** Makes the study of a bundle, without its entries. Null where another study has its code. */
export const insertFrame = async (transaction: Transaction, frame: StudyFrame): Promise<StoredFrame | null> => {
  await allowTime(transaction);
  const studyId = await insertStudy(transaction, frame.study);
  if (studyId === null) return null;
  await insertGroups(transaction, studyId, frame.groups);
  await insertProtocols(transaction, studyId, frame.protocols);
  const animalIds = await insertAnimals(transaction, studyId, {
    animals: frame.animals,
    createdBy: frame.study.createdBy,
  });
  const [rules] = await transaction.query<{ readonly revision: number }>({
    text: "SELECT rules_revision AS revision FROM studies WHERE id = $1",
    values: [studyId],
  });
  if (rules === undefined) throw new Error("a study that was just made is not there");
  return { studyId, animalIds, rulesRevision: rules.revision };
};
