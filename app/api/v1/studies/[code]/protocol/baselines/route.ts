import { checkBaselines as contract } from "@/lib/contracts/protocol-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { checkBaselines } from "@/lib/server/operations/protocol/check-baselines";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(contract, async ({ actor, params }) => answered(await checkBaselines(actor, params.code))),
});
