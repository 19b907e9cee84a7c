import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";
import { importedAnimal } from "./animal-document";
import type { BundleAnimal } from "./animal-document";
import { addImportedAnimals } from "./animals";
import { addDoseGroups } from "./dose-groups";
import type { DoseGroupRow } from "./dose-groups";
import { addImportedVersions } from "./protocol-versions";
import type { ImportedVersion } from "./protocol-versions";
import { addStudy, rulesRevisionOf } from "./studies";
import type { ImportedStudy } from "./studies";

/** What of a bundle is not an entry, as rows: the study, its protocol versions, dose groups and animals. */
export type StudyFrame = {
  readonly study: ImportedStudy;
  readonly protocols: readonly ImportedVersion[];
  readonly groups: readonly DoseGroupRow[];
  readonly animals: readonly BundleAnimal[];
};

export type StoredFrame = {
  readonly studyId: number;
  readonly animalIds: ReadonlyMap<string, number>;
  readonly rulesRevision: number;
};

/** A large study takes longer than what a person waits for; at COMMIT every entry is compared with its run. */
const allowTime = (transaction: Transaction) =>
  transaction.query({
    text: `SELECT set_config('statement_timeout', '10min', true), set_config('idle_in_transaction_session_timeout', '2min', true)`,
  });

/** Makes the study of a bundle, without its entries. Null where another study has its code. */
export const insertFrame = async (transaction: Transaction, frame: StudyFrame): Promise<StoredFrame | null> => {
  await allowTime(transaction);
  const studyId = await addStudy(transaction, frame.study);
  if (studyId === null) return null;
  await addDoseGroups(transaction, studyId, frame.groups);
  await addImportedVersions(transaction, studyId, frame.protocols);
  const animals = frame.animals.map(importedAnimal);
  const animalIds = await addImportedAnimals(transaction, studyId, animals, frame.study.createdById);
  return { studyId, animalIds, rulesRevision: await rulesRevisionOf(transaction, studyId) };
};

/** Lets the database plan for what an import has stored. */
export const analyzeStudies = (transaction: Transaction) =>
  transaction.query({ text: `SELECT doseline_analyze_studies()` });
