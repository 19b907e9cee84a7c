import { exportDoseModifications as file } from "@/lib/contracts/history-routes";
import { refused } from "@/lib/domain/result";
import { endpoint } from "@/lib/server/http/endpoint";
import { fileAnswer } from "@/lib/server/http/file-answer";
import { futureRefusal } from "@/lib/server/http/not-to-come";
import { methods } from "@/lib/server/http/methods";
import { exportDoseModifications } from "@/lib/server/operations/histories/export-dose-modifications";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(file, async ({ actor, params, query, signal }) => {
    const toCome = futureRefusal(query.asKnownAt);
    if (toCome !== null) return refused(toCome);
    const result = await exportDoseModifications(actor, params.code, query);
    return result.ok ? fileAnswer(result.value.text, result.value.name, "text/csv", signal) : result;
  }),
});
