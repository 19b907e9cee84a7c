import { endOwnSessions as contract } from "@/lib/contracts/account-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { endOwnSessions } from "@/lib/server/operations/accounts/end-own-sessions";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  DELETE: endpoint(contract, async ({ actor }) => answered(await endOwnSessions(actor))),
});
