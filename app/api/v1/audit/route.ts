import { listInstallationAudit } from "@/lib/contracts/audit-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { listEvents } from "@/lib/server/operations/audit/list-events";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(listInstallationAudit, async ({ actor, query }) => answered(await listEvents(actor, null, query))),
});
