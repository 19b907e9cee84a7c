import "server-only";
import type { EntriesInput } from "@/lib/contracts/entries/entry";
import type { Refusal } from "@/lib/contracts/problem";
import type { Result } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/command/actor";
import { recordInStudy } from "./recording";
import type { Recorded } from "./recording";

/** Records one entry or several, all or none. Sent again with the same ids and content, the first answer comes again. */
export const recordEntries = (actor: Actor, code: string, body: EntriesInput): Promise<Result<Recorded, Refusal>> =>
  recordInStudy(actor, code, body, true);
