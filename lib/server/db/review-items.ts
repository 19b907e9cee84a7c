import "server-only";
import type { DecisionImpact } from "@/lib/contracts/entries/answer";
import type { Transaction } from "./transaction";

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
