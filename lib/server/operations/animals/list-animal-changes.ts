import "server-only";
import type { MadeChange } from "@/lib/contracts/animal-changes";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { changesOf } from "@/lib/server/store/animal-changes";
import { connection } from "@/lib/server/db/connection";
import { findAnimal } from "@/lib/server/store/known-animals";
import type { Actor } from "@/lib/server/command/actor";

/** What was changed of an animal's own record, the latest first; under a former tag as well. */
export const listAnimalChanges = async (
  actor: Actor,
  code: string,
  tag: string,
): Promise<Result<{ readonly changes: readonly MadeChange[] }, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const found = await findAnimal(connection, gate.value.id, tag, null);
  return found === null
    ? refused(refusal("NOT_FOUND", `Study ${gate.value.code} has no animal ${tag}.`))
    : ok({ changes: await changesOf(connection, gate.value.id, found.animalId) });
};
