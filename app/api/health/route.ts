import { readHealth as contract } from "@/lib/contracts/routes";
import { ok } from "@/lib/domain/result";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { readHealth } from "@/lib/server/operations/server/read-health";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(contract, async () => {
    const health = await readHealth();
    return ok({ status: health.status === "ok" ? 200 : 503, body: health });
  }),
});
