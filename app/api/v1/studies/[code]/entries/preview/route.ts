import { previewEntries as preview } from "@/lib/contracts/record-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { previewEntries } from "@/lib/server/operations/entries/preview-entries";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(preview, async ({ actor, params, body }) => answered(await previewEntries(actor, params.code, body))),
});
