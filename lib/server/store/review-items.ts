import "server-only";
import type { DecisionImpact } from "@/lib/contracts/entries/answer";
import type { Transaction } from "@/lib/server/db/transaction";

/** What a run of an animal changed of its decisions, as it was stored with it; null where it changed nothing. */
export const storedImpact = async (
  transaction: Transaction,
  animalId: number,
  recordedMs: number,
): Promise<DecisionImpact | null> => {
  const [item] = await transaction.query<{ readonly impact: DecisionImpact }>({
    text: `SELECT impact FROM review_items WHERE animal_id = $1 AND recorded_at = to_timestamp($2::numeric / 1000)`,
    values: [animalId, recordedMs],
  });
  return item?.impact ?? null;
};

/** How many items of the study `$1` wait for its director. */
export const WAITING_REVIEWS = `(
  SELECT count(*)::int FROM review_items r
  WHERE r.study_id = $1 AND NOT EXISTS (
    SELECT FROM signatures g WHERE g.study_id = r.study_id AND g.subject_kind = 'review' AND g.subject = r.id::text))`;
