import "server-only";
import type { Animal } from "@/lib/contracts/animals";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/kernel/actor";
import { animalsOf } from "@/lib/server/kernel/study-animals";

/** Every animal of a study, by tag. */
export const listAnimals = async (
  actor: Actor,
  code: string,
): Promise<Result<{ readonly animals: readonly Animal[] }, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  return gate.ok ? ok({ animals: await animalsOf(connection, gate.value, null) }) : gate;
};
