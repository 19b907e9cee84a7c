import { listAnimals as listing, registerAnimals as registration } from "@/lib/contracts/routes";
import { instantMs } from "@/lib/contracts/histories";
import { refused } from "@/lib/domain/result";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { futureRefusal } from "@/lib/server/http/not-to-come";
import { methods } from "@/lib/server/http/methods";
import { listAnimals } from "@/lib/server/operations/animals/list-animals";
import { registerAnimals } from "@/lib/server/operations/animals/register-animals";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(listing, async ({ actor, params, query: { asKnownAt } }) => {
    const toCome = futureRefusal(asKnownAt);
    return toCome === null ? answered(await listAnimals(actor, params.code, instantMs(asKnownAt))) : refused(toCome);
  }),
  POST: endpoint(registration, async ({ actor, params, body }) =>
    answered(await registerAnimals(actor, params.code, body), ({ created, animals }) => [
      created ? 201 : 200,
      { animals },
    ]),
  ),
});
