import "server-only";
import { isDeepStrictEqual } from "node:util";
import { keptEventKey } from "@/lib/domain/rules/event-key";
import { stateOf } from "@/lib/server/store/animal-states";
import type { StoredState } from "@/lib/server/store/animal-states";
import { eventsOfRuns, runsOf } from "@/lib/server/store/read-runs";
import type { StoredEvent, StoredRun } from "@/lib/server/store/read-runs";
import type { Transaction } from "@/lib/server/db/transaction";
import { reconstructRuns } from "./reconstruct-runs";
import type { ReconstructedRuns } from "./reconstruct-runs";
import { stateRow } from "./run-rows";
import { readStoredLog } from "./stored-log";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { StudyAnimalRow } from "@/lib/server/store/study-animals";
import { readRules, studyAnimal } from "./study-rules";
import type { StudyRules } from "./study-rules";

/** Something stored that does not follow from the log; with the number of the first run that it is about, where it has one. */
export type DecisionFault = { readonly animal: string; readonly what: string; readonly run: number | null };

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const eventsExpected = ({ events, closures }: ReconstructedRuns): unknown => {
  const closed = new Map(
    closures.map((row) => [`${String(row.eventRecordedMs)}/${String(row.eventPosition)}`, row.closedMs]),
  );
  return events.map((row) => [
    row.recordedMs,
    row.position,
    closed.get(`${String(row.recordedMs)}/${String(row.position)}`) ?? null,
    keptEventKey({
      ...row,
      at: row.observedText,
      entry: row.entryId,
      toxicities: row.toxicities as StoredEvent["toxicities"],
    }),
  ]);
};

/** The place of the first difference of two lists; null where there is none. */
const firstDifferent = (expected: unknown, stored: unknown): number | null => {
  const [left, right] = [plain(expected), plain(stored)];
  if (isDeepStrictEqual(left, right) || !Array.isArray(left) || !Array.isArray(right)) return null;
  const longer = left.length > right.length ? left : right;
  return longer.findIndex((_, index) => !isDeepStrictEqual(left[index], right[index]));
};

const runNumbers = (expected: ReconstructedRuns, stored: readonly StoredRun[]) => {
  const numbers = new Map([...stored, ...expected.runs].map(({ recordedMs, runNumber }) => [recordedMs, runNumber]));
  return (recordedMs: number | undefined): number | null =>
    recordedMs === undefined ? null : (numbers.get(recordedMs) ?? null);
};

const compare = (
  expected: ReconstructedRuns,
  stored: {
    readonly runs: readonly StoredRun[];
    readonly events: readonly StoredEvent[];
    readonly state: StoredState | null;
  },
  rules: { readonly animalId: number; readonly revision: number },
): readonly Omit<DecisionFault, "animal">[] => {
  const runs = expected.runs.map(({ recordedMs, runNumber, status, dose, openToxicities }) => ({
    recordedMs,
    runNumber,
    status,
    dose,
    openToxicities,
  }));
  const events = stored.events.map((event) => [event.recordedMs, event.position, event.untilMs, keptEventKey(event)]);
  const { animalId: _animalId, ...state } = stateRow(
    { animalId: rules.animalId, runNumber: expected.runNumber, recordedMs: expected.lastRecordedMs },
    rules.revision,
    expected.state,
    expected.summary,
  );
  const isRebuiltLater = stored.state?.state === null;
  const numberOf = runNumbers(expected, stored.runs);
  const wrongRun = firstDifferent(runs, stored.runs);
  const wrongEvent = firstDifferent(eventsExpected(expected), events);
  return [
    ...(wrongRun === null ? [] : [{ what: "its runs are not those that follow from its log", run: wrongRun + 1 }]),
    ...(wrongEvent === null
      ? []
      : [
          {
            what: "its events are not those that follow from its log",
            run: numberOf(stored.events[wrongEvent]?.recordedMs ?? expected.events[wrongEvent]?.recordedMs),
          },
        ]),
    ...(isRebuiltLater || isDeepStrictEqual(plain(state), plain(stored.state))
      ? []
      : [{ what: "its state is not the one that follows from its log", run: expected.runNumber }]),
  ];
};

type Judging = { readonly rules: StudyRules; readonly timeZone: string };

const animalFaults = async (
  transaction: Transaction,
  row: StudyAnimalRow,
  { rules, timeZone }: Judging,
): Promise<readonly Omit<DecisionFault, "animal">[]> => {
  const log = await readStoredLog(transaction, row);
  const judgedBy = { protocols: rules.protocols, animal: studyAnimal(row), timeZone };
  const stored = {
    runs: await runsOf(transaction, row.studyId, row.animalId),
    events: await eventsOfRuns(transaction, row.studyId, row.animalId),
    state: await stateOf(transaction, row.studyId, row.animalId),
  };
  const expected = reconstructRuns(judgedBy, row.animalId, log);
  return compare(expected, stored, { animalId: row.animalId, revision: rules.revision });
};

/**
 * Compares everything decided in a study with its log: every run, event and closure with what the log gives, followed as it
 * became known, and every state with its rebuild.
 */
export const checkDecisions = async (
  transaction: Transaction,
  study: { readonly id: number; readonly timeZone: string },
): Promise<readonly DecisionFault[]> => {
  const rules = await readRules(transaction, study.id);
  if (rules.protocols.length === 0) return [];
  const faults: DecisionFault[] = [];
  for (const row of await studyAnimalRows(transaction, study.id, null)) {
    const found = await animalFaults(transaction, row, { rules, timeZone: study.timeZone });
    faults.push(...found.map((fault) => ({ animal: row.tag, ...fault })));
  }
  return faults;
};
