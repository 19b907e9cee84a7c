import "server-only";
import type { RecordingAnswer } from "@/lib/contracts/entries/answer";
import type { EntriesInput } from "@/lib/contracts/entries/entry";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/command/actor";
import { recordInStudy } from "./recording";

/** What recording would answer, with the same refusals; nothing is stored. */
export const previewEntries = async (
  actor: Actor,
  code: string,
  body: EntriesInput,
): Promise<Result<RecordingAnswer, Refusal>> => {
  const result = await recordInStudy(actor, code, body, false);
  return result.ok ? ok(result.value.answer) : result;
};
