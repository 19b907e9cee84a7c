import { removeOwnSecondFactor as contract } from "@/lib/contracts/account-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { removeOwnSecondFactor } from "@/lib/server/operations/accounts/remove-own-second-factor";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(contract, async ({ actor, body }) => answered(await removeOwnSecondFactor(actor, body))),
});
