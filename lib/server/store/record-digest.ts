import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

type RecordDigest = Readonly<Record<string, unknown>>;

/**
 * What a lock says of a study's record: how much there is, and one hash over it in the order of the log. The database adds
 * it up: of a large study the log would be megabytes on the way.
 */
export const recordDigest = async (transaction: Transaction, studyId: number): Promise<RecordDigest> => {
  const [row] = await transaction.query<{ readonly content: RecordDigest }>({
    text: `SELECT json_build_object(
        'animals', (SELECT count(*)::int FROM animals WHERE study_id = $1),
        'entries', count(*)::int,
        'protocolVersions', (SELECT count(*)::int FROM protocol_versions WHERE study_id = $1 AND status <> 'draft'),
        'log', encode(sha256(convert_to(coalesce(string_agg(id || ':' || encode(content_hash, 'hex'), ',' ORDER BY log_number), ''), 'UTF8')), 'hex')) AS content
      FROM entries WHERE study_id = $1`,
    values: [studyId],
  });
  return row?.content ?? {};
};
