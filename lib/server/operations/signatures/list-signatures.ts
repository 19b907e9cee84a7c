import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { SignatureList } from "@/lib/contracts/signatures";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/kernel/actor";
import { signaturesOf } from "@/lib/server/kernel/signing";
import { waitingItems } from "@/lib/server/kernel/waiting-items";

/** What waits for a signature in a study, and every signature in it with its state. */
export const listSignatures = async (actor: Actor, code: string): Promise<Result<SignatureList, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const study = gate.value;
  const [waiting, signatures] = await Promise.all([
    waitingItems(connection, study),
    signaturesOf(connection, study.id),
  ]);
  return ok({ waiting: waiting.map(({ item }) => item), signatures: [...signatures] });
};
