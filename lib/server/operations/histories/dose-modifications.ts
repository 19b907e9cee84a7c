import "server-only";
import type { DoseModificationFilters } from "@/lib/contracts/histories";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { DoseModificationRow } from "@/lib/domain/outputs/dose-modification-row";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { latestCheckpoint } from "@/lib/server/verifying/latest-checkpoint";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { doseModificationTable } from "./dose-modification-file";
import { doseModificationRows } from "./dose-modification-rows";

export type DoseModifications = {
  readonly study: AuthorizedStudy;
  readonly filters: DoseModificationFilters;
  readonly rows: readonly DoseModificationRow[];
  /** Of the table as the CSV file has it: page and file of the same rows have the same. */
  readonly sha256: string;
  /** The latest of the audit trail's, to be printed with the page. */
  readonly checkpoint: string;
};

/** The dose-modification history of a study, or of an animal of it, as the page shows it. */
export const doseModifications = async (
  actor: Actor,
  code: string,
  filters: DoseModificationFilters,
): Promise<Result<DoseModifications, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "history.export");
  if (!gate.ok) return gate;
  const study = gate.value;
  const [rows, checkpoint] = await Promise.all([
    doseModificationRows(connection, study, filters),
    latestCheckpoint(study.id),
  ]);
  return ok({ study, filters, rows, sha256: doseModificationTable(rows).sha256, checkpoint });
};
