import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { ShownSignature } from "@/lib/contracts/signatures";
import type { AuditException } from "@/lib/domain/audit-reading/exceptions";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/kernel/actor";
import { signaturesOf } from "@/lib/server/kernel/signing";
import { studyExceptions } from "./study-exceptions";

export type ReviewedException = AuditException & {
  /** The last signature that marks it; null while nobody has reviewed it. */
  readonly review: ShownSignature | null;
};

export type StudyExceptions = { readonly study: AuthorizedStudy; readonly exceptions: readonly ReviewedException[] };

/** What an auditor reads first, the gravest first, each with who has reviewed it. */
export const readExceptions = async (actor: Actor, code: string): Promise<Result<StudyExceptions, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "audit.read");
  if (!gate.ok) return gate;
  const study = gate.value;
  const [exceptions, signatures, rows] = await Promise.all([
    studyExceptions(connection, study),
    signaturesOf(connection, study.id, { kinds: ["audit_review"] }),
    connection.query<{ readonly exception: string; readonly signature: string }>({
      text: "SELECT exception, signature::text AS signature FROM audit_reviews WHERE study_id = $1",
      values: [study.id],
    }),
  ]);
  const marked = new Set(rows.map(({ exception, signature }) => `${signature} ${exception}`));
  const reviewOf = (key: string): ShownSignature | null =>
    signatures.findLast(({ id }) => marked.has(`${id} ${key}`)) ?? null;
  return ok({ study, exceptions: exceptions.map((exception) => ({ ...exception, review: reviewOf(exception.key) })) });
};
