import { readAnimalHistory } from "@/lib/contracts/history-routes";
import { parseInstant } from "@/lib/domain/entries/instant";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { animalHistory } from "@/lib/server/operations/histories/animal-history";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(readAnimalHistory, async ({ actor, params: { code, tag }, query: { asKnownAt } }) =>
    answered(await animalHistory(actor, code, tag, asKnownAt === undefined ? undefined : parseInstant(asKnownAt)?.ms)),
  ),
});
