import { removeSecondFactor as contract } from "@/lib/contracts/account-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { removeSecondFactor } from "@/lib/server/operations/accounts/remove-second-factor";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(contract, async ({ actor, params, body }) =>
    answered(await removeSecondFactor(actor, params.email, body)),
  ),
});
