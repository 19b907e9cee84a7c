import { exportBundle as file } from "@/lib/contracts/history-routes";
import { refused } from "@/lib/domain/result";
import { endpoint } from "@/lib/server/http/endpoint";
import { fileAnswer } from "@/lib/server/http/file-answer";
import { futureRefusal } from "@/lib/server/http/not-to-come";
import { methods } from "@/lib/server/http/methods";
import { exportBundle } from "@/lib/server/operations/studies/export-bundle";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(file, async ({ actor, params, query, signal }) => {
    const toCome = futureRefusal(query.asKnownAt);
    if (toCome !== null) return refused(toCome);
    const result = await exportBundle(actor, params.code, query);
    return result.ok
      ? fileAnswer(result.value, `${params.code}.dose-history.json`, "application/json", signal)
      : result;
  }),
});
