import "server-only";
import { msOf } from "./read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/** An event as a run stored it. Doses are decimals as text. */
export type StoredEvent = {
  readonly recordedMs: number;
  readonly position: number;
  readonly untilMs: number | null;
  readonly at: string;
  readonly observedMs: number;
  readonly entry: string;
  readonly action: string;
  readonly rules: readonly string[];
  readonly fromDose: string;
  readonly toDose: string;
  readonly toxicities: readonly { readonly term: string; readonly grade: number }[];
  readonly sentence: string;
};

/** Of `decision_event_periods e`. */
export const EVENT_COLUMNS = `${msOf("e.recorded_at")} AS "recordedMs", e.position, ${msOf("e.until")} AS "untilMs",
  e.observed_at_text AS at, ${msOf("e.observed_at")} AS "observedMs", e.entry_id AS entry, e.action, e.rules, e.from_dose::text AS "fromDose", e.to_dose::text AS "toDose",
  e.toxicities, e.sentence`;

/** The events that stand, in no particular order. */
export const standingEvents = (transaction: Transaction, animalId: number): Promise<readonly StoredEvent[]> =>
  transaction.query<StoredEvent>({
    name: "standing_events",
    text: `SELECT ${EVENT_COLUMNS} FROM decision_event_periods e WHERE e.animal_id = $1 AND e.until IS NULL`,
    values: [animalId],
  });

/** The events that stand of some animals, each animal's in the order of replay. */
export const standingEventsOf = async (
  transaction: Transaction,
  animalIds: readonly number[],
): Promise<ReadonlyMap<number, readonly StoredEvent[]>> => {
  const rows = await transaction.query<StoredEvent & { readonly animalId: number }>({
    name: "standing_events_of",
    text: `SELECT e.animal_id AS "animalId", ${EVENT_COLUMNS}
           FROM decision_event_periods e
             JOIN entries entry ON entry.study_id = e.study_id AND entry.id = e.entry_id
             JOIN entries original ON original.study_id = entry.study_id AND original.id = entry.record_id
           WHERE e.animal_id = ANY ($1) AND e.until IS NULL
           ORDER BY e.animal_id, e.observed_at, original.recorded_at, original.id`,
    values: [animalIds],
  });
  const events = new Map<number, StoredEvent[]>(animalIds.map((id) => [id, []]));
  for (const { animalId, ...event } of rows) events.get(animalId)?.push(event);
  return events;
};

/** The events that one run wrote, in their order, and those that it closed. */
export const eventsOfRun = async (
  transaction: Transaction,
  animalId: number,
  recordedMs: number,
): Promise<{ readonly written: readonly StoredEvent[]; readonly closed: readonly StoredEvent[] }> => {
  const events = await transaction.query<StoredEvent>({
    text: `SELECT ${EVENT_COLUMNS} FROM decision_event_periods e
           WHERE e.animal_id = $1 AND (e.recorded_at = to_timestamp($2::numeric / 1000) OR e.until = to_timestamp($2::numeric / 1000))
           ORDER BY e.recorded_at, e.position`,
    values: [animalId, recordedMs],
  });
  return {
    written: events.filter((event) => event.recordedMs === recordedMs),
    closed: events.filter((event) => event.untilMs === recordedMs),
  };
};

/** What a run found of the animal as a whole. */
export type StoredRun = {
  readonly recordedMs: number;
  readonly runNumber: number;
  readonly status: string;
  readonly dose: string;
  readonly openToxicities: readonly string[];
};

/** The run in force at an instant; null before the first. */
export const runAt = async (
  transaction: Transaction,
  animalId: number,
  asKnownAtMs: number | null,
): Promise<StoredRun | null> => {
  const [run] = await transaction.query<StoredRun>({
    text: `SELECT ${msOf("recorded_at")} AS "recordedMs", run_number AS "runNumber", status, dose::text AS dose, open_toxicities AS "openToxicities"
           FROM decision_runs
           WHERE animal_id = $1 AND ($2::numeric IS NULL OR recorded_at <= to_timestamp($2::numeric / 1000))
           ORDER BY recorded_at DESC LIMIT 1`,
    values: [animalId, asKnownAtMs],
  });
  return run ?? null;
};

/** The events that stood at an instant, in the order of replay. @internal for tests, which hold them against the replay */
export const eventsAt = (
  transaction: Transaction,
  animalId: number,
  asKnownAtMs: number | null,
): Promise<readonly StoredEvent[]> =>
  transaction.query<StoredEvent>({
    text: `SELECT ${EVENT_COLUMNS} FROM decision_event_periods e
             JOIN entries entry ON entry.study_id = e.study_id AND entry.id = e.entry_id
             JOIN entries original ON original.study_id = entry.study_id AND original.id = entry.record_id
           WHERE e.animal_id = $1
             AND ($2::numeric IS NULL AND e.until IS NULL
               OR e.recorded_at <= to_timestamp($2::numeric / 1000) AND (e.until IS NULL OR e.until > to_timestamp($2::numeric / 1000)))
           ORDER BY e.observed_at, original.recorded_at, original.id`,
    values: [animalId, asKnownAtMs],
  });
