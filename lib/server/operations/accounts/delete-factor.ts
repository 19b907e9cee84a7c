import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/** Deletes a second factor that is set, with its recovery codes; false where there is none. */
export const deleteFactor = async (transaction: Transaction, userId: string): Promise<boolean> => {
  const deleted = await transaction.query({
    text: `DELETE FROM second_factors WHERE user_id = $1::uuid AND set_at IS NOT NULL RETURNING user_id`,
    values: [userId],
  });
  return deleted.length === 1;
};
