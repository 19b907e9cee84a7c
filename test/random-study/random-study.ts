import { readBundle } from "../../lib/domain/record/read-bundle";
import { parseInstant, writeInstant } from "../../lib/domain/time/instant";
import { animalRecorder } from "../../prisma/seed/animal-recorder";
import { randomCourse, type RandomSubject } from "./random-course";
import { randomNumbers, type RandomNumbers } from "../../prisma/seed/random-numbers";
import { randomShape, type StudyShape } from "./random-shape";
import { studyClock, type StudyClock } from "../../prisma/seed/study-clock";

type JsonObject = Readonly<Record<string, unknown>>;

const unitedLadder = (shape: StudyShape): readonly number[] =>
  [...new Set(shape.groups.flatMap(({ doseLevels }) => doseLevels))].sort((left, right) => right - left);

const rangesOf = (shape: StudyShape): JsonObject => {
  const { profile, ranges } = shape;
  const liver = {
    alt: { upper: Math.round(profile.alt * 2) },
    ast: { upper: Math.round(profile.ast * 2) },
    bilirubin: { upper: 0.6, unit: "mg/dL" },
  };
  if (ranges === "none") return {};
  if (ranges === "liver") return { referenceRanges: liver };
  const counts = {
    neutrophils: { lower: Number((profile.neutrophils / 2).toFixed(1)) },
    platelets: { lower: Math.round(profile.platelets / 2) },
  };
  return { referenceRanges: { ...counts, ...liver } };
};

const PERCENT = {
  basis: "percentOfBaseline",
  grade2Below: 75,
  grade3Below: 50,
  grade4Below: 25,
  recoverAt: 60,
} as const;

const protocolsOf = (shape: StudyShape, clock: StudyClock): readonly JsonObject[] => {
  const doseLevels = unitedLadder(shape);
  const first = {
    version: 1,
    effectiveFrom: null,
    doseUnit: shape.doseUnit,
    doseLevels,
    restartDecrement: doseLevels.at(-1) ?? 1,
    feverCelsius: Number((shape.profile.celsius + 1.5).toFixed(1)),
    ...(shape.percentOfBaseline ? { neutrophils: PERCENT, platelets: PERCENT } : {}),
    resumePolicy: shape.resumePolicy,
    doseTolerancePercent: 5,
    ...rangesOf(shape),
    groups: shape.groups,
  };
  if (!shape.amended) return [first];
  const effectiveFrom = writeInstant(clock.at(clock.today - Math.floor(shape.days / 2), 0));
  return [first, { ...first, version: 2, effectiveFrom, otherRecoverGrade: 1, febrileWindowHours: 48 }];
};

const subjectsOf = (shape: StudyShape, clock: StudyClock, random: RandomNumbers): readonly RandomSubject[] =>
  shape.groups.flatMap((group, groupIndex) =>
    Array.from({ length: shape.animalsPerGroup }, (_, index) => ({
      tag: shape.tag(groupIndex * shape.animalsPerGroup + index + 1),
      group,
      firstDay: clock.today - shape.days + random.between(0, Math.min(shape.days, 3)),
    })),
  );

/**
 * A random but valid study as a `dose-history/1` document, unlike the demonstration in size and shape: other species,
 * units, time zones, ladders and cut-offs, with gaps, late results, corrections, voids, amendments and deviations.
 * All of it follows from the seed and the end instant (ISO 8601), and nothing is recorded after that.
 */
export const randomStudy = ({
  seed,
  endInstant,
}: {
  readonly seed: number;
  readonly endInstant: string;
}): JsonObject => {
  const end = parseInstant(endInstant);
  if (end === null) throw new RangeError(`Not an instant: ${endInstant}`);
  const random = randomNumbers(seed, 0);
  const shape = randomShape(random);
  const local = studyClock(end.ms, shape.timeZone);
  const clock = random.chance(0.5) ? local : { ...local, written: writeInstant };
  const subjects = subjectsOf(shape, clock, random);
  const frame = {
    format: "dose-history/1",
    study: {
      code: `RND-${seed}`,
      species: shape.profile.species,
      timeZone: shape.timeZone,
      title: `Random study ${seed}`,
      strain: shape.profile.strain,
    },
    protocols: protocolsOf(shape, clock),
    animals: subjects.map(({ tag, group }, index) => ({
      id: tag,
      startingDose: group.startingDose,
      control: group.control,
      ...(shape.ownLadders && !group.control ? { doseLevels: group.doseLevels } : {}),
      sex: index % 2 === 0 ? "F" : "M",
      group: group.code,
    })),
  };
  const rules = readBundle({ ...frame, entries: [] });
  if (!rules.ok) throw new Error(`Seed ${seed} made a wrong frame: ${rules.fault.path} ${rules.fault.message}`);
  const entries = subjects.flatMap((subject, index) => {
    const animal = rules.value.animals[index];
    if (animal === undefined) throw new Error(`No animal ${subject.tag} was read`);
    const recorder = animalRecorder(rules.value.protocols, animal);
    return randomCourse(subject, shape, clock, end.ms, recorder, randomNumbers(seed, index + 1));
  });
  return { ...frame, entries };
};
