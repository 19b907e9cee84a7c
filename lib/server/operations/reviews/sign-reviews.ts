import "server-only";
import { randomUUID } from "node:crypto";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import type { ReviewDecisions, ReviewItem } from "@/lib/contracts/reviews";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { onAnimal } from "@/lib/server/store/audit-events";
import type { AuditRecord } from "@/lib/server/store/audit-events";
import { connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import type { Done } from "@/lib/server/command/command";
import { signOnce } from "@/lib/server/signing/sign-once";
import { signInTransaction } from "@/lib/server/signing/signing";
import { lockStudy } from "@/lib/server/store/locks";
import { doseUnitOf } from "@/lib/server/store/protocol-versions";
import { readReviews } from "./review-rows";
import type { StoredReview } from "./review-rows";

type Asked = { readonly actor: Actor; readonly study: AuthorizedStudy; readonly body: ReviewDecisions };
type Decision = ReviewDecisions["items"][number];

/** All that is on the page of an item, and the decision. */
const contentOf = ({ signature: _signature, decision: _none, ...item }: ReviewItem, decision: string) => ({
  review: item,
  decision,
});

const faultOf = (
  { id, review }: Decision,
  index: number,
  stored: StoredReview | undefined,
  code: string,
): Refusal | null => {
  const path = `items[${String(index)}].review`;
  if (stored === undefined) {
    return fieldRefusal("UNKNOWN_REVIEW", path, `is ${review}, and study ${code} has no such item to review.`);
  }
  const { signature, animal } = stored.item;
  if (signature === null || signature.id === id) return null;
  const message = `of ${animal} was decided and signed by ${signature.signerName} already.`;
  return fieldRefusal("SIGNED_ALREADY", path, message);
};

const signOne = async (
  transaction: Transaction,
  { actor, study, body }: Asked,
  { id, decision }: Decision,
  { animalId, item }: StoredReview,
  list: string,
): Promise<Result<AuditRecord | null, Refusal>> => {
  const signed = await signInTransaction(transaction, actor, study, {
    id,
    meaning: body.signature.meaning,
    subjectKind: "review",
    subject: item.id,
    content: contentOf(item, decision),
    ...(body.items.length > 1 ? { list } : {}),
  });
  if (!signed.ok) return signed;
  if (item.signature !== null) return ok(null);
  const newValue = { signature: id, meaning: body.signature.meaning, decision };
  return ok({ ...onAnimal(study, animalId), kind: "REVIEW_DECIDED", subject: item.id, newValue });
};

const attempt = async (transaction: Transaction, asked: Asked): Promise<Result<Done<null>, Refusal>> => {
  const { study, body } = asked;
  // Two who sign the same item wait for each other, and the second is told.
  await lockStudy(transaction, study.id);
  const stored = await readReviews(
    transaction,
    study.id,
    body.items.map(({ review }) => review),
  );
  const byId = new Map(stored.map((review) => [review.item.id, review]));
  const list = randomUUID();
  const records: AuditRecord[] = [];
  for (const [index, decision] of body.items.entries()) {
    const review = byId.get(decision.review.toLowerCase());
    const fault = faultOf(decision, index, review, study.code);
    if (fault !== null) return refused(fault);
    if (review === undefined) continue;
    const signed = await signOne(transaction, asked, decision, review, list);
    if (!signed.ok) return signed;
    if (signed.value !== null) records.push(signed.value);
  }
  const [first, ...others] = records;
  return ok({ value: null, audit: first === undefined ? "unchanged" : [first, ...others] });
};

const repeatedItem = ({ items }: ReviewDecisions): Refusal | null => {
  const at = items.findIndex(({ review }, index) => items.findIndex((other) => other.review === review) !== index);
  return at < 0 ? null : fieldRefusal("INVALID_VALUE", `items[${String(at)}].review`, "stands in the list twice.");
};

/** The study director decides on changed decisions, one review or several read as one list, with one password. */
export const signReviews = async (
  actor: Actor,
  code: string,
  body: ReviewDecisions,
): Promise<Result<{ readonly doseUnit: string | null; readonly items: readonly ReviewItem[] }, Refusal>> => {
  const signed = await signOnce(actor, code, {
    action: "sign.review",
    confirmation: body.signature,
    place: "signature.",
    read: async () => {
      const repeated = repeatedItem(body);
      return repeated === null ? ok(null) : refused(repeated);
    },
    sign: (transaction, study) => attempt(transaction, { actor, study, body }),
  });
  if (!signed.ok) return signed;
  const { study } = signed.value;
  const ids = body.items.map(({ review }) => review);
  const [doseUnit, reviews] = await Promise.all([doseUnitOf(study.id), readReviews(connection, study.id, ids)]);
  return ok({ doseUnit, items: reviews.map(({ item }) => item) });
};
