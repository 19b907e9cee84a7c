import "server-only";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/kernel/actor";
import { animalRecords } from "@/lib/server/kernel/animal-records";
import { groupMates } from "./group-mates-rows";

type StudyAndRecord = { readonly study: AuthorizedStudy; readonly record: AnimalRecord };

/** One animal whole: its log with who recorded what, what judges it, and the decisions as they were stored. */
export const readAnimalRecord = async (
  actor: Actor,
  code: string,
  tag: string,
): Promise<Result<StudyAndRecord, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const study = gate.value;
  const unknown = refusal("NOT_FOUND", `Study ${study.code} has no animal ${tag}.`);
  if (tag.includes("\u0000")) return refused(unknown);
  const [[record], mates] = await Promise.all([
    animalRecords(connection, study, [tag]),
    groupMates(connection, study.id, tag),
  ]);
  return record === undefined ? refused(unknown) : ok({ study, record: { ...record, groupMates: mates } });
};
