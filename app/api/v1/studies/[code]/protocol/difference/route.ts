import { readProtocolDifference as contract } from "@/lib/contracts/protocol-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { readProtocolDifference } from "@/lib/server/operations/protocol/read-protocol-difference";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(contract, async ({ actor, params, query }) =>
    answered(await readProtocolDifference(actor, params.code, query.version ?? null)),
  ),
});
