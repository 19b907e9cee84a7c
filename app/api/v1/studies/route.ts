import { createStudy as creation, listStudies as listing } from "@/lib/contracts/routes";
import { ok } from "@/lib/domain/result";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { createStudy } from "@/lib/server/operations/studies/create-study";
import { listStudies } from "@/lib/server/operations/studies/list-studies";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(listing, async ({ actor }) => ok({ status: 200, body: await listStudies(actor) })),
  POST: endpoint(creation, async ({ actor, body }) =>
    answered(await createStudy(actor, body), ({ created, study }) => [created ? 201 : 200, study]),
  ),
});
