import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import type { Meaning, SubjectKind } from "@/lib/domain/signatures/signing";
import type { Transaction } from "@/lib/server/db/transaction";

/** A signature as it is stored. */
export type SignatureRow = {
  readonly id: string;
  readonly studyId: number;
  readonly subjectKind: SubjectKind;
  readonly subject: string;
  readonly meaning: Meaning;
  readonly signerName: string;
  readonly signerEmail: string;
  readonly signedAt: Date;
  /** What was signed: JSON, in canonical form. */
  readonly contentText: string;
  /** Hexadecimal. */
  readonly contentHash: string;
  readonly list: string | null;
};

export type NewSignature = {
  readonly id: string;
  readonly studyId: number;
  readonly signerId: string;
  readonly meaning: Meaning;
  readonly subjectKind: SubjectKind;
  readonly subject: string;
  readonly contentText: string;
  readonly list: string | null;
};

/** What the database made of a signature: the name that the account has, and its own clock. */
export type CompletedSignature = Pick<SignatureRow, "signerName" | "signedAt">;

/** Null where something is signed under this id already. Name, instant and hash are the database's, which Prisma's client would ask for. */
export const addSignature = async (
  transaction: Transaction,
  { id, studyId, signerId, meaning, subjectKind, subject, contentText, list }: NewSignature,
): Promise<CompletedSignature | null> => {
  const [made] = await transaction.query<CompletedSignature>({
    text: `INSERT INTO signatures (id, study_id, signer, meaning, subject_kind, subject, content, list)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
           RETURNING signer_name AS "signerName", signed_at AS "signedAt"`,
    values: [id, studyId, signerId, meaning, subjectKind, subject, contentText, list],
  });
  return made ?? null;
};

/** Which signatures of a study are asked for; everything left out is not looked at. */
export type SignaturesAsked = {
  readonly ids?: readonly string[];
  readonly kinds?: readonly SubjectKind[];
  readonly subjects?: readonly string[];
  readonly signerId?: string;
};

const whereOf = (studyId: number, { ids, kinds, subjects, signerId }: SignaturesAsked): Prisma.SignatureWhereInput => ({
  studyId,
  ...(ids === undefined ? {} : { id: { in: [...ids] } }),
  ...(kinds === undefined ? {} : { subjectKind: { in: [...kinds] } }),
  ...(subjects === undefined ? {} : { subject: { in: [...subjects] } }),
  ...(signerId === undefined ? {} : { signerId }),
});

/** The signatures of a study, oldest first. */
export const storedSignatures = async (
  { prisma }: Transaction,
  studyId: number,
  asked: SignaturesAsked,
): Promise<readonly SignatureRow[]> => {
  const rows = await (
    await prisma()
  ).signature.findMany({ where: whereOf(studyId, asked), orderBy: { number: "asc" } });
  return rows.map(({ subjectKind, meaning, content, contentHash, ...row }) => ({
    id: row.id,
    studyId,
    subjectKind: subjectKind as SubjectKind,
    subject: row.subject,
    meaning: meaning as Meaning,
    signerName: row.signerName,
    signerEmail: row.signerEmail,
    signedAt: row.signedAt,
    contentText: content,
    contentHash: Buffer.from(contentHash).toString("hex"),
    list: row.list,
  }));
};

/** How many exceptions of a study a signature marks as reviewed. */
export const countMarkedBy = async ({ prisma }: Transaction, studyId: number, signatureId: string): Promise<number> =>
  (await prisma()).auditReview.count({ where: { studyId, signatureId } });

/** Marks exceptions as reviewed by a signature. */
export const markReviewed = async (
  { prisma }: Transaction,
  studyId: number,
  exceptions: readonly string[],
  signatureId: string,
): Promise<void> => {
  const data = exceptions.map((exception) => ({ studyId, exception, signatureId }));
  await (await prisma()).auditReview.createMany({ data });
};
