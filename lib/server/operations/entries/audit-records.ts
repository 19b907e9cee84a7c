import "server-only";
import { createHash } from "node:crypto";
import type { EntryDocument } from "@/lib/contracts/entries/entry-document";
import { writeInstant } from "@/lib/domain/time/instant";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { AuditRecord } from "@/lib/server/store/audit-events";
import { documentOfRows } from "@/lib/server/store/entry-rows";
import { standingDocuments } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import type { FixedDosing, NewEntryRow, NewReviewRow } from "@/lib/server/store/write-log";
import { onAnimal } from "@/lib/server/store/audit-events";
import { animalContents } from "@/lib/server/store/animals";

/** Entries of an animal that are about to be stored. */
export type StoredWith = {
  readonly animalId: number;
  readonly tag: string;
  readonly rows: readonly NewEntryRow[];
};

const amends = ({ rows: { kind, header } }: NewEntryRow): boolean => kind === "void" || header["corrects"] !== null;

const kindOf = (row: NewEntryRow): "ENTRY_RECORDED" | "ENTRY_CORRECTED" | "ENTRY_VOIDED" => {
  if (row.rows.kind === "void") return "ENTRY_VOIDED";
  return amends(row) ? "ENTRY_CORRECTED" : "ENTRY_RECORDED";
};

const entryRecord = (
  study: AuthorizedStudy,
  { animalId, tag }: StoredWith,
  row: NewEntryRow,
  before: EntryDocument | undefined,
): AuditRecord => {
  const { id, reason } = row.rows.header;
  return {
    ...onAnimal(study, animalId),
    kind: kindOf(row),
    entryId: String(id),
    subject: tag,
    oldValue: before,
    newValue: documentOfRows({ ...row.rows, animal: tag, recordedAt: writeInstant(row.recordedMs) }),
    reason: typeof reason === "string" ? reason : null,
  };
};

const fixedRecords = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  fixed: readonly FixedDosing[],
): Promise<readonly AuditRecord[]> => {
  if (fixed.length === 0) return [];
  const before = await animalContents(
    transaction,
    study.id,
    fixed.map(({ animalId }) => animalId),
  );
  return fixed.map(({ animalId, startingDose, control, doseLevels }) => {
    const oldValue = before.get(animalId);
    const dosing = {
      startingDose: Number(startingDose),
      ...(control ? { control } : {}),
      ...(doseLevels === null ? {} : { doseLevels: doseLevels.map(Number) }),
    };
    const newValue = { ...oldValue, ...dosing };
    return {
      ...onAnimal(study, animalId),
      kind: "ANIMAL_DOSING_FIXED",
      subject: String(oldValue?.["id"]),
      oldValue,
      newValue,
    };
  });
};

/** The item as its row has it: of its impact, which is kept as the text that is hashed here, the hash. */
const reviewRecord = (
  study: AuthorizedStudy,
  { id, animalId, recordedMs, entryId, cause, impact }: NewReviewRow,
): AuditRecord => ({
  ...onAnimal(study, animalId),
  kind: "REVIEW_OPENED",
  subject: id,
  newValue: {
    entry: entryId,
    cause,
    recordedAt: writeInstant(recordedMs),
    impactHash: createHash("sha256").update(JSON.stringify(impact)).digest("hex"),
  },
});

type Recording = {
  readonly stored: readonly StoredWith[];
  readonly fixed: readonly FixedDosing[];
  readonly reviews: readonly NewReviewRow[];
};

/** One event for each entry, with the version that it replaces, each animal whose dosing it fixes, and each item to review. */
export const recordingRecords = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  { stored, fixed, reviews }: Recording,
): Promise<readonly AuditRecord[]> => {
  const amending = stored.flatMap(({ animalId, rows }) =>
    rows.filter(amends).map(({ recordId }) => ({ animalId, recordId })),
  );
  const before =
    amending.length === 0 ? new Map<string, EntryDocument>() : await standingDocuments(transaction, study.id, amending);
  return [
    ...stored.flatMap((animal) => animal.rows.map((row) => entryRecord(study, animal, row, before.get(row.recordId)))),
    ...(await fixedRecords(transaction, study, fixed)),
    ...reviews.map((review) => reviewRecord(study, review)),
  ];
};
