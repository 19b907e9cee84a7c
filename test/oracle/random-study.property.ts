import type * as fc from "fast-check";

import { readBundle, type StudyBundle } from "../../lib/domain/record/read-bundle";
import type { LogEntry } from "../../lib/domain/record/log-entry";
import type { Protocol, StudyAnimal } from "../../lib/domain/study/protocol";
import type { BundleDocument } from "./document";
import { randomBundle } from "./random-bundle";

/** Read by the engine as it comes from a file: without the keys that are undefined. */
const asStudy = (bundle: BundleDocument): StudyBundle => {
  const read = readBundle(JSON.parse(JSON.stringify(bundle)));
  if (!read.ok) throw new Error(`the engine refuses ${read.fault.path}: ${read.fault.message}`);
  return read.value;
};

export type OneAnimal = {
  readonly protocols: readonly Protocol[];
  readonly animal: StudyAnimal;
  readonly log: readonly LogEntry[];
};

/** The animals of a study, each with its own log. */
const animalsOf = ({ protocols, animals, entries }: StudyBundle): readonly OneAnimal[] =>
  animals.map((animal) => ({ protocols, animal, log: entries.filter((entry) => entry.animal === animal.id) }));

/** The log of one animal: shown as the document it was read from when a property fails. */
export const randomAnimal = (maxEntries: number): fc.Arbitrary<BundleDocument> =>
  randomBundle(maxEntries).map((bundle) => ({
    ...bundle,
    animals: bundle.animals.slice(0, 1),
    entries: bundle.entries.filter(({ animal }) => animal === bundle.animals[0]?.id),
  }));

export const onlyAnimalOf = (bundle: BundleDocument): OneAnimal => {
  const [one] = animalsOf(asStudy(bundle));
  if (one === undefined) throw new Error("a study without an animal");
  return one;
};
