import { changeOwnPassword as contract } from "@/lib/contracts/routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { changeOwnPassword } from "@/lib/server/operations/accounts/change-own-password";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  PUT: endpoint(contract, async ({ actor, body }) => answered(await changeOwnPassword(actor, body))),
});
