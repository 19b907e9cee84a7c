import { signReviews as signing } from "@/lib/contracts/review-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { signReviews } from "@/lib/server/operations/reviews/sign-reviews";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(signing, async ({ actor, params, body }) =>
    answered(await signReviews(actor, params.code, body), ({ doseUnit, items }) => [200, { doseUnit, items }]),
  ),
});
