import { readDescription as contract } from "@/lib/contracts/routes";
import { ok } from "@/lib/domain/result";
import { apiDescription } from "@/lib/contracts/openapi";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(contract, () => Promise.resolve(ok({ status: 200, body: apiDescription() }))),
});
