import { readBundle, type StudyBundle } from "../../lib/domain/record/read-bundle";
import type { AnimalHistory } from "../../lib/domain/rules/history";
import { replayAnimal } from "../../lib/domain/rules/replay";
import { parseInstant } from "../../lib/domain/time/instant";
import { demonstrationBundle } from "../../prisma/seed/demonstration-bundle";

export type JsonObject = Readonly<Record<string, unknown>>;
export type DemonstrationDocument = JsonObject & {
  readonly animals: readonly JsonObject[];
  readonly entries: readonly JsonObject[];
};

/** The morning of the demonstration that the tests look at. */
export const END = "2026-02-04T09:00:00Z";

export const demonstrationAt = (endInstant: string, seed?: number): DemonstrationDocument =>
  demonstrationBundle({ endInstant, ...(seed === undefined ? {} : { seed }) }) as DemonstrationDocument;

export const readDemonstration = (document: DemonstrationDocument): StudyBundle => {
  const bundle = readBundle(document);
  if (!bundle.ok) throw new Error(`${bundle.fault.path} ${bundle.fault.message}`);
  return bundle.value;
};

/** By tag. */
export const replayed = (bundle: StudyBundle, asKnownAt?: string): ReadonlyMap<string, AnimalHistory> => {
  const known = asKnownAt === undefined ? undefined : parseInstant(asKnownAt)?.ms;
  return new Map(
    bundle.animals.map((animal) => {
      const log = bundle.entries.filter((entry) => entry.animal === animal.id);
      return [animal.id, replayAnimal(bundle.protocols, animal, log, known).history];
    }),
  );
};

export const tally = (keys: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};
