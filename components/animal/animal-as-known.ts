import type { MadeChange } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";

const before = (animal: Animal, { fields }: MadeChange): Animal =>
  fields.reduce<Animal>(
    (earlier, { field, before: value }) => ({ ...earlier, [field === "tag" ? "id" : field]: value }),
    animal,
  );

/** Who an animal was by its own record at an instant: what was changed later is as it had been; `atMs` null for now. */
export const animalAsKnown = (animal: Animal, changes: readonly MadeChange[], atMs: number | null): Animal =>
  changes
    .filter(({ changedAt }) => atMs !== null && Date.parse(changedAt) > atMs)
    .toSorted((one, other) => Date.parse(other.changedAt) - Date.parse(one.changedAt))
    .reduce(before, animal);
