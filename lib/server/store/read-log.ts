import "server-only";
import type { EntryDocument } from "@/lib/contracts/entries/entry-document";
import { writeInstant } from "@/lib/domain/time/instant";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { DETAIL_TABLES, documentOfRows } from "./entry-rows";
import type { Statement, Transaction } from "@/lib/server/db/transaction";

type Row = Readonly<Record<string, unknown>>;

/** A row of `ENTRY_COLUMNS`: an entry with its typed row as JSON. */
export type EntryRecord = {
  readonly header: Row;
  readonly kind: EntryKind | "void";
  readonly animal: string;
  readonly recorded_ms: number;
  readonly recorded_at_text: string | null;
  readonly detail: Row | null;
  readonly findings: readonly Row[] | null;
  readonly signs: readonly Row[] | null;
};

const HEADER_COLUMNS = [
  "id",
  "observed_at_text",
  "recorded_by_text",
  "corrects",
  "voids",
  "reason_code",
  "reason",
  "deviation_reason",
  "comment",
  "source",
  "extra",
] as const;

/** An instant as milliseconds since 1970, exactly. */
export const msOf = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

const detailCases = Object.entries(DETAIL_TABLES)
  .map(
    ([kind, table]) =>
      `WHEN '${kind}' THEN (SELECT to_jsonb(d) FROM ${table} d WHERE d.study_id = e.study_id AND d.entry_id = e.id)`,
  )
  .join(" ");

const listOf = (table: string, keys: readonly string[]): string => {
  const parts = keys.map((key) => `'${key}', l.${key}`).join(", ");
  return `CASE WHEN e.kind = 'observation' THEN (SELECT jsonb_agg(jsonb_build_object(${parts}) ORDER BY l.position) FROM ${table} l WHERE l.study_id = e.study_id AND l.entry_id = e.id) END`;
};

/** The columns of an `EntryRecord`, from `entries e` joined with `animals a`. */
export const ENTRY_COLUMNS = `
  jsonb_build_object(${HEADER_COLUMNS.map((name) => `'${name}', e.${name}`).join(", ")}) AS header,
  e.kind, a.tag AS animal, ${msOf("e.recorded_at")} AS recorded_ms, e.recorded_at_text,
  CASE e.kind ${detailCases} END AS detail,
  ${listOf("observation_findings", ["term", "grade"])} AS findings,
  ${listOf("observation_signs", ["category", "text", "severity"])} AS signs`;

export const documentOfRecord = (record: EntryRecord): EntryDocument =>
  documentOfRows({
    kind: record.kind,
    header: record.header,
    detail: record.detail,
    findings: record.findings ?? [],
    signs: record.signs ?? [],
    animal: record.animal,
    recordedAt: record.recorded_at_text ?? writeInstant(record.recorded_ms),
  });

/** Who recorded an entry: here, by name and id; elsewhere, as its bundle says. */
export type Recorder = {
  readonly recordedByName: string | null;
  readonly recordedByText: string | null;
  readonly recorderId: string | null;
};

export type StoredEntry = EntryRecord & Recorder & { readonly animalId: number };

/** Which entries of a study: those of animals, with some ids, recorded by an instant; null or absent for all. */
export type EntriesAsked = {
  readonly animalIds?: readonly number[] | null;
  readonly ids?: readonly string[] | null;
  readonly knownMs?: number | null;
};

/**
 * Entries of a study whole, in the order in which they were stored. By hand: a document is in ten tables, and Prisma's client
 * would ask each of them.
 */
export const entriesStatement = (studyId: number, { animalIds, ids, knownMs }: EntriesAsked): Statement => ({
  text: `SELECT ${ENTRY_COLUMNS}, a.id AS "animalId", u.name AS "recordedByName", e.recorded_by_text AS "recordedByText",
           e.recorded_by::text AS "recorderId"
         FROM entries e JOIN animals a ON (a.study_id, a.id) = (e.study_id, e.animal_id) LEFT JOIN users u ON u.id = e.recorded_by
         WHERE e.study_id = $1 AND ($2::int[] IS NULL OR e.animal_id = ANY ($2)) AND ($3::text[] IS NULL OR e.id = ANY ($3))
           AND ($4::numeric IS NULL OR e.recorded_at <= to_timestamp($4::numeric / 1000))
         ORDER BY e.log_number`,
  values: [studyId, animalIds ?? null, ids ?? null, knownMs ?? null],
});

export const readEntries = (
  on: Transaction,
  studyId: number,
  asked: EntriesAsked = {},
): Promise<readonly StoredEntry[]> => on.query<StoredEntry>(entriesStatement(studyId, asked));

/** The whole log of an animal as documents, in the order in which it was stored. */
export const readAnimalLog = async (
  on: Transaction,
  studyId: number,
  animalId: number,
): Promise<readonly EntryDocument[]> =>
  (await readEntries(on, studyId, { animalIds: [animalId] })).map(documentOfRecord);

/** The version of records that stands, by the id of their original. */
export const standingDocuments = async (
  transaction: Transaction,
  studyId: number,
  records: readonly { readonly recordId: string }[],
): Promise<ReadonlyMap<string, EntryDocument>> => {
  const standing = await transaction.query<{ readonly id: string; readonly recordId: string }>({
    text: `SELECT id, record_id AS "recordId" FROM standing_versions($1, NULL) WHERE record_id = ANY ($2)`,
    values: [studyId, records.map(({ recordId }) => recordId)],
  });
  const ids = standing.map(({ id }) => id);
  const entries = await readEntries(transaction, studyId, { ids });
  const documents = new Map(entries.map((row) => [row.header["id"], documentOfRecord(row)]));
  return new Map(
    standing.flatMap(({ recordId, id }) => {
      const document = documents.get(id);
      return document === undefined ? [] : [[recordId, document]];
    }),
  );
};
