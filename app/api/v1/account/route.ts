import { readOwnAccount as contract } from "@/lib/contracts/account-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { readOwnAccount } from "@/lib/server/operations/accounts/read-own-account";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(contract, async ({ actor }) => answered(await readOwnAccount(actor))),
});
