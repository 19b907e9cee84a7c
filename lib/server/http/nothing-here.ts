import "server-only";
import { refusal } from "@/lib/contracts/problem";
import { problemResponse } from "./problem-response";

/** An address below /api/v1 that nothing is at: programs get a problem document, not a page. */
export const nothingHere = (): Response =>
  problemResponse(refusal("NOT_FOUND", "There is nothing at this address; /api/v1/openapi.json lists what there is."));
