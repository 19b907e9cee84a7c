import {
  discardProtocolDraft as discarding,
  draftProtocol as drafting,
  readProtocol as reading,
} from "@/lib/contracts/protocol-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { discardProtocolDraft } from "@/lib/server/operations/protocol/discard-protocol-draft";
import { draftProtocol } from "@/lib/server/operations/protocol/draft-protocol";
import { readProtocol } from "@/lib/server/operations/protocol/read-protocol";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(reading, async ({ actor, params, query }) =>
    answered(await readProtocol(actor, params.code, query.version)),
  ),
  PUT: endpoint(drafting, async ({ actor, params, body }) => answered(await draftProtocol(actor, params.code, body))),
  DELETE: endpoint(discarding, async ({ actor, params, query }) =>
    answered(await discardProtocolDraft(actor, params.code, query.savedAt)),
  ),
});
