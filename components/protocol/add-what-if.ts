import type { WhatIf } from "@/lib/contracts/what-if";

/** So many animals are asked for at once: a part of a year's study is replayed in about a second. */
const ANIMALS_IN_A_PART = 40;

export const partsOf = (tags: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(tags.length / ANIMALS_IN_A_PART) }, (_, part) =>
    tags.slice(part * ANIMALS_IN_A_PART, (part + 1) * ANIMALS_IN_A_PART),
  );

/** What is known after one more part of the study's animals. */
export const addWhatIf = (known: WhatIf | null, part: WhatIf): WhatIf =>
  known === null
    ? part
    : {
        ...part,
        entries: known.entries + part.entries,
        animals: known.animals + part.animals,
        animalsThatDiffer: known.animalsThatDiffer + part.animalsThatDiffer,
        animalDays: known.animalDays + part.animalDays,
        animalDaysThatDiffer: known.animalDaysThatDiffer + part.animalDaysThatDiffer,
        differences: [...known.differences, ...part.differences],
      };
