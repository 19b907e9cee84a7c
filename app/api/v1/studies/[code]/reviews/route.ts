import { listReviews as listing } from "@/lib/contracts/review-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { listReviews } from "@/lib/server/operations/reviews/list-reviews";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(listing, async ({ actor, params }) =>
    answered(await listReviews(actor, params.code), ({ doseUnit, items }) => [200, { doseUnit, items }]),
  ),
});
