import "server-only";
import { EMPTY_SUMMARY, summaryOfLog } from "@/lib/domain/animal/animal-summary";
import { lockAnimals } from "@/lib/server/store/lock-animals";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";
import { writeLog } from "@/lib/server/store/write-log";
import type { StateRow } from "@/lib/server/store/write-log";
import { stateRow } from "./run-rows";
import { replayStored } from "./stored-log";
import type { ReplayedAnimal } from "./stored-log";
import { readRules } from "./study-rules";

/** The state that an animal's log and the rules at a revision make. */
const stateOfReplay = (
  { row, log, replayed }: ReplayedAnimal,
  runs: { readonly runNumber: number; readonly lastRecordedMs: number | null },
  rulesRevision: number,
): StateRow =>
  stateRow(
    { animalId: row.animalId, runNumber: runs.runNumber, recordedMs: runs.lastRecordedMs },
    rulesRevision,
    replayed?.state ?? null,
    replayed === null ? EMPTY_SUMMARY : summaryOfLog(log, replayed),
  );

/**
 * Makes the states of a study's animals again from their logs, by the rules that this transaction sees. For a change of the
 * rules: the states that were made by the others are gone by then.
 */
export const rebuildAnimalStates = async (transaction: Transaction, studyId: number): Promise<void> => {
  const tags = (await studyAnimalRows(transaction, studyId, null)).map(({ tag }) => tag);
  const locked = new Map((await lockAnimals(transaction, studyId, tags)).map((animal) => [animal.tag, animal]));
  const rules = await readRules(transaction, studyId);
  const states: StateRow[] = [];
  for await (const replayed of replayStored(transaction, rules, tags)) {
    const runs = locked.get(replayed.row.tag);
    if (runs !== undefined) states.push(stateOfReplay(replayed, runs, rules.revision));
  }
  if (states.length === 0) return;
  await writeLog(transaction, {
    studyId,
    runs: [],
    entries: [],
    events: [],
    closures: [],
    reviews: [],
    states,
    fixed: [],
    audit: null,
  });
};
