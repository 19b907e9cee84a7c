import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { Study } from "@/lib/contracts/studies";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { readableStudies } from "./study-rows";

/** One study, with what the actor is in it. */
export const readStudy = async (actor: Actor, code: string): Promise<Result<Study, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const [study] = await readableStudies(actor, gate.value.code);
  if (study === undefined) throw new Error("a study that may be read is not among those that may be read");
  return ok(study);
};
