import "server-only";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { changesOf } from "@/lib/server/store/animal-changes";
import { connection } from "@/lib/server/db/connection";
import { findAnimal } from "@/lib/server/store/known-animals";
import type { Actor } from "@/lib/server/command/actor";
import { animalRecords } from "@/lib/server/store/animal-records";
import { groupMates } from "./group-mates-rows";

/** An animal as it was known at an instant; or when it was registered, where that was later. */
type KnownRecord =
  | { readonly study: AuthorizedStudy; readonly record: AnimalRecord }
  | {
      readonly study: AuthorizedStudy;
      readonly record: null;
      readonly later: { readonly tagNow: string; readonly registeredMs: number };
    };

/**
 * One animal whole: its log with who recorded what, what judges it, and the decisions as they were stored; its own record now,
 * or as known at an instant. It is found under the tag that it had then, that it has now, and that it had before.
 */
export const readAnimalRecord = async (
  actor: Actor,
  code: string,
  tag: string,
  knownMs: number | null = null,
): Promise<Result<KnownRecord, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const study = gate.value;
  const found = await findAnimal(connection, study.id, tag, knownMs);
  if (found === null) return refused(refusal("NOT_FOUND", `Study ${study.code} has no animal ${tag}.`));
  const { animalId, tagNow, knownFromMs } = found;
  if (knownMs !== null && knownFromMs !== null && knownFromMs > knownMs) {
    return ok({ study, record: null, later: { tagNow, registeredMs: knownFromMs } });
  }
  const [[record], mates, changes] = await Promise.all([
    animalRecords(connection, study, { animalIds: [animalId], knownMs }),
    groupMates(connection, study.id, animalId),
    changesOf(connection, study.id, animalId),
  ]);
  if (record === undefined) throw new Error("an animal that was found is not there");
  const changedMs = changes.map(({ changedAt }) => Date.parse(changedAt));
  return ok({
    study,
    record: {
      ...record,
      tagNow,
      groupMates: mates,
      learntMs: [...record.log.map(({ entry }) => entry.recordedAt.ms), ...changedMs],
      changes: changes.filter(({ changedAt }) => knownMs === null || Date.parse(changedAt) <= knownMs),
    },
  });
};
