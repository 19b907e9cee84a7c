import { instantMs } from "@/lib/contracts/histories";
import { readAnimalHistory } from "@/lib/contracts/history-routes";

import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { animalHistory } from "@/lib/server/operations/histories/animal-history";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(readAnimalHistory, async ({ actor, params: { code, tag }, query: { asKnownAt } }) =>
    answered(await animalHistory(actor, code, tag, instantMs(asKnownAt))),
  ),
});
