import "server-only";
import type { RecordOfAnimal } from "@/lib/contracts/animal-record";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { msOf } from "@/lib/server/db/read-log";
import type { Actor } from "@/lib/server/kernel/actor";
import { animalRecords } from "@/lib/server/kernel/animal-records";

export type StudyRecords = {
  readonly study: AuthorizedStudy;
  readonly records: readonly (RecordOfAnimal & {
    /** When it was registered; null where it came with an import, whose log begins before it. */
    readonly registeredMs: number | null;
  })[];
};

const registeredAt = async ({ id }: AuthorizedStudy): Promise<ReadonlyMap<string, number | null>> => {
  const rows = await connection.query<{ readonly tag: string; readonly registeredMs: number | null }>({
    text: `SELECT a.tag, CASE WHEN s.imported THEN NULL ELSE ${msOf("a.created_at")} END AS "registeredMs"
           FROM animals a JOIN studies s ON s.id = a.study_id WHERE a.study_id = $1`,
    values: [id],
  });
  return new Map(rows.map(({ tag, registeredMs }) => [tag, registeredMs]));
};

/** Every animal of a study whole, by tag: what its pages as known at an instant and the comparison of two are made of. */
export const readStudyRecords = async (
  actor: Actor,
  code: string,
  tags: readonly string[] | null = null,
): Promise<Result<StudyRecords, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const [records, registered] = await Promise.all([
    animalRecords(connection, gate.value, tags),
    registeredAt(gate.value),
  ]);
  return ok({
    study: gate.value,
    records: records.map((record) => ({ ...record, registeredMs: registered.get(record.animal.id) ?? null })),
  });
};
