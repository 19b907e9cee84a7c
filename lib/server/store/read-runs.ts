import "server-only";
import type { StoredDecision } from "@/lib/contracts/animal-record";
import type { Prisma } from "@/generated/prisma/client";
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
export const standingEvents = (
  transaction: Transaction,
  studyId: number,
  animalId: number,
): Promise<readonly StoredEvent[]> =>
  transaction.query<StoredEvent>({
    name: "standing_events",
    text: `SELECT ${EVENT_COLUMNS} FROM decision_event_periods e WHERE e.study_id = $1 AND e.animal_id = $2 AND e.until IS NULL`,
    values: [studyId, animalId],
  });

const EVENT = {
  orderBy: [{ recordedAt: "asc" }, { position: "asc" }],
  include: { closure: { select: { closedAt: true } } },
} as const satisfies Prisma.DecisionEventFindManyArgs;

const storedEvent = (row: Prisma.DecisionEventGetPayload<typeof EVENT>): StoredEvent => ({
  recordedMs: row.recordedAt.getTime(),
  position: row.position,
  untilMs: row.closure?.closedAt.getTime() ?? null,
  at: row.observedAtText,
  observedMs: row.observedAt.getTime(),
  entry: row.entryId,
  action: row.action,
  rules: row.rules,
  fromDose: row.fromDose.toFixed(),
  toDose: row.toDose.toFixed(),
  toxicities: row.toxicities as unknown as StoredEvent["toxicities"],
  sentence: row.sentence,
});

/** Every event of an animal, as its runs wrote them. */
export const eventsOfRuns = async (
  { prisma }: Transaction,
  studyId: number,
  animalId: number,
): Promise<readonly StoredEvent[]> =>
  (await (await prisma()).decisionEvent.findMany({ where: { studyId, animalId }, ...EVENT })).map(storedEvent);

/** The events that one run wrote, in their order, and those that it closed. */
export const eventsOfRun = async (
  { prisma }: Transaction,
  studyId: number,
  animalId: number,
  recordedMs: number,
): Promise<{ readonly written: readonly StoredEvent[]; readonly closed: readonly StoredEvent[] }> => {
  const at = new Date(recordedMs);
  const rows = await (
    await prisma()
  ).decisionEvent.findMany({
    where: { studyId, animalId, OR: [{ recordedAt: at }, { closure: { closedAt: at } }] },
    ...EVENT,
  });
  const events = rows.map(storedEvent);
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
  /** Decimal as text. */
  readonly dose: string;
  readonly openToxicities: readonly string[];
};

const RUN = {
  select: { recordedAt: true, runNumber: true, status: true, dose: true, openToxicities: true },
} as const satisfies Prisma.DecisionRunDefaultArgs;

const storedRun = ({ recordedAt, dose, ...row }: Prisma.DecisionRunGetPayload<typeof RUN>): StoredRun => ({
  recordedMs: recordedAt.getTime(),
  ...row,
  dose: dose.toFixed(),
});

/** The runs of an animal in their order. */
export const runsOf = async (
  { prisma }: Transaction,
  studyId: number,
  animalId: number,
): Promise<readonly StoredRun[]> => {
  const rows = await (
    await prisma()
  ).decisionRun.findMany({ where: { studyId, animalId }, orderBy: { runNumber: "asc" }, ...RUN });
  return rows.map(storedRun);
};

/** The run in force at an instant; null before the first. */
export const runAt = async (
  { prisma }: Transaction,
  studyId: number,
  animalId: number,
  asKnownAtMs: number | null,
): Promise<StoredRun | null> => {
  const known = asKnownAtMs === null ? {} : { recordedAt: { lte: new Date(asKnownAtMs) } };
  const row = await (
    await prisma()
  ).decisionRun.findFirst({ where: { studyId, animalId, ...known }, orderBy: { recordedAt: "desc" }, ...RUN });
  return row === null ? null : storedRun(row);
};

const standingAt = (asKnownAtMs: number | null): Prisma.DecisionEventWhereInput => {
  if (asKnownAtMs === null) return { closure: { is: null } };
  const known = new Date(asKnownAtMs);
  return { recordedAt: { lte: known }, OR: [{ closure: { is: null } }, { closure: { closedAt: { gt: known } } }] };
};

const original = (field: "recordedAt" | "id") => ({ entry: { original: { [field]: "asc" } } }) as const;

const IN_REPLAY_ORDER = [
  { observedAt: "asc" },
  original("recordedAt"),
  original("id"),
] as const satisfies readonly Prisma.DecisionEventOrderByWithRelationInput[];

/** The events that stood at an instant, in the order of replay. @internal for tests, which hold them against the replay */
export const eventsAt = async (
  { prisma }: Transaction,
  studyId: number,
  animalId: number,
  asKnownAtMs: number | null,
): Promise<readonly StoredEvent[]> => {
  const rows = await (
    await prisma()
  ).decisionEvent.findMany({
    where: { studyId, animalId, ...standingAt(asKnownAtMs) },
    include: EVENT.include,
    orderBy: [...IN_REPLAY_ORDER],
  });
  return rows.map(storedEvent);
};

/** The events that stand of some animals, each animal's in the order of replay. */
export const standingEventsOf = async (
  { prisma }: Transaction,
  studyId: number,
  animalIds: readonly number[],
): Promise<ReadonlyMap<number, readonly StoredEvent[]>> => {
  const rows = await (
    await prisma()
  ).decisionEvent.findMany({
    where: { studyId, animalId: { in: [...animalIds] }, ...standingAt(null) },
    include: EVENT.include,
    orderBy: [...IN_REPLAY_ORDER],
  });
  const events = new Map<number, StoredEvent[]>(animalIds.map((id) => [id, []]));
  for (const row of rows) events.get(row.animalId)?.push(storedEvent(row));
  return events;
};

/** Every event of a study's animals (null for all), in the order of replay and then as they became known, with what it was explained by. */
export const explainedEvents = async (
  { prisma }: Transaction,
  studyId: number,
  animalIds: readonly number[] | null,
): Promise<readonly (StoredDecision & { readonly animalId: number })[]> => {
  const rows = await (
    await prisma()
  ).decisionEvent.findMany({
    where: { studyId, ...(animalIds === null ? {} : { animalId: { in: [...animalIds] } }) },
    include: EVENT.include,
    orderBy: [...IN_REPLAY_ORDER, { recordedAt: "asc" }],
  });
  return rows.map((row) => ({
    animalId: row.animalId,
    ...(storedEvent(row) as unknown as Omit<StoredDecision, "explanation">),
    explanation: row.explanation as unknown as StoredDecision["explanation"],
  }));
};
