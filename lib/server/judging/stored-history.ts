import "server-only";
import type { DoseEventDocument } from "@/lib/contracts/entries/answer";
import type { Status } from "@/lib/domain/rules/history";
import { eventsAt, runAt } from "@/lib/server/store/read-runs";
import type { StoredEvent } from "@/lib/server/store/read-runs";
import type { Transaction } from "@/lib/server/db/transaction";

/** What was decided of an animal, as it was stored: of the animal's object of the output all but grades and deviations. */
export type StoredHistory = {
  readonly status: Status;
  readonly dose: number;
  readonly openToxicities: readonly string[];
  readonly events: readonly DoseEventDocument[];
};

export const storedEventDocument = (event: StoredEvent): DoseEventDocument => ({
  at: event.at,
  entry: event.entry,
  action: event.action as DoseEventDocument["action"],
  rules: [...event.rules],
  fromDose: Number(event.fromDose),
  toDose: Number(event.toDose),
  toxicities: event.toxicities.map(({ term, grade }) => ({ term, grade })),
});

/** What stood at an instant, from the runs; null for now. Equal to the replay as known then. */
export const readStoredHistory = async (
  transaction: Transaction,
  animalId: number,
  asKnownAtMs: number | null,
): Promise<StoredHistory> => {
  const run = await runAt(transaction, animalId, asKnownAtMs);
  const events = await eventsAt(transaction, animalId, asKnownAtMs);
  return {
    status: (run?.status ?? "NOT_STARTED") as Status,
    dose: Number(run?.dose ?? 0),
    openToxicities: run?.openToxicities ?? [],
    events: events.map(storedEventDocument),
  };
};
