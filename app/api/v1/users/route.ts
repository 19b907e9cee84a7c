import { createUser as creation, listUsers as listing } from "@/lib/contracts/routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { createUser } from "@/lib/server/operations/accounts/create-user";
import { listUsers } from "@/lib/server/operations/accounts/list-users";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(listing, async ({ actor }) => answered(await listUsers(actor))),
  POST: endpoint(creation, async ({ actor, body }) => answered(await createUser(actor, body), (user) => [201, user])),
});
