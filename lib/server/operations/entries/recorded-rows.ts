import "server-only";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { rowsOfDocument } from "@/lib/server/store/entry-rows";
import type { Transaction } from "@/lib/server/db/transaction";
import type { FixedDosing, LogWrite, NewEntryRow } from "@/lib/server/store/write-log";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { closureRows, eventRows, reviewRows } from "@/lib/server/judging/run-rows";
import { storedAnswer } from "./answers";
import { recordingRecords } from "./audit-records";
import type { CheckedEntry } from "./check-entry";
import type { AnimalRun } from "./judge-animal";

/** The entries of one animal in a request, and what they come to. */
export type Judged = { readonly run: AnimalRun; readonly entries: readonly CheckedEntry[] };

const entryRow = (checked: CheckedEntry, run: AnimalRun, actor: Actor): NewEntryRow => ({
  rows: rowsOfDocument(checked.entry.kind, checked.document),
  animalId: run.animal.animalId,
  observedMs: checked.entry.kind === "void" ? null : checked.entry.observedAt.ms,
  recordedMs: run.run.recordedMs,
  recordedText: null,
  recordedBy: actor.userId,
  recordId: checked.recordId,
  contentHash: checked.sent.hash,
  answer: storedAnswer(checked, run),
});

const fixedDosing = ({ animal }: AnimalRun, entries: readonly CheckedEntry[]): readonly FixedDosing[] => {
  const { animalId, dosingFixed, startingDose, control, doseLevels } = animal;
  if (dosingFixed || startingDose === null || !entries.some(({ entry }) => entry.kind === "dose")) return [];
  return [{ animalId, startingDose, control, doseLevels }];
};

/** Everything that a request stores, with the events that record it. */
export const logWrite = async (
  transaction: Transaction,
  { actor, study }: { readonly actor: Actor; readonly study: AuthorizedStudy },
  judged: readonly Judged[],
): Promise<LogWrite> => {
  const stored = judged.map(({ run, entries }) => ({
    animalId: run.animal.animalId,
    tag: run.animal.tag,
    rows: entries.map((entry) => entryRow(entry, run, actor)),
  }));
  const fixed = judged.flatMap(({ run, entries }) => fixedDosing(run, entries));
  const reviews = judged.flatMap(({ run }) => reviewRows(run.run, run.impact));
  const records = await recordingRecords(transaction, study, { stored, fixed, reviews });
  return {
    studyId: study.id,
    runs: judged.map(({ run }) => run.runRow),
    entries: stored.flatMap(({ rows }) => rows),
    events: judged.flatMap(({ run }) => eventRows(run.run, run.written)),
    closures: judged.flatMap(({ run }) => closureRows(run.run, run.closed)),
    reviews,
    states: judged.map(({ run }) => run.stateRow),
    fixed,
    audit: { by: auditedBy(actor, study.roles), records },
  };
};
