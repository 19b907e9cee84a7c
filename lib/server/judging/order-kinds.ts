import "server-only";
import type { Decimal } from "@/lib/domain/decimal";
import { proposedDose } from "@/lib/server/store/decisions";
import type { DecisionPlace } from "@/lib/server/store/decisions";
import type { Transaction } from "@/lib/server/db/transaction";

/** Whether an order does what the rules proposed when it was given. */
export const isAsProposed = async (
  transaction: Transaction,
  place: DecisionPlace,
  dose: Decimal | null,
): Promise<boolean> => {
  const proposed = dose === null ? null : await proposedDose(transaction, place);
  return dose !== null && proposed !== null && dose.eq(proposed);
};
