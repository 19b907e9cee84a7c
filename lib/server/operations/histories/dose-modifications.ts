import "server-only";
import type { DoseModificationFilters } from "@/lib/contracts/histories";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { DoseModificationRow } from "@/lib/domain/histories/dose-modification-row";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/kernel/actor";
import { doseModificationTable } from "./dose-modification-file";
import { doseModificationRows } from "./dose-modification-rows";

export type DoseModifications = {
  readonly study: AuthorizedStudy;
  readonly filters: DoseModificationFilters;
  readonly rows: readonly DoseModificationRow[];
  /** Of the table as the CSV file has it: page and file of the same rows have the same. */
  readonly sha256: string;
};

/** The dose-modification history of a study, or of an animal of it, as the page shows it. */
export const doseModifications = async (
  actor: Actor,
  code: string,
  filters: DoseModificationFilters,
): Promise<Result<DoseModifications, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "history.export");
  if (!gate.ok) return gate;
  const rows = await doseModificationRows(connection, gate.value, filters);
  return ok({ study: gate.value, filters, rows, sha256: doseModificationTable(rows).sha256 });
};
