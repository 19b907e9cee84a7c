import { listMembers as listing, setMembership as setting } from "@/lib/contracts/routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { listMembers } from "@/lib/server/operations/accounts/list-members";
import { setMembership } from "@/lib/server/operations/accounts/set-membership";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(listing, async ({ actor, params }) => answered(await listMembers(actor, params.code))),
  PUT: endpoint(setting, async ({ actor, params, body }) => answered(await setMembership(actor, params.code, body))),
});
