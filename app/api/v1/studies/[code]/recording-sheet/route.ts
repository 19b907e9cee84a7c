import { readRecordingSheet as reading } from "@/lib/contracts/record-routes";
import { answered } from "@/lib/server/http/answered";
import { endpoint } from "@/lib/server/http/endpoint";
import { methods } from "@/lib/server/http/methods";
import { readRecordingSheet } from "@/lib/server/operations/entries/read-recording-sheet";

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: endpoint(reading, async ({ actor, params }) => answered(await readRecordingSheet(actor, params.code))),
});
