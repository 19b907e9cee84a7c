import { recordEntries as recording } from "@/lib/contracts/record-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { recordEntries } from "@/lib/server/operations/entries/record-entries";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  POST: endpoint(recording, async ({ actor, params, body }) =>
    answered(await recordEntries(actor, params.code, body), ({ created, answer }) => [created ? 201 : 200, answer]),
  ),
});
