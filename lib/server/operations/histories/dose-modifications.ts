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
import { doseModificationRows, doseModificationRowsPage } from "./dose-modification-rows";
import type { DoseModificationRowsPage } from "./dose-modification-rows";

export type DoseModifications = {
  readonly study: AuthorizedStudy;
  readonly filters: DoseModificationFilters;
  readonly rows: readonly DoseModificationRow[];
  /** With those of all other pages. */
  readonly count: number;
  readonly hasMore: boolean;
  /** Of the table as the CSV file has it: page and file of the same rows have the same. Null for a part of the rows. */
  readonly sha256: string | null;
  /** The latest of the audit trail's, to be printed with the page. */
  readonly checkpoint: string;
};

/** After which row a page begins. */
export type HistoryPlace = { readonly animal: string; readonly sequence: number };

const ROWS_ON_A_PAGE = 50;

const pageOf = async (
  study: AuthorizedStudy,
  filters: DoseModificationFilters,
  after: HistoryPlace | "all" | null,
): Promise<DoseModificationRowsPage> => {
  if (after !== "all") return doseModificationRowsPage(connection, study, filters, { after, limit: ROWS_ON_A_PAGE });
  const rows = await doseModificationRows(connection, study, filters);
  return { rows, count: rows.length, hasMore: false };
};

/** The dose-modification history of a study, or of an animal of it, as the page shows it: a page of it, or all rows. */
export const doseModifications = async (
  actor: Actor,
  code: string,
  filters: DoseModificationFilters,
  after: HistoryPlace | "all" | null = null,
): Promise<Result<DoseModifications, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "history.export");
  if (!gate.ok) return gate;
  const study = gate.value;
  const [page, checkpoint] = await Promise.all([pageOf(study, filters, after), latestCheckpoint(study.id)]);
  const isWhole = page.rows.length === page.count;
  return ok({ study, filters, ...page, sha256: isWhole ? doseModificationTable(page.rows).sha256 : null, checkpoint });
};
