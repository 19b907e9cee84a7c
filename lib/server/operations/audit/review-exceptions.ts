import "server-only";
import { randomUUID } from "node:crypto";
import type { AuditReview } from "@/lib/contracts/audit";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import type { AuditException } from "@/lib/domain/trail/exceptions";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { confirmIdentity } from "@/lib/server/auth/confirm-identity";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { onStudy } from "@/lib/server/store/audit-events";
import { connection } from "@/lib/server/db/connection";
import { countMarkedBy, markReviewed } from "@/lib/server/store/signatures";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import { signInTransaction, signingFault } from "@/lib/server/signing/signing";
import { studyExceptions } from "./study-exceptions";

/** What was read, as it was read; of one that is named twice the first counts. */
const chosen = (
  exceptions: readonly AuditException[],
  read: AuditReview["exceptions"],
): Result<readonly AuditException[], Refusal> => {
  const byKey = new Map(exceptions.map((exception) => [exception.key, exception]));
  const found = new Map<string, AuditException>();
  for (const [index, { key, changedAt }] of read.entries()) {
    const exception = byKey.get(key);
    const refuse = (code: "UNKNOWN_REVIEW" | "SIGNED_CONTENT_CHANGED", message: string) =>
      refused(fieldRefusal(code, `exceptions[${String(index)}]`, message));
    if (exception === undefined)
      return refuse(
        "UNKNOWN_REVIEW",
        `is ${key}, which is no exception of this study; open its page again and choose there`,
      );
    if (exception.changedMs !== Date.parse(changedAt))
      return refuse(
        "SIGNED_CONTENT_CHANGED",
        `is ${key}, which has changed since you read it: ${exception.says}. Load the page again and read it`,
      );
    if (!found.has(key)) found.set(key, exception);
  }
  return ok([...found.values()]);
};

type Marked = { readonly reviewed: number; readonly signature: string };

/** Marks exceptions as reviewed, with what was found, signed. Sent again with the same signature, it is done once. */
export const reviewExceptions = async (
  actor: Actor,
  code: string,
  { exceptions: read, note, signature }: AuditReview,
): Promise<Result<Marked, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "sign.audit_review");
  if (!gate.ok) return gate;
  const study = gate.value;
  const id = signature.id ?? randomUUID();
  const fault = signingFault(actor, study, { subjectKind: "audit_review", meaning: signature.meaning });
  if (fault !== null) return refused(fault);
  const confirmed = await confirmIdentity(actor, signature, "signature.");
  if (!confirmed.ok) return confirmed;
  const found = chosen(await studyExceptions(connection, study), read);
  if (!found.ok) return found;
  const items = found.value.map(({ key, kind, animal, entry, says }) => ({ key, kind, animal, entry, says }));

  return command(auditedBy(actor, study.roles), async (transaction) => {
    const before = await countMarkedBy(transaction, study.id, id);
    const signed = await signInTransaction(transaction, actor, study, {
      id,
      meaning: signature.meaning,
      subjectKind: "audit_review",
      subject: id,
      content: { study: study.code, items, note },
    });
    if (!signed.ok) return signed;
    if (before > 0) return ok({ value: { reviewed: before, signature: id }, audit: "unchanged" });
    await markReviewed(
      transaction,
      study.id,
      items.map(({ key }) => key),
      id,
    );
    const event = {
      kind: "AUDIT_REVIEWED" as const,
      subject: id,
      newValue: { items, meaning: signature.meaning },
      reason: note,
    };
    return ok({ value: { reviewed: items.length, signature: id }, audit: [{ ...onStudy(study), ...event }] });
  });
};
