import { listSignatures as listing, signList as signing } from "@/lib/contracts/signature-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { listSignatures } from "@/lib/server/operations/signatures/list-signatures";
import { signList } from "@/lib/server/operations/signatures/sign-list";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(listing, async ({ actor, params }) => answered(await listSignatures(actor, params.code))),
  POST: endpoint(signing, async ({ actor, params, body }) => answered(await signList(actor, params.code, body))),
});
