import { readBundle } from "../../lib/domain/record/read-bundle";
import { parseInstant } from "../../lib/domain/time/instant";
import { animalDocument, demonstrationAnimals } from "./demonstration-animals";
import { animalCourse } from "./demonstration-course";
import { DEMONSTRATION_PROTOCOL, DEMONSTRATION_STUDY, DEMONSTRATION_TIME_ZONE } from "./demonstration-protocol";
import { animalRecorder } from "./animal-recorder";
import { studyClock } from "./study-clock";

/** A demonstration worth looking at: its counts stand in the test beside this file. */
export const DEMONSTRATION_SEED = 20_260_204;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The demonstration as a `dose-history/1` document: 48 mice over 60 days, ending on the morning of the end instant's date
 * and never after that instant (ISO 8601 with Z or ±hh:mm). The same seed and instant give the same document to the byte.
 */
export const demonstrationBundle = ({
  seed = DEMONSTRATION_SEED,
  endInstant,
}: {
  readonly seed?: number;
  readonly endInstant: string;
}): JsonObject => {
  const end = parseInstant(endInstant);
  if (end === null) throw new RangeError(`Not an instant: ${endInstant}`);
  const clock = studyClock(end.ms, DEMONSTRATION_TIME_ZONE);
  const animals = demonstrationAnimals(clock.today, seed);
  const frame = {
    format: "dose-history/1",
    study: DEMONSTRATION_STUDY,
    protocols: [DEMONSTRATION_PROTOCOL],
    animals: animals.map(animalDocument),
  };
  const rules = readBundle({ ...frame, entries: [] });
  if (!rules.ok) throw new Error(`The demonstration's frame is wrong: ${rules.fault.path} ${rules.fault.message}`);
  const entries = animals.flatMap((animal, index) => {
    const subject = rules.value.animals[index];
    if (subject === undefined) throw new Error(`No animal ${animal.tag} was read`);
    return animalCourse(animal, clock, end.ms, animalRecorder(rules.value.protocols, subject));
  });
  return { ...frame, entries };
};
