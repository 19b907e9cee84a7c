import "server-only";
import type { EntryDocument } from "@/lib/contracts/entries/entry-document";
import type { ShownSignature } from "@/lib/contracts/signatures";
import type { SubjectKind } from "@/lib/domain/signatures/signing";
import { ENTRY_COLUMNS, documentOfRecord } from "@/lib/server/store/read-log";
import type { EntryRecord } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/** A stored signature, as far as its content is looked at again. */
export type SignedRow = {
  readonly id: string;
  readonly studyId: number;
  readonly subject: string;
  readonly signedAt: Date;
  readonly content: Readonly<Record<string, unknown>>;
};

/** What the signed thing holds now, and the entry that changed it since. */
export type ContentNow = {
  readonly content: unknown;
  readonly changedBy: ShownSignature["changedBy"];
};

/** Reads what the subjects of some signatures hold now, by signature. Without a reader, content cannot change. */
type ContentReader = (
  transaction: Transaction,
  signed: readonly SignedRow[],
) => Promise<ReadonlyMap<string, ContentNow>>;

type SignedEntry = { readonly entry: EntryDocument; readonly doseUnit: string | null };

/** What is signed of an order: its entry, and the unit that its dose is in. */
export const orderContent = ({ entry, doseUnit }: SignedEntry) => ({ entry, doseUnit });

/** What is signed of a dose off protocol: the entry, and what was found when it was recorded. */
export const deviationContent = ({ entry, doseUnit }: SignedEntry, deviations: readonly string[]) => ({
  entry,
  doseUnit,
  deviations,
});

type AmendedRow = EntryRecord & {
  readonly entryId: string;
  readonly deviations: readonly { readonly code: string }[] | null;
  readonly changedBy: ShownSignature["changedBy"];
  /** Those that its animal had before a wrong tag was put right. */
  readonly formerTags: readonly string[];
};

/** As it was written when it was signed: a wrong tag that was put right since is no change of the entry. */
const asSigned = (row: AmendedRow, content: SignedRow["content"]): AmendedRow => {
  const { animal } = (content["entry"] ?? {}) as { readonly animal?: unknown };
  return typeof animal === "string" && row.formerTags.includes(animal) ? { ...row, animal } : row;
};

const entryRows = async (
  transaction: Transaction,
  studyId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AmendedRow>> => {
  const rows = await transaction.query<AmendedRow>({
    text: `SELECT ${ENTRY_COLUMNS}, e.id AS "entryId", e.answer -> 'deviations' AS deviations,
        (SELECT json_build_object('entry', x.id, 'how', CASE WHEN x.kind = 'void' THEN 'voided' ELSE 'corrected' END,
                  'at', to_char(x.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                  'by', coalesce(u.name, x.recorded_by_text))
         FROM entries x LEFT JOIN users u ON u.id = x.recorded_by
         WHERE x.animal_id = e.animal_id AND x.record_id = e.record_id AND x.log_number > e.log_number
         ORDER BY x.log_number LIMIT 1) AS "changedBy",
        ARRAY(SELECT c.before ->> 'tag' FROM animal_changes c WHERE c.animal_id = e.animal_id AND c.before ? 'tag') AS "formerTags"
      FROM entries e JOIN animals a ON a.id = e.animal_id WHERE e.study_id = $1 AND e.id = ANY ($2)`,
    values: [studyId, ids],
  });
  return new Map(rows.map((row) => [row.entryId, row]));
};

const entryReader =
  (contentOf: (row: AmendedRow) => object): ContentReader =>
  async (transaction, signed) => {
    const rows = await entryRows(
      transaction,
      signed[0]?.studyId ?? 0,
      signed.map(({ subject }) => subject),
    );
    return new Map(
      signed.map(({ id, subject, content }) => {
        const row = rows.get(subject);
        const now = row === undefined ? null : { ...content, ...contentOf(asSigned(row, content)) };
        return [id, { content: now, changedBy: row?.changedBy ?? null }];
      }),
    );
  };

/** What is signed of a protocol version: its settings as stored, from when, and the study's dose groups. */
export const protocolContent = async (
  transaction: Transaction,
  studyId: number,
  version: number,
): Promise<Readonly<Record<string, unknown>>> => {
  const [row] = await transaction.query<{ readonly content: Readonly<Record<string, unknown>> }>({
    text: `SELECT json_build_object('version', version, 'effectiveFrom', effective_from_text, 'settings', settings, 'groups',
        (SELECT coalesce(json_agg(json_build_object('code', code, 'label', label, 'control', control,
                  'doseLevels', dose_levels::text[], 'startingDose', starting_dose::text) ORDER BY position, code), '[]')
         FROM dose_groups g WHERE g.study_id = p.study_id)) AS content
      FROM protocol_versions p WHERE study_id = $1 AND version = $2`,
    values: [studyId, version],
  });
  return row?.content ?? {};
};

const protocolReader: ContentReader = async (transaction, signed) => {
  const now = new Map<string, ContentNow>();
  for (const { id, studyId, subject } of signed)
    now.set(id, { content: await protocolContent(transaction, studyId, Number(subject)), changedBy: null });
  return now;
};

/** What a lock says of a study's record: how much there is, and one hash over it in the order of the log. */
export const recordContent = async (
  transaction: Transaction,
  studyId: number,
): Promise<Readonly<Record<string, unknown>>> => {
  const [row] = await transaction.query<{ readonly content: Readonly<Record<string, unknown>> }>({
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

const firstEntryAfter = async (
  transaction: Transaction,
  { studyId, signedAt }: SignedRow,
): Promise<ShownSignature["changedBy"]> => {
  const [row] = await transaction.query<NonNullable<ShownSignature["changedBy"]>>({
    text: `SELECT e.id AS entry, 'recorded' AS how, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
        coalesce(u.name, e.recorded_by_text) AS by
      FROM entries e LEFT JOIN users u ON u.id = e.recorded_by
      WHERE e.study_id = $1 AND e.stored_at > $2 ORDER BY e.log_number LIMIT 1`,
    values: [studyId, signedAt],
  });
  return row ?? null;
};

const lockReader: ContentReader = async (transaction, signed) => {
  const now = new Map<string, ContentNow>();
  for (const row of signed) {
    const record = await recordContent(transaction, row.studyId);
    now.set(row.id, { content: { ...row.content, record }, changedBy: await firstEntryAfter(transaction, row) });
  }
  return now;
};

/** What a review was about, as it is stored; the rest of what was read follows from the entry and is kept as it was. */
const reviewReader: ContentReader = async (transaction, signed) => {
  const rows = await transaction.query<{ readonly id: string; readonly impact: unknown }>({
    text: `SELECT id::text, impact FROM review_items WHERE id = ANY ($1::uuid[])`,
    values: [signed.map(({ subject }) => subject)],
  });
  const impacts = new Map(rows.map(({ id, impact }) => [id, impact]));
  return new Map(
    signed.map(({ id, subject, content }) => {
      const review = { ...(content["review"] as object), impact: impacts.get(subject) };
      return [id, { content: { ...content, review }, changedBy: null }];
    }),
  );
};

const orderReader = entryReader((row) => ({ entry: documentOfRecord(row) }));

export const CONTENT_READERS: Readonly<Partial<Record<SubjectKind, ContentReader>>> = {
  protocol: protocolReader,
  amendment: protocolReader,
  order: orderReader,
  override: orderReader,
  deviation: entryReader((row) => ({
    entry: documentOfRecord(row),
    deviations: (row.deviations ?? []).map(({ code }) => code),
  })),
  review: reviewReader,
  lock: lockReader,
  archive: lockReader,
};
