import { instantMs } from "@/lib/contracts/histories";
import { readAnimalHistory } from "@/lib/contracts/history-routes";

import { refused } from "@/lib/domain/result";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { futureRefusal } from "@/lib/server/http/not-to-come";
import { methods } from "@/lib/server/http/methods";
import { animalHistory } from "@/lib/server/operations/histories/animal-history";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(readAnimalHistory, async ({ actor, params: { code, tag }, query: { asKnownAt } }) => {
    const toCome = futureRefusal(asKnownAt);
    return toCome === null ? answered(await animalHistory(actor, code, tag, instantMs(asKnownAt))) : refused(toCome);
  }),
});
