import "server-only";
import type { ReviewItem } from "@/lib/contracts/reviews";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { writeInstant } from "@/lib/domain/time/instant";
import { reviewRows } from "@/lib/server/store/review-items";
import type { ReviewRow } from "@/lib/server/store/review-items";
import type { Transaction } from "@/lib/server/db/transaction";
import { signaturesOf } from "@/lib/server/signing/signing";

/** An item as people read it, with what its signature is kept by. */
export type StoredReview = { readonly animalId: number; readonly item: ReviewItem };

const itemOf = (
  { animalId, recordedMs, observedMs, firstDoseMs, ...row }: ReviewRow,
  signature: ShownSignature | null,
): StoredReview => ({
  animalId,
  item: {
    ...row,
    recordedAt: writeInstant(recordedMs),
    observedAt: writeInstant(observedMs),
    firstDoseAt: firstDoseMs === null ? null : writeInstant(firstDoseMs),
    signature,
  },
});

/** The items of a study that there were by an instant (null: now), `ids` null for all: those that wait before those that are decided, the latest first. */
export const readReviews = async (
  connection: Transaction,
  studyId: number,
  ids: readonly string[] | null,
  knownMs: number | null = null,
): Promise<readonly StoredReview[]> => {
  const rows = await reviewRows(connection, studyId, ids, knownMs);
  const signatures = await signaturesOf(connection, studyId, {
    kinds: ["review"],
    subjects: rows.map(({ id }) => id),
  });
  const signed = new Map(signatures.map((signature) => [signature.subject, signature]));
  const all = rows.map((row) => itemOf(row, signed.get(row.id) ?? null));
  const waits = ({ item }: StoredReview): boolean => item.signature === null;
  return [...all.filter(waits), ...all.filter((review) => !waits(review))];
};
