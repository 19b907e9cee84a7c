import { knownAnimal } from "@/components/animal-page/as-known";
import type { Refusal } from "@/lib/contracts/problem";
import type { OverviewAnimal } from "@/lib/domain/animal/overview-animal";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/command/actor";
import { readStudyRecords } from "@/lib/server/operations/studies/study-records";

type KnownOverviews = {
  readonly animals: readonly OverviewAnimal[];
  /** How many were registered later, and are not among them. */
  readonly later: number;
};

/** The animals of a study as they were known at an instant, by the same formula as the animal's own page. */
export const knownOverviews = async (
  actor: Actor,
  code: string,
  atMs: number,
): Promise<Result<KnownOverviews, Refusal>> => {
  const read = await readStudyRecords(actor, code, atMs);
  if (!read.ok) return read;
  const { records, later } = read.value;
  return ok({ animals: records.map((record) => knownAnimal(record, atMs).overview), later });
};

/** "3 animals were registered later." */
export const laterText = (later: number): string | null =>
  later === 0
    ? null
    : later === 1
      ? "1 animal was registered later."
      : `${String(later)} animals were registered later.`;
