import "server-only";
import type { DoseModificationFilters } from "@/lib/contracts/histories";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/kernel/actor";
import { doseModificationFile } from "./dose-modification-file";
import { doseModificationRows } from "./dose-modification-rows";

/** The dose-modification history as a CSV file, with a name for it. */
export const exportDoseModifications = async (
  actor: Actor,
  code: string,
  filters: DoseModificationFilters,
): Promise<Result<{ readonly name: string; readonly text: string }, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "history.export");
  if (!gate.ok) return gate;
  const study = gate.value;
  const rows = await doseModificationRows(connection, study, filters);
  const exportedAt = new Date().toISOString();
  const text = doseModificationFile(rows, {
    study: study.code,
    filters,
    exportedBy: `${actor.name} <${actor.email}>`,
    exportedAt,
  });
  const name = `${study.code}-dose-modifications-${exportedAt.slice(0, 10)}.csv`;
  return ok({ name, text });
};
