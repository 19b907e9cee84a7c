import "server-only";
import type { Animal } from "@/lib/contracts/animals";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { animalsById } from "@/lib/server/store/listed-animals";

/** Every animal of a study, by tag; now, or as known at an instant. */
export const listAnimals = async (
  actor: Actor,
  code: string,
  knownMs: number | null = null,
): Promise<Result<{ readonly animals: readonly Animal[] }, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  return ok({ animals: [...(await animalsById(connection, gate.value, { knownMs })).values()] });
};
