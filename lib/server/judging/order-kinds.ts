import "server-only";
import { Decimal } from "@/lib/domain/decimal";
import type { Transaction } from "@/lib/server/db/transaction";

/** When an order was given, and what was known then: `knownBeforeMs` null for all that is known now. */
type OrderPlace = {
  readonly animalId: number;
  readonly observedMs: number;
  readonly knownBeforeMs: number | null;
};

/** The dose at which the rules proposed to resume when an order was given; null where they proposed nothing. */
const proposedDose = async (
  transaction: Transaction,
  { animalId, observedMs, knownBeforeMs }: OrderPlace,
): Promise<Decimal | null> => {
  const [latest] = await transaction.query<{ readonly action: string; readonly dose: string }>({
    text: `SELECT action, to_dose::text AS dose FROM decision_event_periods
           WHERE animal_id = $1 AND observed_at <= to_timestamp($2::numeric / 1000)
             AND ($3::numeric IS NULL OR recorded_at < to_timestamp($3::numeric / 1000))
             AND (until IS NULL OR until >= to_timestamp($3::numeric / 1000))
           ORDER BY observed_at DESC, recorded_at DESC, position DESC LIMIT 1`,
    values: [animalId, observedMs, knownBeforeMs],
  });
  return latest?.action === "RESUME_PROPOSED" ? new Decimal(latest.dose) : null;
};

/** Whether an order does what the rules proposed when it was given. */
export const isAsProposed = async (
  transaction: Transaction,
  place: OrderPlace,
  dose: Decimal | null,
): Promise<boolean> => {
  const proposed = dose === null ? null : await proposedDose(transaction, place);
  return dose !== null && proposed !== null && proposed.eq(dose);
};
