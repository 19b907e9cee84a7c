import "server-only";
import { msOf } from "./read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/** An entry that is stored already under an id that was sent. */
export type KnownEntry = {
  readonly id: string;
  readonly animalId: number;
  readonly tag: string;
  readonly kind: string;
  readonly recordedMs: number;
  /** Null for an imported entry. */
  readonly recordedBy: string | null;
  readonly recordId: string;
  /** Hexadecimal. */
  readonly contentHash: string;
  readonly answer: unknown;
};

const COLUMNS = `e.id, e.animal_id AS "animalId", a.tag, e.kind, ${msOf("e.recorded_at")} AS "recordedMs",
  e.recorded_by AS "recordedBy", e.record_id AS "recordId", encode(e.content_hash, 'hex') AS "contentHash", e.answer`;

export const findEntries = (
  transaction: Transaction,
  studyId: number,
  ids: readonly string[],
): Promise<readonly KnownEntry[]> =>
  transaction.query<KnownEntry>({
    name: "find_entries",
    text: `SELECT ${COLUMNS} FROM entries e JOIN animals a ON (a.study_id, a.id) = (e.study_id, e.animal_id) WHERE e.study_id = $1 AND e.id = ANY ($2)`,
    values: [studyId, ids],
  });

/** What has become of a record: which versions others replace, whether it was voided, and the version that stands or, of a voided one, the void, by whom and when. */
export type RecordStatus = {
  readonly recordId: string;
  readonly correctedIds: readonly string[];
  readonly voided: boolean;
  readonly latestId: string;
  readonly latestMs: number;
  /** Null for an imported entry. */
  readonly latestRecorder: string | null;
  readonly latestBy: string | null;
};

export const findRecords = (
  transaction: Transaction,
  studyId: number,
  animalIds: readonly number[],
  recordIds: readonly string[],
): Promise<readonly RecordStatus[]> =>
  transaction.query<RecordStatus>({
    name: "find_records",
    text: `
      SELECT found.*, coalesce(u.name, latest.recorded_by_text) AS "latestBy", latest.recorded_by AS "latestRecorder",
        ${msOf("latest.recorded_at")} AS "latestMs"
      FROM (
        SELECT record_id AS "recordId", coalesce(array_agg(corrects) FILTER (WHERE corrects IS NOT NULL), '{}') AS "correctedIds",
          bool_or(voids IS NOT NULL) AS voided,
          coalesce((array_agg(id ORDER BY recorded_at DESC, log_number DESC) FILTER (WHERE voids IS NOT NULL))[1],
            (SELECT s.id FROM standing_versions($1, NULL) s WHERE s.record_id = entries.record_id)) AS "latestId"
        FROM entries WHERE study_id = $1 AND animal_id = ANY ($2) AND record_id = ANY ($3) GROUP BY record_id
      ) found
        JOIN entries latest ON latest.study_id = $1 AND latest.id = found."latestId"
        LEFT JOIN users u ON u.id = latest.recorded_by`,
    values: [studyId, animalIds, recordIds],
  });
