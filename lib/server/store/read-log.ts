import "server-only";
import type { EntryDocument } from "@/lib/contracts/entries/entry-document";
import { writeInstant } from "@/lib/domain/time/instant";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { DETAIL_TABLES, documentOfRows } from "./entry-rows";
import type { Transaction } from "@/lib/server/db/transaction";

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

/** The whole log of an animal as documents, in the order in which it was stored. */
export const readAnimalLog = async (transaction: Transaction, animalId: number): Promise<readonly EntryDocument[]> => {
  const records = await transaction.query<EntryRecord>({
    name: "read_animal_log",
    text: `SELECT ${ENTRY_COLUMNS} FROM entries e JOIN animals a ON a.id = e.animal_id WHERE e.animal_id = $1 ORDER BY e.log_number`,
    values: [animalId],
  });
  return records.map(documentOfRecord);
};

/** Which entries of a study; null or absent for all. */
export type EntriesAsked = { readonly ids?: readonly string[] };

/** Entries of a study, in the order in which they were stored. */
export const readEntries = (
  transaction: Transaction,
  studyId: number,
  { ids }: EntriesAsked = {},
): Promise<readonly EntryRecord[]> =>
  transaction.query<EntryRecord>({
    text: `SELECT ${ENTRY_COLUMNS} FROM entries e JOIN animals a ON a.id = e.animal_id
           WHERE e.study_id = $1 AND ($2::text[] IS NULL OR e.id = ANY ($2)) ORDER BY e.log_number`,
    values: [studyId, ids ?? null],
  });

/** The latest version of records, by the id of their original. */
export const standingDocuments = async (
  transaction: Transaction,
  studyId: number,
  records: readonly { readonly animalId: number; readonly recordId: string }[],
): Promise<ReadonlyMap<string, EntryDocument>> => {
  const rows = await transaction.query<EntryRecord & { readonly recordId: string }>({
    name: "standing_documents",
    text: `SELECT DISTINCT ON (e.record_id) e.record_id AS "recordId", ${ENTRY_COLUMNS}
           FROM entries e JOIN animals a ON a.id = e.animal_id
           WHERE e.study_id = $1 AND e.animal_id = ANY ($2) AND e.record_id = ANY ($3) AND e.kind <> 'void'
           ORDER BY e.record_id, e.log_number DESC`,
    values: [studyId, records.map(({ animalId }) => animalId), records.map(({ recordId }) => recordId)],
  });
  return new Map(rows.map((row) => [row.recordId, documentOfRecord(row)]));
};
