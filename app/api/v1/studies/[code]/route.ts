import { readStudy as contract } from "@/lib/contracts/routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { readStudy } from "@/lib/server/operations/studies/read-study";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(contract, async ({ actor, params }) => answered(await readStudy(actor, params.code))),
});
