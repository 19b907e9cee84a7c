import { askWhatIf as contract } from "@/lib/contracts/protocol-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { askWhatIf } from "@/lib/server/operations/protocol/ask-what-if";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(contract, async ({ actor, params, body }) => answered(await askWhatIf(actor, params.code, body))),
});
