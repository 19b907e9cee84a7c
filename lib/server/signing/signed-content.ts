import "server-only";
import type { EntryDocument } from "@/lib/contracts/entries/entry-document";
import type { ShownSignature } from "@/lib/contracts/signatures";
import type { SubjectKind } from "@/lib/domain/signatures/signing";
import { fatesOfEntries, firstEntryAfter } from "@/lib/server/store/entry-versions";
import type { EntryFate } from "@/lib/server/store/entry-versions";
import { documentOfRecord, readEntries } from "@/lib/server/store/read-log";
import type { EntryRecord } from "@/lib/server/store/read-log";
import { recordDigest } from "@/lib/server/store/record-digest";
import { impactsOf } from "@/lib/server/store/review-items";
import type { SignatureRow } from "@/lib/server/store/signatures";
import { protocolContent } from "@/lib/server/store/protocol-versions";
import type { Transaction } from "@/lib/server/db/transaction";

/** A stored signature, with its content as it was read. */
export type SignedRow = SignatureRow & { readonly content: Readonly<Record<string, unknown>> };

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

type AmendedEntry = { readonly row: EntryRecord; readonly fate: EntryFate };

/** As it was written when it was signed: a wrong tag that was put right since is no change of the entry. */
const asSigned = ({ row, fate }: AmendedEntry, content: SignedRow["content"]): EntryRecord => {
  const { animal } = (content["entry"] ?? {}) as { readonly animal?: unknown };
  return typeof animal === "string" && fate.formerTags.includes(animal) ? { ...row, animal } : row;
};

const amendedEntries = async (
  transaction: Transaction,
  studyId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AmendedEntry>> => {
  const [records, fates] = await Promise.all([
    readEntries(transaction, studyId, { ids }),
    fatesOfEntries(transaction, studyId, ids),
  ]);
  return new Map(
    records.flatMap((row) => {
      const id = String(row.header["id"]);
      const fate = fates.get(id);
      return fate === undefined ? [] : [[id, { row, fate }]];
    }),
  );
};

const entryReader =
  (contentOf: (row: EntryRecord, fate: EntryFate) => object): ContentReader =>
  async (transaction, signed) => {
    const found = await amendedEntries(
      transaction,
      signed[0]?.studyId ?? 0,
      signed.map(({ subject }) => subject),
    );
    return new Map(
      signed.map(({ id, subject, content }) => {
        const entry = found.get(subject);
        const now = entry === undefined ? null : { ...content, ...contentOf(asSigned(entry, content), entry.fate) };
        return [id, { content: now, changedBy: entry?.fate.changedBy ?? null }];
      }),
    );
  };

const protocolReader: ContentReader = async (transaction, signed) => {
  const now = new Map<string, ContentNow>();
  for (const { id, studyId, subject } of signed)
    now.set(id, { content: await protocolContent(transaction, studyId, Number(subject)), changedBy: null });
  return now;
};

const lockReader: ContentReader = async (transaction, signed) => {
  const now = new Map<string, ContentNow>();
  for (const row of signed) {
    const record = await recordDigest(transaction, row.studyId);
    const changedBy = await firstEntryAfter(transaction, row.studyId, row.signedAt);
    now.set(row.id, { content: { ...row.content, record }, changedBy });
  }
  return now;
};

/** What a review was about, as it is stored; the rest of what was read follows from the entry and is kept as it was. */
const reviewReader: ContentReader = async (transaction, signed) => {
  const impacts = await impactsOf(
    transaction,
    signed[0]?.studyId ?? 0,
    signed.map(({ subject }) => subject),
  );
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
  deviation: entryReader((row, { deviations }) => ({ entry: documentOfRecord(row), deviations })),
  review: reviewReader,
  lock: lockReader,
  archive: lockReader,
};
