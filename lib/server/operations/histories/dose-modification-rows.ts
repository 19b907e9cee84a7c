import "server-only";
import { instantMs } from "@/lib/contracts/histories";
import type { DoseModificationFilters } from "@/lib/contracts/histories";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { epochDayOf, startOfLocalDay } from "@/lib/domain/time/local-time";
import { studyDayOf } from "@/lib/domain/time/study-day";
import { Decimal } from "@/lib/domain/decimal";
import type { ExplainedEvent } from "@/lib/domain/rules/explanation";
import type { Action, Citation } from "@/lib/domain/rules/history";
import { writeInstant } from "@/lib/domain/time/instant";
import { lateText } from "@/lib/domain/record/late";
import { deviationsByEvent } from "@/lib/domain/outputs/dose-modification-row";
import type { DoseDeviation, DoseModificationRow, RowSignature } from "@/lib/domain/outputs/dose-modification-row";
import { triggersOf } from "@/lib/domain/outputs/triggers-of-event";
import { standingVersions } from "@/lib/domain/record/standing-versions";
import { meaningText } from "@/lib/domain/language/signature-words";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { countDoseModifications, doseModificationRecords } from "@/lib/server/store/dose-modification-rows";
import { findAnimal } from "@/lib/server/store/known-animals";
import type {
  DoseModificationBounds,
  DoseModificationPage,
  DoseModificationRecord,
} from "@/lib/server/store/dose-modification-rows";
import type { Transaction } from "@/lib/server/db/transaction";
import { signedEntries } from "@/lib/server/signing/signed-entries";
import type { SignedEntry } from "@/lib/server/signing/signed-entries";
import { replayStored } from "@/lib/server/judging/stored-log";
import { readRules } from "@/lib/server/judging/study-rules";

/** What the log of an animal says beside its stored events; by its tag now. */
type FromLog = {
  readonly firstDoseMs: number | null;
  /** Of each standing event's entry. */
  readonly deviations: ReadonlyMap<string, readonly DoseDeviation[]>;
};

const boundsOf = (
  { group, action, from, to, asKnownAt }: DoseModificationFilters,
  timeZone: string,
): Omit<DoseModificationBounds, "animalId"> => ({
  group: group ?? null,
  action: action ?? null,
  fromMs: from === undefined ? null : startOfLocalDay(epochDayOf(from), timeZone),
  untilMs: to === undefined ? null : startOfLocalDay(epochDayOf(to) + 1, timeZone),
  knownMs: instantMs(asKnownAt),
});

const fromLogs = async (
  transaction: Transaction,
  studyId: number,
  tags: readonly string[],
  knownMs: number | null,
): Promise<ReadonlyMap<string, FromLog>> => {
  const found = new Map<string, FromLog>();
  const rules = await readRules(transaction, studyId, knownMs);
  for await (const { row, log, replayed } of replayStored(transaction, rules, tags, knownMs ?? Infinity)) {
    if (replayed === null) continue;
    const { history, state } = replayed;
    const order = standingVersions(log).map(({ entry }) => entry.id);
    const eventEntries = history.events.map(({ entry }) => entry);
    found.set(row.tag, {
      firstDoseMs: state.animal.firstDoseMs,
      deviations: deviationsByEvent(order, eventEntries, history.deviations),
    });
  }
  return found;
};

const explainedEvent = (record: DoseModificationRecord): ExplainedEvent => ({
  event: {
    at: { ms: record.observedMs, text: record.at },
    entry: record.entry,
    action: record.action as Action,
    rules: record.rules as readonly Citation[],
    fromDose: new Decimal(record.fromDose),
    toDose: new Decimal(record.toDose),
    toxicities: record.toxicities,
  },
  explanation: record.explanation,
});

const rowSignature = ({ signerName, signedAt, meaning, intact, changedBy }: ShownSignature): RowSignature => ({
  by: signerName,
  at: signedAt,
  meaning: meaningText(meaning),
  brokenBy: intact ? null : (changedBy?.entry ?? ""),
});

const unsignedWords = (
  { importedOrder }: DoseModificationRecord,
  signed: SignedEntry | undefined,
): DoseModificationRow["unsigned"] => {
  if (signed?.waits === true) return "to be signed";
  return importedOrder && signed === undefined ? "imported, not signed here" : null;
};

const rowOf = (
  study: AuthorizedStudy,
  record: DoseModificationRecord,
  fromLog: FromLog | undefined,
  signed: SignedEntry | undefined,
): DoseModificationRow => {
  const explained = explainedEvent(record);
  const firstDoseMs = fromLog?.firstDoseMs ?? null;
  return {
    study: study.code,
    animal: record.animal,
    group: record.group,
    sequence: record.sequence,
    studyDay: firstDoseMs === null ? null : studyDayOf(record.observedMs, firstDoseMs, study.timeZone),
    observedAt: record.at,
    recordedAt: record.entryRecordedText ?? writeInstant(record.entryRecordedMs),
    lateBy: lateText(record.observedMs, record.recordedMs),
    action: explained.event.action,
    fromDose: explained.event.fromDose.toFixed(),
    toDose: explained.event.toDose.toFixed(),
    doseUnit: record.explanation.doseUnit,
    rules: explained.event.rules,
    triggers: triggersOf(explained),
    ctcaeVersion: record.explanation.ctcaeVersion,
    protocolVersion: record.explanation.protocolVersion,
    ruleSet: record.explanation.ruleSet,
    entry: record.entry,
    recordedBy: record.recordedBy,
    inForceFrom: writeInstant(record.recordedMs),
    inForceUntil: record.untilMs === null ? null : writeInstant(record.untilMs),
    deviations: record.untilMs === null ? (fromLog?.deviations.get(record.entry) ?? []) : [],
    signatures: (signed?.signatures ?? []).map(rowSignature),
    unsigned: unsignedWords(record, signed),
  };
};

/** What stood at an instant stands in what was known then, whatever closed it later. */
const asKnown = (record: DoseModificationRecord, knownMs: number | null): DoseModificationRecord =>
  knownMs === null || record.untilMs === null || record.untilMs <= knownMs ? record : { ...record, untilMs: null };

const boundsIn = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  filters: DoseModificationFilters,
): Promise<DoseModificationBounds | null> => {
  const bounds = boundsOf(filters, study.timeZone);
  if (filters.animal === undefined) return { ...bounds, animalId: null };
  const animal = await findAnimal(transaction, study.id, filters.animal, bounds.knownMs);
  return animal === null ? null : { ...bounds, animalId: animal.animalId };
};

const rowsIn = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  bounds: DoseModificationBounds,
  page: DoseModificationPage | null,
): Promise<readonly DoseModificationRow[]> => {
  const { knownMs } = bounds;
  const records = await doseModificationRecords(transaction, study.id, bounds, page);
  const known = records.map((record) => asKnown(record, knownMs));
  const entries = page === null ? null : known.map(({ entry }) => entry);
  const logs = await fromLogs(transaction, study.id, [...new Set(known.map(({ tagNow }) => tagNow))], knownMs);
  const signed = await signedEntries(transaction, study, { entries, atMs: knownMs });
  return known.map((record) => rowOf(study, record, logs.get(record.tagNow), signed.get(record.entry)));
};

/** The rows of a study's dose-modification history, by animal and sequence; now, or as known at `asKnownAt`. */
export const doseModificationRows = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  filters: DoseModificationFilters,
): Promise<readonly DoseModificationRow[]> => {
  const bounds = await boundsIn(transaction, study, filters);
  return bounds === null ? [] : rowsIn(transaction, study, bounds, null);
};

export type DoseModificationRowsPage = {
  readonly rows: readonly DoseModificationRow[];
  /** With those of all other pages. */
  readonly count: number;
  readonly hasMore: boolean;
};

/** A page of the same rows: it costs what it shows, however many there are. */
export const doseModificationRowsPage = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  filters: DoseModificationFilters,
  { after, limit }: DoseModificationPage,
): Promise<DoseModificationRowsPage> => {
  const bounds = await boundsIn(transaction, study, filters);
  if (bounds === null) return { rows: [], count: 0, hasMore: false };
  const [rows, count] = await Promise.all([
    rowsIn(transaction, study, bounds, { after, limit: limit + 1 }),
    countDoseModifications(transaction, study.id, bounds),
  ]);
  return { rows: rows.slice(0, limit), count, hasMore: rows.length > limit };
};
