import { changeUser as contract } from "@/lib/contracts/routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { changeUser } from "@/lib/server/operations/accounts/change-user";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  PUT: endpoint(contract, async ({ actor, params, body }) => answered(await changeUser(actor, params.email, body))),
});
