import { reviewExceptions as review } from "@/lib/contracts/audit-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { reviewExceptions } from "@/lib/server/operations/audit/review-exceptions";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(review, async ({ actor, params, body }) => answered(await reviewExceptions(actor, params.code, body))),
});
