import type { DoseEventDocument } from "@/lib/contracts/entries/answer";
import type { Status } from "@/lib/domain/rules/history";
import type { StudyAnimalRow } from "@/lib/server/store/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";
import { storedEventDocument } from "@/lib/server/judging/stored-history";
import { eventsAt, runAt } from "@/lib/server/store/read-runs";

/** What was decided of an animal, as it was stored: of the animal's object of the output all but grades and deviations. */
type StoredHistory = {
  readonly status: Status;
  readonly dose: number;
  readonly openToxicities: readonly string[];
  readonly events: readonly DoseEventDocument[];
};

/** What stood at an instant, from the runs; null for now. Equal to the replay as known then. */
export const readStoredHistory = async (
  transaction: Transaction,
  { studyId, animalId }: Pick<StudyAnimalRow, "studyId" | "animalId">,
  asKnownAtMs: number | null,
): Promise<StoredHistory> => {
  const run = await runAt(transaction, studyId, animalId, asKnownAtMs);
  const events = await eventsAt(transaction, studyId, animalId, asKnownAtMs);
  return {
    status: (run?.status ?? "NOT_STARTED") as Status,
    dose: Number(run?.dose ?? 0),
    openToxicities: run?.openToxicities ?? [],
    events: events.map(storedEventDocument),
  };
};
