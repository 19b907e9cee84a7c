import "server-only";
import type { MadeChange } from "@/lib/contracts/animal-changes";
import type { RecordOfAnimal } from "@/lib/contracts/animal-record";
import type { Animal } from "@/lib/contracts/animals";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { changesBetween } from "@/lib/server/store/animal-changes";
import { connection } from "@/lib/server/db/connection";
import { findAnimal } from "@/lib/server/store/known-animals";
import type { Actor } from "@/lib/server/command/actor";
import { animalRecords } from "@/lib/server/store/animal-records";
import { animalsById } from "@/lib/server/store/listed-animals";

export type StudyRecords = {
  readonly study: AuthorizedStudy;
  readonly records: readonly RecordOfAnimal[];
  /** How many animals were registered after the instant, and are not among them. */
  readonly later: number;
};

/** Every animal of a study whole, by tag, as its own record was known at an instant. */
export const readStudyRecords = async (
  actor: Actor,
  code: string,
  knownMs: number | null = null,
): Promise<Result<StudyRecords, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const [records, today] = await Promise.all([
    animalRecords(connection, gate.value, { animalIds: null, knownMs }),
    animalsById(connection, gate.value),
  ]);
  return ok({ study: gate.value, records, later: today.size - records.length });
};

/** An animal at the later of two instants, and by its own record at the earlier one. */
export type RecordBetween = RecordOfAnimal & {
  /** Null: it was registered between the two. */
  readonly before: Animal | null;
  /** Of its own record between the two, the latest first. */
  readonly changes: readonly MadeChange[];
};

type Between = {
  /** As the animal had it at the later instant, has it now, or had it before; null for the whole study. */
  readonly tag: string | null;
  readonly fromMs: number;
  /** Null: now. */
  readonly toMs: number | null;
};

/** The animals of a study at two instants, by tag at the later one: what a comparison of the two is made of. */
export const readRecordsBetween = async (
  actor: Actor,
  code: string,
  { tag, fromMs, toMs }: Between,
): Promise<Result<{ readonly study: AuthorizedStudy; readonly records: readonly RecordBetween[] }, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const study = gate.value;
  const found = tag === null ? null : await findAnimal(connection, study.id, tag, toMs);
  if (tag !== null && found === null) return ok({ study, records: [] });
  const animalIds = found === null ? null : [found.animalId];
  const [records, before] = await Promise.all([
    animalRecords(connection, study, { animalIds, knownMs: toMs }),
    animalsById(connection, study, { ...(animalIds === null ? {} : { animalIds }), knownMs: fromMs }),
  ]);
  const ids = records.map(({ animalId }) => animalId);
  const changes = await changesBetween(connection, study.id, ids, { fromMs, toMs });
  return ok({
    study,
    records: records.map((record) => ({
      ...record,
      before: before.get(record.animalId) ?? null,
      changes: changes.get(record.animalId) ?? [],
    })),
  });
};
