import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { SignatureList } from "@/lib/contracts/signatures";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { signatureListOf } from "./signature-list";

/** What waits for a signature in a study, and every signature in it with its state. */
export const listSignatures = async (actor: Actor, code: string): Promise<Result<SignatureList, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  return ok(await signatureListOf(gate.value));
};
