import { revokeOwnTokens as contract } from "@/lib/contracts/routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { revokeOwnTokens } from "@/lib/server/operations/accounts/revoke-own-tokens";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  DELETE: endpoint(contract, async ({ actor }) => answered(await revokeOwnTokens(actor))),
});
