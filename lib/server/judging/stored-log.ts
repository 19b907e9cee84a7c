import "server-only";
import type { EntryDocument } from "@/lib/contracts/entries/entry-document";
import { readEntry } from "@/lib/domain/record/read-entry";
import { replayAnimal } from "@/lib/domain/rules/replay";
import type { Replayed } from "@/lib/domain/rules/replay";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import type { StudyAnimal } from "@/lib/domain/study/protocol";
import { readJudgedLogs } from "@/lib/server/store/read-judged-logs";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { StudyAnimalRow } from "@/lib/server/store/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";
import { studyAnimal } from "./study-rules";
import type { StudyRules } from "./study-rules";

const entriesOf = (documents: readonly EntryDocument[], control: boolean): readonly LogEntry[] =>
  documents.map((document) => {
    const read = readEntry(document, "", control);
    if (!read.ok) throw new Error(`a stored entry cannot be read: ${read.fault.path} ${read.fault.message}`);
    return read.value;
  });

/** The stored log of an animal as the engine reads it: what was stored has been read before. */
export const readStoredLog = async (
  transaction: Transaction,
  { studyId, animalId, control }: Pick<StudyAnimalRow, "studyId" | "animalId" | "control">,
): Promise<readonly LogEntry[]> => {
  const logs = await readJudgedLogs(transaction, studyId, [animalId]);
  return entriesOf(logs.get(animalId) ?? [], control);
};

/** So many logs are read at once, and the next of them while these are replayed. */
const LOGS_AT_ONCE = 10;

/** What the database says of some animals, asked before it is needed. */
type Ahead<Read> = { readonly rows: readonly StudyAnimalRow[]; readonly read: Promise<Read> };

/**
 * The animals of a study in the order of their registration, in parts, each with what `read` says of it: while a part is
 * worked on, the database reads the next.
 */
export async function* inPartsReadAhead<Read>(
  rows: readonly StudyAnimalRow[],
  read: (animalIds: readonly number[]) => Promise<Read>,
): AsyncGenerator<{ readonly rows: readonly StudyAnimalRow[]; readonly read: Read }, void, undefined> {
  const ask = (from: number): Ahead<Read> | null => {
    const part = rows.slice(from, from + LOGS_AT_ONCE);
    if (part.length === 0) return null;
    const asked = read(part.map(({ animalId }) => animalId));
    // Whoever stops before this part does not wait for it, and its failure is nobody's.
    asked.catch(() => undefined);
    return { rows: part, read: asked };
  };
  let next = ask(0);
  for (let from = LOGS_AT_ONCE; next !== null; from += LOGS_AT_ONCE) {
    const current = { rows: next.rows, read: await next.read };
    next = ask(from);
    yield current;
  }
}

/** An animal with its log. */
export type AnimalWithLog = {
  readonly row: StudyAnimalRow;
  readonly animal: StudyAnimal;
  readonly log: readonly LogEntry[];
};

export const animalWithLog = (
  row: StudyAnimalRow,
  logs: ReadonlyMap<number, readonly EntryDocument[]>,
): AnimalWithLog => ({
  row,
  animal: studyAnimal(row),
  log: entriesOf(logs.get(row.animalId) ?? [], row.control),
});

/** An animal with its log, and what follows from it by the rules. */
export type ReplayedAnimal = AnimalWithLog & {
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
  const animals = await studyAnimalRows(transaction, rules.studyId, tags);
  for await (const { rows, read } of inPartsReadAhead(animals, (ids) =>
    readJudgedLogs(transaction, rules.studyId, ids),
  )) {
    for (const row of rows) {
      const { animal, log: whole } = animalWithLog(row, read);
      const log = whole.filter(({ recordedAt }) => recordedAt.ms <= asKnownAtMs);
      const replayed = rules.protocols.length === 0 ? null : replayAnimal(rules.protocols, animal, log);
      yield { row, animal, log, replayed };
    }
  }
}
