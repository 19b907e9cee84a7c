import "server-only";
import type { DoseModificationFilters } from "@/lib/contracts/histories";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { checkpointOfExport } from "@/lib/server/verifying/latest-checkpoint";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { onStudy } from "@/lib/server/store/audit-events";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";
import { doseModificationFile, doseModificationTable } from "./dose-modification-file";
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
  const name = `${study.code}-dose-modifications-${exportedAt.slice(0, 10)}.csv`;
  const table = doseModificationTable(rows);
  const newValue = { filters, rows: table.rows, sha256: table.sha256 };
  await recordEvent(auditedBy(actor, study.roles), {
    ...onStudy(study),
    kind: "HISTORY_EXPORTED",
    subject: name,
    newValue,
  });
  const text = doseModificationFile(table, {
    study: study.code,
    filters,
    exportedBy: `${actor.name} <${actor.email}>`,
    exportedAt,
    checkpoint: await checkpointOfExport(study),
  });
  return ok({ name, text });
};
