import "server-only";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { permits } from "@/lib/domain/access/permissions";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { contentWords } from "@/lib/domain/language/content-words";
import { canMean, meaningsOf } from "@/lib/domain/signatures/signing";
import { meaningText, subjectWord } from "@/lib/domain/language/signature-words";
import type { Meaning, SubjectKind } from "@/lib/domain/signatures/signing";
import { closedRefusal } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { actAs, onStudy } from "@/lib/server/store/audit-events";
import type { AuditRecord } from "@/lib/server/store/audit-events";
import { checkpointWhenCommitted } from "@/lib/server/verifying/make-checkpoint";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { appendAudit, auditedBy } from "@/lib/server/command/audit";
import { canonicalJson, contentHash } from "@/lib/server/command/content-hash";
import { addSignature, storedSignatures } from "@/lib/server/store/signatures";
import type { CompletedSignature, SignatureRow, SignaturesAsked } from "@/lib/server/store/signatures";
import { CONTENT_READERS } from "./signed-content";
import type { ContentNow, SignedRow } from "./signed-content";

export type SignatureRequest = {
  /** Made by the client: sent twice, it is signed once. */
  readonly id: string;
  readonly meaning: Meaning;
  readonly subjectKind: SubjectKind;
  /** What names the signed thing within the study. */
  readonly subject: string;
  /** All that was shown to whoever signs; kept, and hashed. */
  readonly content: object;
  /** Shared by what was read as one list. */
  readonly list?: string;
};

/** Why somebody cannot sign such a thing with that meaning; null where they can. Asked before the password is. */
export const signingFault = (
  actor: Actor,
  study: AuthorizedStudy,
  { subjectKind, meaning }: Pick<SignatureRequest, "subjectKind" | "meaning">,
): Refusal | null => {
  if (!permits(study.roles, `sign.${subjectKind}`)) {
    const held = study.roles.map((role) => role.replaceAll("_", " ")).join(" and ");
    return refusal("FORBIDDEN", `As ${held} of study ${study.code} you may not sign this (sign.${subjectKind}).`);
  }
  // An auditor's own reviews go on; nothing else is signed in what is archived.
  if (study.status === "archived" && subjectKind !== "audit_review") return closedRefusal(study);
  if (canMean(subjectKind, meaning)) return null;
  const choices = meaningsOf(subjectKind).map((choice) => `${choice} (${meaningText(choice)})`);
  return fieldRefusal(
    "INVALID_VALUE",
    "signature.meaning",
    `${actor.name} cannot mean ${meaning} by signing this (${subjectWord(subjectKind)}); choose ${choices.join(" or ")}.`,
  );
};

/** The same id again is the same signature; with other content it is somebody's mistake. */
const signedBefore = (
  actor: Actor,
  request: SignatureRequest,
  stored: SignatureRow | undefined,
): Result<null, Refusal> => {
  const isSame =
    stored?.signerEmail === actor.email &&
    stored.subjectKind === request.subjectKind &&
    stored.subject === request.subject &&
    stored.contentText === canonicalJson(request.content);
  return isSame
    ? ok(null)
    : refused(
        fieldRefusal(
          "SIGNATURE_CONFLICT",
          "signature.id",
          `is ${request.id}, under which something else is signed already: make a new id`,
        ),
      );
};

/** All of a signature: verify holds the row against it. */
const signedEvent = (
  study: AuthorizedStudy,
  request: SignatureRequest,
  { signerName, signedAt }: CompletedSignature,
): AuditRecord => {
  const { id, subjectKind, subject, meaning, content, list } = request;
  const newValue = {
    subjectKind,
    subject,
    meaning,
    signerName,
    signedAt: signedAt.toISOString(),
    contentHash: contentHash(content),
    list: list ?? null,
  };
  return { ...onStudy(study), kind: "SIGNED", subject: id, newValue };
};

/**
 * Signs as a part of a transaction, after `confirmIdentity`: who signs, what it means, and the content whole. Name,
 * instant and hash are the database's. Refused: a role that may not sign this, a meaning it cannot have, a known id
 * with other content.
 */
export const signInTransaction = async (
  transaction: Transaction,
  actor: Actor,
  study: AuthorizedStudy,
  request: SignatureRequest,
): Promise<Result<null, Refusal>> => {
  const fault = signingFault(actor, study, request);
  if (fault !== null) return refused(fault);
  const by = auditedBy(actor, study.roles);
  await actAs(transaction, by);
  const { id, meaning, subjectKind, subject, content, list = null } = request;
  const named = { id, studyId: study.id, signerId: actor.userId, meaning, subjectKind, subject, list };
  const made = await addSignature(transaction, { ...named, contentText: canonicalJson(content) });
  if (made !== null) {
    await appendAudit(transaction, by, [signedEvent(study, request, made)]);
    checkpointWhenCommitted(transaction, study, "signature");
    return ok(null);
  }
  const [stored] = await storedSignatures(transaction, study.id, { ids: [id] });
  return signedBefore(actor, request, stored);
};

const shown = (row: SignedRow, now: ContentNow | undefined): ShownSignature => {
  const { id, subjectKind, subject, meaning, signerName, signerEmail, signedAt, list, content } = row;
  const isSame = now === undefined || contentHash(now.content) === row.contentHash;
  const changedBy = now?.changedBy ?? null;
  return {
    id,
    subjectKind,
    subject,
    ...contentWords(subjectKind, subject, content),
    meaning,
    signerName,
    signerEmail,
    signedAt: signedAt.toISOString(),
    contentHash: row.contentHash,
    list,
    intact: isSame && changedBy === null,
    changedBy,
  };
};

/** The signatures of a study, oldest first, each held against what it signed as that stands now. */
export const signaturesOf = async (
  transaction: Transaction,
  studyId: number,
  asked: SignaturesAsked = {},
): Promise<readonly ShownSignature[]> => {
  const rows = await storedSignatures(transaction, studyId, asked);
  const signatures = rows.map((row): SignedRow => ({
    ...row,
    content: JSON.parse(row.contentText) as SignedRow["content"],
  }));
  const now = new Map<string, ContentNow>();
  for (const kind of new Set(rows.map(({ subjectKind }) => subjectKind))) {
    const signed = signatures.filter(({ subjectKind }) => subjectKind === kind);
    const read = await CONTENT_READERS[kind]?.(transaction, signed);
    for (const [id, content] of read ?? []) now.set(id, content);
  }
  return signatures.map((row) => shown(row, now.get(row.id)));
};
