import "server-only";
import type { AnimalAnswer, EntryAnswer, RecordingAnswer } from "@/lib/contracts/entries/answer";
import { decisionSentence } from "@/lib/domain/language/decision-sentence";
import { keptEvent } from "@/lib/domain/rules/event-key";
import { eventDocument } from "@/lib/domain/rules/write-history";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { writeInstant } from "@/lib/domain/time/instant";
import type { Status } from "@/lib/domain/rules/history";
import type { KnownEntry } from "@/lib/server/store/known-entries";
import type { LockedAnimal } from "@/lib/server/store/lock-animals";
import { eventsOfRun, runAt } from "@/lib/server/store/read-runs";
import { storedImpact } from "@/lib/server/store/review-items";
import type { Transaction } from "@/lib/server/db/transaction";
import { storedEventDocument } from "@/lib/server/judging/stored-history";
import { readStoredLog } from "@/lib/server/judging/stored-log";
import { studyAnimal } from "@/lib/server/judging/study-rules";
import type { StudyRules } from "@/lib/server/judging/study-rules";
import type { CheckedEntry } from "./check-entry";
import type { AnimalRun } from "./judge-animal";

/** What is stored of an entry's answer; the rest are columns. */
type StoredAnswer = Pick<EntryAnswer, "grades" | "notEvaluable" | "deviations" | "warnings">;

export const storedAnswer = ({ entry, warnings }: CheckedEntry, { ofEntry }: AnimalRun): StoredAnswer => {
  const judged = ofEntry.get(entry.id);
  if (judged === undefined) return { grades: [], notEvaluable: [], deviations: [], warnings: [...warnings] };
  const { grades, notEvaluable, deviations } = judged;
  return { grades: [...grades], notEvaluable: [...notEvaluable], deviations: [...deviations], warnings: [...warnings] };
};

/** What follows for an animal from the run of this request. */
export const answerOfRun = ({ runRow, written, closed, impact }: AnimalRun): AnimalAnswer => ({
  status: runRow.status as Status,
  dose: Number(runRow.dose),
  openToxicities: [...runRow.openToxicities],
  events: written.map(({ event, explanation }) => ({
    ...eventDocument(event),
    rules: [...event.rules],
    toxicities: event.toxicities.map(({ term, grade }) => ({ term, grade })),
    sentence: decisionSentence(keptEvent(event), explanation),
  })),
  superseded: closed.map(storedEventDocument),
  impact,
});

/** What followed for an animal from a run of before, told again. */
const answerOfStoredRun = async (
  transaction: Transaction,
  studyId: number,
  { animalId, recordedMs }: KnownEntry,
): Promise<AnimalAnswer> => {
  const run = await runAt(transaction, studyId, animalId, recordedMs);
  if (run === null) throw new Error("a stored entry has no run");
  const { written, closed } = await eventsOfRun(transaction, studyId, animalId, recordedMs);
  return {
    status: run.status as Status,
    dose: Number(run.dose),
    openToxicities: [...run.openToxicities],
    events: written.map((event) => ({ ...storedEventDocument(event), sentence: event.sentence })),
    superseded: closed.map(storedEventDocument),
    impact: await storedImpact(transaction, studyId, animalId, recordedMs),
  };
};

/** Nobody waited for the answer to an imported entry: what it would have been is in the log. */
const answerOfImported = async (
  transaction: Transaction,
  { id, recordedMs }: KnownEntry,
  { animal, rules }: { readonly animal: LockedAnimal; readonly rules: StudyRules },
): Promise<StoredAnswer> => {
  const log = await readStoredLog(transaction, animal);
  const { history } = replayAnimal(rules.protocols, studyAnimal(animal), log, recordedMs);
  const own = <Item extends { readonly entry: string }>(items: readonly Item[]): Item[] =>
    items.filter(({ entry }) => entry === id);
  return {
    grades: own(history.grades),
    notEvaluable: own(history.notEvaluable),
    deviations: own(history.deviations),
    warnings: [],
  };
};

/** The first answer to entries that are stored already, again. */
export const firstAnswers = async (
  transaction: Transaction,
  known: readonly KnownEntry[],
  animals: ReadonlyMap<string, LockedAnimal>,
  rules: StudyRules,
): Promise<RecordingAnswer> => {
  const entries: EntryAnswer[] = [];
  const latest = new Map<string, KnownEntry>();
  for (const entry of known) {
    const animal = animals.get(entry.tag);
    if (animal === undefined) throw new Error("the animal of a stored entry is not locked");
    const answer =
      entry.answer === null
        ? await answerOfImported(transaction, entry, { animal, rules })
        : (entry.answer as StoredAnswer);
    entries.push({ id: entry.id, recordedAt: writeInstant(entry.recordedMs), ...answer });
    const other = latest.get(entry.tag);
    if (other === undefined || other.recordedMs < entry.recordedMs) latest.set(entry.tag, entry);
  }
  const answers: [string, AnimalAnswer][] = [];
  for (const [tag, entry] of latest) answers.push([tag, await answerOfStoredRun(transaction, rules.studyId, entry)]);
  return { entries, animals: Object.fromEntries(answers) };
};

/** The entries' answers in the order in which they were sent. */
export const inOrderSent = (ids: readonly string[], answers: readonly EntryAnswer[]): EntryAnswer[] => {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};
