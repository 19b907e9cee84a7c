import "server-only";
import { valueOf } from "@/lib/domain/proof/compare-entries";
import type { PlacedFault } from "@/lib/domain/proof/compare-entries";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import type { CheckedChain } from "./chain-reading";
import { asObject, instantOf, rowFaults } from "./record-comparison";
import type { Document, Said } from "./record-comparison";

type SignatureRow = {
  readonly id: string;
  readonly signer: string;
  readonly name: string;
  readonly email: string;
  readonly meaning: string;
  readonly kind: string;
  readonly subject: string;
  /** Of the content as it is stored, and as the row says it. */
  readonly contentHash: string;
  readonly hash: string;
  readonly list: string | null;
  readonly signedMs: number;
};

const rowsOf = (transaction: Transaction, studyId: number): Promise<readonly SignatureRow[]> =>
  transaction.query<SignatureRow>({
    text: `SELECT id::text, signer::text, signer_name AS name, signer_email AS email, meaning, subject_kind AS kind, subject,
             encode(sha256(convert_to(content, 'UTF8')), 'hex') AS "contentHash", encode(content_hash, 'hex') AS hash,
             list::text, ${msOf("signed_at")} AS "signedMs"
           FROM signatures WHERE study_id = $1 ORDER BY number`,
    values: [studyId],
  });

const documentOf = (row: SignatureRow): Document => ({
  signer: row.signer,
  "printed name": row.name,
  email: row.email,
  meaning: row.meaning,
  kind: row.kind,
  subject: row.subject,
  content: row.contentHash,
  hash: row.hash,
  list: row.list,
  instant: row.signedMs,
});

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/**
 * What its event says of a signature. Printed name and instant stand in it since verify compares them; of an earlier one
 * the name is taken as it is, and the instant has to be of the event's transaction.
 */
const recordedOf = (event: ChainedEvent, row: SignatureRow | undefined): Document => {
  const value = asObject(valueOf(event.newValue));
  const { subjectKind, subject, meaning, signerName, signedAt, contentHash, list } = value;
  const saidAt = textOf(signedAt);
  return {
    signer: event.actor,
    "printed name": signerName === undefined ? row?.name : signerName,
    email: event.actorText,
    meaning,
    kind: subjectKind,
    subject,
    content: contentHash,
    hash: contentHash,
    list: list ?? null,
    instant: saidAt === null ? instantOf(event, row?.signedMs ?? event.atMs) : Date.parse(saidAt),
  };
};

/** Every signature of a study against the event that it was given with, both ways. */
export const signatureFaults = async (
  transaction: Transaction,
  studyId: number,
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const rows = new Map((await rowsOf(transaction, studyId)).map((row) => [row.id, row]));
  const said = new Map(
    checked.events.flatMap((event): [string, Said][] =>
      event.kind === "SIGNED" && event.subject !== null
        ? [[event.subject, { event, recorded: recordedOf(event, rows.get(event.subject)) }]]
        : [],
    ),
  );
  const documents = new Map([...rows].map(([id, row]) => [id, documentOf(row)]));
  const nameOf = (id: string): string => {
    const of = said.get(id)?.recorded ?? documents.get(id) ?? {};
    return `signature ${id} (${String(of["kind"]).replaceAll("_", " ")} ${String(of["subject"])}, ${String(of["email"])})`;
  };
  return rowFaults(checked, nameOf, said, documents);
};

/** What was marked as reviewed, by signature, against the event that says which exceptions those were. */
export const auditReviewFaults = async (
  transaction: Transaction,
  studyId: number,
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const rows = await transaction.query<{ readonly signature: string; readonly exceptions: readonly string[] }>({
    text: `SELECT signature::text, array_agg(exception ORDER BY exception) AS exceptions FROM audit_reviews WHERE study_id = $1 GROUP BY signature`,
    values: [studyId],
  });
  const keysOf = ({ newValue }: ChainedEvent): readonly string[] => {
    const { items } = asObject(valueOf(newValue));
    const keys = (Array.isArray(items) ? items : []).map((item: unknown) => String(asObject(item)["key"]));
    return [...new Set(keys)].sort();
  };
  const said = checked.events.flatMap((event): [string, Said][] =>
    event.kind === "AUDIT_REVIEWED" && event.subject !== null
      ? [[event.subject, { event, recorded: { exceptions: keysOf(event) } }]]
      : [],
  );
  return rowFaults(
    checked,
    (signature) => `what was marked as reviewed with signature ${signature}`,
    new Map(said),
    new Map(rows.map(({ signature, exceptions }) => [signature, { exceptions: [...exceptions].sort() }])),
  );
};
