import { changeAnimal as changing, listAnimalChanges as listing } from "@/lib/contracts/review-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { changeAnimal } from "@/lib/server/operations/animals/change-animal";
import { listAnimalChanges } from "@/lib/server/operations/animals/list-animal-changes";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(listing, async ({ actor, params: { code, tag } }) =>
    answered(await listAnimalChanges(actor, code, tag)),
  ),
  POST: endpoint(changing, async ({ actor, params: { code, tag }, body }) =>
    answered(await changeAnimal(actor, code, tag, body), ({ created, animal, change }) => [
      created ? 201 : 200,
      { animal, change },
    ]),
  ),
});
