import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { reviewStanding } from "@/lib/domain/trail/exceptions";
import type { AuditException, ReviewStanding } from "@/lib/domain/trail/exceptions";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { msOf } from "@/lib/server/store/read-log";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { signaturesOf } from "@/lib/server/signing/signing";
import { studyExceptions } from "./study-exceptions";

export type ReviewedException = AuditException & {
  /** The last signature that marks it; null while nobody has reviewed it. */
  readonly review: ShownSignature | null;
  readonly standing: ReviewStanding;
};

export type StudyExceptions = {
  readonly study: AuthorizedStudy;
  readonly exceptions: readonly ReviewedException[];
  /** When the trail of the study begins. */
  readonly sinceMs: number;
};

/** Of each exception the last signature that marks it. */
const lastReviews = (
  signatures: readonly ShownSignature[],
  rows: readonly { readonly exception: string; readonly signature: string }[],
): ReadonlyMap<string, ShownSignature> => {
  const marked = new Map<string, string[]>();
  for (const { exception, signature } of rows) {
    const keys = marked.get(signature);
    if (keys === undefined) marked.set(signature, [exception]);
    else keys.push(exception);
  }
  return new Map(
    signatures.flatMap((signature) => (marked.get(signature.id) ?? []).map((key) => [key, signature] as const)),
  );
};

/** What an auditor reads first, the gravest first, each with who has reviewed it. */
export const readExceptions = async (actor: Actor, code: string): Promise<Result<StudyExceptions, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "audit.read");
  if (!gate.ok) return gate;
  const study = gate.value;
  const [exceptions, signatures, rows, [first]] = await Promise.all([
    studyExceptions(connection, study),
    signaturesOf(connection, study.id, { kinds: ["audit_review"] }),
    connection.query<{ readonly exception: string; readonly signature: string }>({
      text: "SELECT exception, signature::text AS signature FROM audit_reviews WHERE study_id = $1",
      values: [study.id],
    }),
    connection.query<{ readonly sinceMs: number }>({
      text: `SELECT ${msOf("at")} AS "sinceMs" FROM audit_events WHERE study_id = $1 ORDER BY at LIMIT 1`,
      values: [study.id],
    }),
  ]);
  const reviews = lastReviews(signatures, rows);
  return ok({
    study,
    sinceMs: first?.sinceMs ?? 0,
    exceptions: exceptions.map((exception) => {
      const review = reviews.get(exception.key) ?? null;
      const signed = review === null ? null : { ...review, signedMs: Date.parse(review.signedAt) };
      return { ...exception, review, standing: reviewStanding(exception, signed) };
    }),
  });
};
