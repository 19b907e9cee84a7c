import { importStudy } from "@/lib/contracts/history-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(importStudy, async ({ actor, query, body }) =>
    answered(await importBundle(actor, query.code, body), (study) => [201, study]),
  ),
});
