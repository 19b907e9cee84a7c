import { localDate, MS_PER_DAY } from "../../lib/domain/time/local-time";
import type { Constitution } from "./animal-biology";
import { DEMONSTRATION_GROUPS, DEMONSTRATION_STUDY, type DemonstrationGroup } from "./demonstration-protocol";
import { STORIES, type Story } from "./demonstration-stories";
import { randomNumbers, type RandomNumbers } from "./random-numbers";

export type DemonstrationAnimal = {
  readonly tag: string;
  readonly sex: "M" | "F";
  readonly group: DemonstrationGroup;
  readonly room: string;
  readonly cage: string;
  /** In the order of the round through its room, from 0. */
  readonly position: number;
  /** The date of study day 1, in days from 1 January 1970. */
  readonly firstDay: number;
  readonly birthDate: string;
  readonly constitution: Constitution;
  readonly story: Story;
  readonly random: RandomNumbers;
};

/** Males begin first, females three days after them: today is day 60 in one room and day 57, a day of samples, in the other. */
const DAYS_BEFORE_TODAY = { M: 59, F: 56 } as const;

const typical = (sex: "M" | "F", random: RandomNumbers): Constitution => ({
  neutrophils: 2.5 + 0.35 * random.deviate(),
  platelets: 1080 + 110 * random.deviate(),
  lymphocytes: 4.6 + 0.6 * random.deviate(),
  hemoglobin: 14.6 + 0.4 * random.deviate(),
  grams: sex === "M" ? 25.8 + 0.9 * random.deviate() : 20.6 + 0.8 * random.deviate(),
  gramsPerDay: sex === "M" ? 0.032 : 0.022,
  alt: 38 + 5 * random.deviate(),
  ast: 88 + 10 * random.deviate(),
  bilirubin: 0.24 + 0.05 * random.deviate(),
  celsius: 37 + 0.15 * random.deviate(),
  marrow: 1 + 0.2 * random.deviate(),
  megakaryocytes: 0.8 + 0.2 * random.deviate(),
  appetite: 1 + 0.25 * random.deviate(),
  liver: 1 + 0.3 * random.deviate(),
  strains: [],
});

const CAGE_SIZE = 3;

/** The animals of one sex, which share a room: group after group, a new cage for every group and every three animals. */
const roomful = (sex: "M" | "F", today: number, seed: number): readonly DemonstrationAnimal[] => {
  const animals: DemonstrationAnimal[] = [];
  let number = 0;
  let cages = 0;
  for (const group of DEMONSTRATION_GROUPS) {
    const first = number + (sex === "M" ? 0 : group.animalsPerSex) + 1;
    for (let index = 0; index < group.animalsPerSex; index += 1) {
      if (index % CAGE_SIZE === 0) cages += 1;
      const tag = `M${String(first + index).padStart(3, "0")}`;
      const story = STORIES[tag] ?? {};
      const firstDay = story.startsToday === true ? today : today - DAYS_BEFORE_TODAY[sex];
      const random = randomNumbers(seed, first + index);
      animals.push({
        tag,
        sex,
        group,
        room: sex === "M" ? "1" : "2",
        cage: `${sex === "M" ? "A" : "B"}${cages}`,
        position: animals.length,
        firstDay,
        birthDate: localDate((firstDay - random.between(66, 74)) * MS_PER_DAY, "UTC"),
        constitution: { ...typical(sex, random), ...story.constitution },
        story,
        random,
      });
    }
    number += 2 * group.animalsPerSex;
  }
  return animals;
};

const byTag = (left: DemonstrationAnimal, right: DemonstrationAnimal): number => (left.tag < right.tag ? -1 : 1);

export const demonstrationAnimals = (today: number, seed: number): readonly DemonstrationAnimal[] =>
  [...roomful("M", today, seed), ...roomful("F", today, seed)].sort(byTag);

/** The animal as it stands in the bundle. */
export const animalDocument = (animal: DemonstrationAnimal): Readonly<Record<string, unknown>> => ({
  id: animal.tag,
  startingDose: animal.group.startingDose,
  control: animal.group.control,
  ...(animal.group.control ? {} : { doseLevels: animal.group.doseLevels }),
  sex: animal.sex,
  group: animal.group.code,
  room: animal.room,
  cage: animal.cage,
  birthDate: animal.birthDate,
  strain: DEMONSTRATION_STUDY.strain,
  genotype: "Crbn I391V/I391V",
});
