import { exportInstallationAudit } from "@/lib/contracts/audit-routes";
import { endpoint } from "@/lib/server/http/endpoint";
import { fileAnswer } from "@/lib/server/http/file-answer";
import { methods } from "@/lib/server/http/methods";
import { exportEvents } from "@/lib/server/operations/audit/export-events";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(exportInstallationAudit, async ({ actor, query, signal }) => {
    const result = await exportEvents(actor, null, query);
    return result.ok ? fileAnswer(result.value.text, result.value.name, "text/csv", signal) : result;
  }),
});
