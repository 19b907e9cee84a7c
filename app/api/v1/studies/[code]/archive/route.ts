import { archiveStudy as contract } from "@/lib/contracts/signature-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { archiveStudy } from "@/lib/server/operations/studies/archive-study";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(contract, async ({ actor, params, body }) => answered(await archiveStudy(actor, params.code, body))),
});
