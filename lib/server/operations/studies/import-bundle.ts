import "server-only";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { readInput } from "@/lib/contracts/field-faults";
import { studyCode } from "@/lib/contracts/studies";
import type { BundleFault } from "@/lib/domain/record/check";
import { readBundle } from "@/lib/domain/record/read-bundle";
import type { StudyBundle } from "@/lib/domain/record/read-bundle";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import { revisedRecords } from "@/lib/domain/record/record";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { allOrNothing } from "@/lib/server/db/connection";
import type { AuditRecord, AuditedBy } from "@/lib/server/store/audit-events";
import { documentOfRows, rowsOfDocument } from "@/lib/server/store/entry-rows";
import { analyzeStudies, insertFrame } from "@/lib/server/store/study-frame";
import type { StoredFrame } from "@/lib/server/store/study-frame";
import type { Transaction } from "@/lib/server/db/transaction";
import { writeLog } from "@/lib/server/store/write-log";
import type { LogWrite, NewEntryRow } from "@/lib/server/store/write-log";
import type { Actor } from "@/lib/server/command/actor";
import { onAnimal, onStudy } from "@/lib/server/store/audit-events";
import { checkpointWhenCommitted } from "@/lib/server/verifying/make-checkpoint";
import { appendAudit, auditedBy } from "@/lib/server/command/audit";
import { frameOfBundle } from "@/lib/server/exports/bundle-frame";
import type { BundleDocument } from "@/lib/server/exports/bundle-frame";
import { storageFault } from "@/lib/server/exports/bundle-limits";
import { contentHash } from "@/lib/server/command/content-hash";
import { reconstructRuns } from "@/lib/server/judging/reconstruct-runs";
import { stateRow } from "@/lib/server/judging/run-rows";
import { protocolContent } from "@/lib/server/store/protocol-versions";
import { studyContent } from "@/lib/server/store/studies";

export type ImportedStudy = {
  readonly code: string;
  readonly animals: number;
  readonly entries: number;
  readonly events: number;
};

/** How far an import is: entries stored, of how many. */
export type ImportProgress = { readonly stored: number; readonly entries: number };

export type ImportOptions = { readonly onProgress?: (progress: ImportProgress) => void };

const invalidBundle = ({ path, message }: BundleFault): Refusal =>
  refusal("INVALID_BUNDLE", `${path} ${message}.`, [{ path, code: "INVALID_BUNDLE", message }]);

const readDocument = (document: unknown): Result<StudyBundle, Refusal> => {
  const read = readBundle(document);
  if (!read.ok) return refused(invalidBundle(read.fault));
  const fault = storageFault(document, read.value);
  return fault === null ? read : refused(invalidBundle(fault));
};

/** Whoever imports without an account sits at the server's own console. */
const CONSOLE: AuditedBy = { actorId: null, roles: "", origin: "console", address: null };

/** So many rows go to the database at once. */
const BATCH = 1000;

/** Lets the server answer others in between. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const NOTHING: Omit<LogWrite, "studyId"> = {
  runs: [],
  entries: [],
  events: [],
  closures: [],
  reviews: [],
  states: [],
  fixed: [],
  audit: null,
};

const withoutRecording = (document: Readonly<Record<string, unknown>>): unknown => {
  const { recordedAt: _recordedAt, recordedBy: _recordedBy, ...content } = document;
  return content;
};

type Importing = {
  readonly document: BundleDocument;
  readonly bundle: StudyBundle;
  readonly stored: StoredFrame;
  readonly study: { readonly id: number; readonly code: string };
  readonly by: AuditedBy;
};

const animalId = ({ stored }: Importing, tag: string): number => {
  const id = stored.animalIds.get(tag);
  if (id === undefined) throw new Error("an animal that was just stored is not there");
  return id;
};

const importedRecord = ({ study }: Importing, row: NewEntryRow, animal: string): AuditRecord => ({
  ...onAnimal(study, row.animalId),
  kind: "ENTRY_IMPORTED",
  entryId: String(row.rows.header["id"]),
  subject: animal,
  newValue: documentOfRows({ ...row.rows, animal, recordedAt: row.recordedText ?? "" }),
});

/** The events of what is not an entry: study, protocol versions, animals. */
const recordFrame = async (transaction: Transaction, importing: Importing): Promise<void> => {
  const { study, by, bundle, document } = importing;
  const protocols: AuditRecord[] = [];
  for (const { version } of bundle.protocols) {
    const newValue = await protocolContent(transaction, study.id, version);
    protocols.push({ ...onStudy(study), kind: "PROTOCOL_IMPORTED", subject: String(version), newValue });
  }
  const animals = bundle.animals.map(({ id }, index): AuditRecord => ({
    ...onAnimal(study, animalId(importing, id)),
    kind: "ANIMAL_IMPORTED",
    subject: id,
    newValue: document.animals[index],
  }));
  const imported = { ...onStudy(study), kind: "STUDY_IMPORTED" } as const;
  const newValue = await studyContent(transaction, study.id);
  await appendAudit(transaction, by, [{ ...imported, subject: study.code, newValue }, ...protocols, ...animals]);
};

const storeEntries = async (
  transaction: Transaction,
  importing: Importing,
  onProgress: (progress: ImportProgress) => void,
): Promise<void> => {
  const { entries } = importing.bundle;
  const { originalOf } = revisedRecords(entries);
  const rowOf = (entry: LogEntry, index: number): NewEntryRow => {
    const document = importing.document.entries[index] ?? {};
    const named = entry.kind === "void" ? entry.voids : entry.id;
    return {
      rows: rowsOfDocument(entry.kind, document),
      animalId: animalId(importing, entry.animal),
      observedMs: entry.kind === "void" ? null : entry.observedAt.ms,
      recordedMs: entry.recordedAt.ms,
      recordedText: entry.recordedAt.text,
      recordedBy: null,
      recordId: originalOf.get(named) ?? named,
      contentHash: contentHash(withoutRecording(document)),
      answer: null,
    };
  };
  for (let from = 0; from < entries.length; from += BATCH) {
    const batch = entries.slice(from, from + BATCH).map((entry, index) => rowOf(entry, from + index));
    const records = batch.map((row, index) => importedRecord(importing, row, entries[from + index]?.animal ?? ""));
    const audit = { by: importing.by, records };
    await writeLog(transaction, { ...NOTHING, studyId: importing.study.id, entries: batch, audit });
    onProgress({ stored: Math.min(from + BATCH, entries.length), entries: entries.length });
  }
};

const storeRuns = async (transaction: Transaction, importing: Importing): Promise<number> => {
  const { bundle, stored } = importing;
  const logs = new Map<string, LogEntry[]>(bundle.animals.map(({ id }) => [id, []]));
  for (const entry of bundle.entries) logs.get(entry.animal)?.push(entry);
  let events = 0;
  for (const animal of bundle.animals) {
    const id = animalId(importing, animal.id);
    const judgedBy = { protocols: bundle.protocols, animal, timeZone: bundle.study.timeZone };
    const made = reconstructRuns(judgedBy, id, logs.get(animal.id) ?? []);
    if (made.runs.length === 0) continue;
    const state = stateRow(
      { animalId: id, runNumber: made.runNumber, recordedMs: made.lastRecordedMs },
      stored.rulesRevision,
      made.state,
      made.summary,
    );
    const { runs, closures } = made;
    await writeLog(transaction, {
      ...NOTHING,
      studyId: stored.studyId,
      runs,
      events: made.events,
      closures,
      states: [state],
    });
    events += made.events.length;
    await breathe();
  }
  return events;
};

/**
 * Makes a study of a `dose-history/1` document (parsed JSON), under a code of its own: ids, instants of recording and every
 * further key kept, each entry with the run that it would have had. `importer` is null at the server's console.
 */
export const importBundle = async (
  importer: Actor | null,
  code: string,
  document: unknown,
  { onProgress = () => undefined }: ImportOptions = {},
): Promise<Result<ImportedStudy, Refusal>> => {
  const gate = importer === null ? ok(null) : await authorizeInstallation(importer, "study.import");
  if (!gate.ok) return gate;
  const named = readInput(studyCode, code);
  if (!named.ok)
    return refused(fieldRefusal("INVALID_INPUT", "code", named.fault[0]?.message ?? "is not a study's code"));
  const read = readDocument(document);
  if (!read.ok) return read;
  const bundle = read.value;
  const valid = document as BundleDocument;
  const frame = frameOfBundle(valid, bundle, { code: named.value, createdBy: importer?.userId ?? null });

  const by: AuditedBy = { ...(importer === null ? CONSOLE : auditedBy(importer)), origin: "import" };

  return allOrNothing(async (transaction) => {
    const stored = await insertFrame(transaction, frame);
    if (stored === null) {
      return refused(
        fieldRefusal("STUDY_EXISTS", "code", `There is a study ${named.value} already. Choose another code.`),
      );
    }
    const study = { id: stored.studyId, code: named.value };
    const importing: Importing = { document: valid, bundle, stored, study, by };
    await recordFrame(transaction, importing);
    await storeEntries(transaction, importing, onProgress);
    const events = await storeRuns(transaction, importing);
    await analyzeStudies(transaction);
    checkpointWhenCommitted(transaction, study, "import");
    return ok({ code: named.value, animals: bundle.animals.length, entries: bundle.entries.length, events });
  });
};
