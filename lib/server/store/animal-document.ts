import "server-only";
import { isDeepStrictEqual } from "node:util";

type Document = Readonly<Record<string, unknown>>;

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
  readonly startingDose: number | null;
  readonly control: boolean;
  readonly doseLevels: readonly number[] | null;
};

/** An animal of a bundle, with its own dosing as decimals in text, and what its document says beside the columns. */
export type ImportedAnimal = Omit<AnimalColumns, "startingDose" | "doseLevels"> & {
  readonly startingDose: string;
  readonly doseLevels: readonly string[] | null;
  readonly extra: Document | null;
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

/** An animal as its row has it, with what its document says beside the columns. */
export const importedAnimal = (animal: BundleAnimal): ImportedAnimal => {
  const columns = animalColumns(animal);
  const said = animalOfColumns(columns);
  const unsaid = Object.entries(animal.document).filter(([key, value]) => !isDeepStrictEqual(keyOf(said, key), value));
  const extra = unsaid.length === 0 ? null : Object.fromEntries(unsaid);
  return { ...columns, startingDose: animal.startingDose, doseLevels: animal.doseLevels, extra };
};
