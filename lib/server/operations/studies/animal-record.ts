import "server-only";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { changesOf } from "@/lib/server/db/animal-changes";
import { connection } from "@/lib/server/db/connection";
import { tagNow } from "@/lib/server/db/former-tags";
import type { Actor } from "@/lib/server/kernel/actor";
import { animalRecords } from "@/lib/server/kernel/animal-records";
import { groupMates } from "./group-mates-rows";

type StudyAndRecord = { readonly study: AuthorizedStudy; readonly record: AnimalRecord };

const wholeRecord = async (study: AuthorizedStudy, tag: string): Promise<AnimalRecord | null> => {
  const [[record], mates, changes] = await Promise.all([
    animalRecords(connection, study, [tag]),
    groupMates(connection, study.id, tag),
    changesOf(connection, study.id, tag),
  ]);
  return record === undefined ? null : { ...record, groupMates: mates, changes };
};

/** An animal that once had this tag, under the one it has now. */
const recordOfFormer = async (study: AuthorizedStudy, tag: string): Promise<AnimalRecord | null> => {
  const present = await tagNow(connection, study.id, tag);
  return present === null ? null : wholeRecord(study, present);
};

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
  const record = (await wholeRecord(study, tag)) ?? (await recordOfFormer(study, tag));
  return record === null ? refused(unknown) : ok({ study, record });
};
