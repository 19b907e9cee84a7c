import "server-only";
import { randomUUID } from "node:crypto";
import type { Refusal } from "@/lib/contracts/problem";
import { permits } from "@/lib/domain/access/permissions";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { orderKind } from "@/lib/domain/signatures/signing";
import { confirmIdentity } from "@/lib/server/auth/confirm-identity";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { isAsProposed } from "@/lib/server/judging/order-kinds";
import { orderContent } from "@/lib/server/signing/signed-content";
import { signInTransaction } from "@/lib/server/signing/signing";
import { protocolFor } from "@/lib/server/judging/study-rules";
import type { StudyRules } from "@/lib/server/judging/study-rules";
import type { CheckedEntry } from "./check-entry";
import type { AnimalRun } from "./judge-animal";
import type { SentEntry } from "./sent-entries";

/** A refusal with its fields where they stand in the request. */
const within = (fault: Refusal, place: (field: string) => string, prefix: string): Refusal => ({
  ...fault,
  errors: fault.errors.map((error) => ({ ...error, path: place(`${prefix}${error.path}`) })),
});

/**
 * Asks once for each password and code among the signatures of a request, before anything is locked; failures count. Who
 * may not sign is not asked: the recording refuses it.
 */
export const confirmSignatures = async (
  actor: Actor,
  study: AuthorizedStudy,
  sent: readonly SentEntry[],
): Promise<Result<null, Refusal>> => {
  if (!permits(study.roles, "sign.order")) return ok(null);
  const asked = new Set<string>();
  for (const { signature, path } of sent) {
    if (signature === null) continue;
    const { password, code } = signature;
    const given = JSON.stringify([password, code ?? ""]);
    if (asked.has(given)) continue;
    asked.add(given);
    const confirmed = await confirmIdentity(actor, { password, code });
    if (!confirmed.ok) return refused(within(confirmed.fault, path, "signature."));
  }
  return ok(null);
};

type JudgedEntries = { readonly run: AnimalRun; readonly entries: readonly CheckedEntry[] };

/** Signs the orders that came with a signature, in the transaction that records them. */
export const signOrders = async (
  transaction: Transaction,
  { actor, study }: { readonly actor: Actor; readonly study: AuthorizedStudy },
  rules: StudyRules,
  judged: readonly JudgedEntries[],
): Promise<Result<null, Refusal>> => {
  const orders = judged.flatMap(({ run, entries }) => entries.map((checked) => ({ ...checked, run })));
  for (const { sent, entry, document, run } of orders) {
    if (sent.signature === null || entry.kind !== "order") continue;
    const observedMs = entry.observedAt.ms;
    const dose = entry.action === "RESUME" || entry.action === "SET_DOSE" ? entry.dose : null;
    const place = { studyId: study.id, animalId: run.animal.animalId, observedMs, knownBeforeMs: null };
    const signed = await signInTransaction(transaction, actor, study, {
      id: sent.signature.id ?? randomUUID(),
      meaning: sent.signature.meaning,
      subjectKind: orderKind({ action: entry.action, asProposed: await isAsProposed(transaction, place, dose) }),
      subject: entry.id,
      content: orderContent({ entry: document, doseUnit: protocolFor(rules, observedMs)?.doseUnit ?? null }),
    });
    if (!signed.ok) return refused(within(signed.fault, sent.path, ""));
  }
  return ok(null);
};
