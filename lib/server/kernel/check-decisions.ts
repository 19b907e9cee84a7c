import "server-only";
import { isDeepStrictEqual } from "node:util";
import { msOf } from "@/lib/server/db/read-log";
import { EVENT_COLUMNS } from "@/lib/server/db/read-runs";
import type { StoredEvent } from "@/lib/server/db/read-runs";
import type { Transaction } from "@/lib/server/db/transaction";
import { reconstructRuns } from "./reconstruct-runs";
import type { ReconstructedRuns } from "./reconstruct-runs";
import { stateRow, storedEventKey } from "./run-rows";
import { readStoredLog } from "./stored-log";
import { studyAnimalRows } from "@/lib/server/db/study-animals";
import { readRules, studyAnimal } from "./study-rules";

/** Something stored that does not follow from the log. */
export type DecisionFault = { readonly animal: string; readonly what: string };

type RunRecord = {
  readonly recordedMs: number;
  readonly runNumber: number;
  readonly status: string;
  readonly dose: string;
  readonly openToxicities: readonly string[];
};

type StateRecord = {
  readonly runNumber: number;
  readonly lastRecordedMs: number | null;
  readonly rulesRevision: number;
  readonly state: unknown;
  readonly status: string;
  readonly dose: string;
  readonly openToxicities: readonly string[];
  readonly summary: unknown;
};

const storedRuns = (transaction: Transaction, animalId: number): Promise<readonly RunRecord[]> =>
  transaction.query<RunRecord>({
    text: `SELECT ${msOf("recorded_at")} AS "recordedMs", run_number AS "runNumber", status, dose::text AS dose, open_toxicities AS "openToxicities"
           FROM decision_runs WHERE animal_id = $1 ORDER BY run_number`,
    values: [animalId],
  });

const storedEvents = (transaction: Transaction, animalId: number): Promise<readonly StoredEvent[]> =>
  transaction.query<StoredEvent>({
    text: `SELECT ${EVENT_COLUMNS} FROM decision_event_periods e WHERE e.animal_id = $1 ORDER BY e.recorded_at, e.position`,
    values: [animalId],
  });

const storedState = async (transaction: Transaction, animalId: number): Promise<StateRecord | undefined> => {
  const [state] = await transaction.query<StateRecord>({
    text: `SELECT run_number AS "runNumber", ${msOf("last_recorded_at")} AS "lastRecordedMs", rules_revision AS "rulesRevision", state, status,
             dose::text AS dose, open_toxicities AS "openToxicities", summary
           FROM animal_states WHERE animal_id = $1`,
    values: [animalId],
  });
  return state;
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const eventsExpected = ({ events, closures }: ReconstructedRuns): unknown => {
  const closed = new Map(
    closures.map((row) => [`${String(row.eventRecordedMs)}/${String(row.eventPosition)}`, row.closedMs]),
  );
  return events.map((row) => [
    row.recordedMs,
    row.position,
    closed.get(`${String(row.recordedMs)}/${String(row.position)}`) ?? null,
    storedEventKey({
      ...row,
      at: row.observedText,
      entry: row.entryId,
      toxicities: row.toxicities as StoredEvent["toxicities"],
    }),
  ]);
};

const compare = (
  expected: ReconstructedRuns,
  stored: {
    readonly runs: readonly RunRecord[];
    readonly events: readonly StoredEvent[];
    readonly state: StateRecord | undefined;
  },
  rules: { readonly animalId: number; readonly revision: number },
): readonly string[] => {
  const runs = expected.runs.map(({ recordedMs, runNumber, status, dose, openToxicities }) => ({
    recordedMs,
    runNumber,
    status,
    dose,
    openToxicities,
  }));
  const events = stored.events.map((event) => [event.recordedMs, event.position, event.untilMs, storedEventKey(event)]);
  const { animalId: _animalId, ...state } = stateRow(
    { animalId: rules.animalId, runNumber: expected.runNumber, recordedMs: expected.lastRecordedMs },
    rules.revision,
    expected.state,
    expected.summary,
  );
  const isRebuiltLater = stored.state?.state === null;
  return [
    ...(isDeepStrictEqual(plain(runs), plain(stored.runs)) ? [] : ["its runs are not those that follow from its log"]),
    ...(isDeepStrictEqual(plain(eventsExpected(expected)), plain(events))
      ? []
      : ["its events are not those that follow from its log"]),
    ...(isRebuiltLater || isDeepStrictEqual(plain(state), plain(stored.state))
      ? []
      : ["its state is not the one that follows from its log"]),
  ];
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
    const log = await readStoredLog(transaction, row.animalId, row.control);
    const judgedBy = { protocols: rules.protocols, animal: studyAnimal(row), timeZone: study.timeZone };
    const stored = {
      runs: await storedRuns(transaction, row.animalId),
      events: await storedEvents(transaction, row.animalId),
      state: await storedState(transaction, row.animalId),
    };
    const expected = reconstructRuns(judgedBy, row.animalId, log);
    const what = compare(expected, stored, { animalId: row.animalId, revision: rules.revision });
    faults.push(...what.map((fault) => ({ animal: row.tag, what: fault })));
  }
  return faults;
};
