import { beginSecondFactor as beginning, setSecondFactor as setting } from "@/lib/contracts/account-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { beginSecondFactor } from "@/lib/server/operations/accounts/begin-second-factor";
import { setSecondFactor } from "@/lib/server/operations/accounts/set-second-factor";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(beginning, async ({ actor, body }) => answered(await beginSecondFactor(actor, body))),
  PUT: endpoint(setting, async ({ actor, body }) => answered(await setSecondFactor(actor, body))),
});
