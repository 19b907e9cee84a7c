import "server-only";
import { readEntry } from "@/lib/domain/bundle/read-entry";
import { replayAnimal } from "@/lib/domain/dose-rules/replay";
import type { Replayed } from "@/lib/domain/dose-rules/replay";
import type { LogEntry } from "@/lib/domain/entries/log-entry";
import type { StudyAnimal } from "@/lib/domain/protocol/protocol";
import { readAnimalLog } from "@/lib/server/db/read-log";
import { studyAnimalRows } from "@/lib/server/db/study-animals";
import type { StudyAnimalRow } from "@/lib/server/db/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";
import { studyAnimal } from "./study-rules";
import type { StudyRules } from "./study-rules";

/** The stored log of an animal as the engine reads it: what was stored has been read before. */
export const readStoredLog = async (
  transaction: Transaction,
  animalId: number,
  control: boolean,
): Promise<readonly LogEntry[]> => {
  const documents = await readAnimalLog(transaction, animalId);
  return documents.map((document) => {
    const read = readEntry(document, "", control);
    if (!read.ok) throw new Error(`a stored entry cannot be read: ${read.fault.path} ${read.fault.message}`);
    return read.value;
  });
};

/** An animal with its log, and what follows from it by the rules. */
export type ReplayedAnimal = {
  readonly row: StudyAnimalRow;
  readonly animal: StudyAnimal;
  readonly log: readonly LogEntry[];
  /** Null while the study has no protocol, not even a draft. */
  readonly replayed: Replayed | null;
};

/**
 * Replays the animals of a study from its stored logs, one after the other, in the order of their registration; from what
 * had been recorded by `asKnownAtMs`, where it is given.
 */
export async function* replayStored(
  transaction: Transaction,
  rules: StudyRules,
  tags: readonly string[] | null,
  asKnownAtMs: number = Infinity,
): AsyncGenerator<ReplayedAnimal, void, undefined> {
  for (const row of await studyAnimalRows(transaction, rules.studyId, tags)) {
    const animal = studyAnimal(row);
    const whole = await readStoredLog(transaction, row.animalId, row.control);
    const log = whole.filter(({ recordedAt }) => recordedAt.ms <= asKnownAtMs);
    const replayed = rules.protocols.length === 0 ? null : replayAnimal(rules.protocols, animal, log);
    yield { row, animal, log, replayed };
  }
}
