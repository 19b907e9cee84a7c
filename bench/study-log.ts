import { writeInstant } from "../lib/domain/time/instant";
import { randomNumbers, type RandomNumbers } from "../prisma/seed/random-numbers";

export type EntryDocument = Readonly<Record<string, unknown>> & { readonly recordedAt: string };

/** A study as a document, of the length and the disorder that it is asked for. */
export type StudyLog = Readonly<Record<string, unknown>> & { readonly entries: readonly EntryDocument[] };

export type LogShape = {
  readonly animals: number;
  readonly days: number;
  /** The share of entries that became known days later, and the share that was corrected later. */
  readonly late: number;
  readonly corrected: number;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST_DAY = Date.parse("2026-01-05T00:00:00Z");
const LADDER = [8, 6, 4, 3, 2, 1.5, 1];
/** Every so many days counts fall, dosing stops for a week, and goes on one level lower. */
const CYCLE = 120;

type Course = {
  readonly tag: string;
  readonly shape: LogShape;
  readonly random: RandomNumbers;
  readonly entries: EntryDocument[];
};

/** Hours of the day, and how many hours later the system learns it: a laboratory's results come after the day's dose. */
const HAPPENS = { observation: [8, 0], weight: [8.25, 0], cbc: [8.5, 4], lft: [8.75, 6], dose: [10, 0] } as const;

const enter = (
  { tag, shape, random, entries }: Course,
  kind: keyof typeof HAPPENS,
  day: number,
  fields: object,
): void => {
  const [hour, knownAfter] = HAPPENS[kind];
  const observed = FIRST_DAY + day * DAY + hour * HOUR + random.between(0, 600) * 1000;
  const recorded = observed + (random.chance(shape.late) ? random.between(20, 90) : knownAfter) * HOUR;
  const id = `${tag}-${kind}-${day}`;
  const entry = {
    id,
    animal: tag,
    kind,
    observedAt: writeInstant(observed),
    recordedAt: writeInstant(recorded),
    ...fields,
  };
  entries.push(entry);
  if (!random.chance(shape.corrected)) return;
  const correction = { corrects: id, reason: "Checked against the notebook" };
  entries.push({
    ...entry,
    ...correction,
    id: `${id}-2`,
    recordedAt: writeInstant(recorded + random.between(1, 80) * HOUR),
  });
};

const enterDay = (course: Course, day: number): void => {
  const { random } = course;
  const inCycle = Math.max(day, 0) % CYCLE;
  const low = inCycle >= 40 && inCycle < 48;
  const grade3 = low && inCycle < 47;
  const tenths = (from: number, to: number): number => random.between(from * 10, to * 10) / 10;
  enter(course, "observation", day, {
    temperature: tenths(36.5, 38),
    findings: [],
    skin: { exfoliation: false, bullae: false },
  });
  if (day % 7 === 0 || day % 7 === 3) enter(course, "weight", day, { grams: tenths(20, 24) });
  if (day % 7 === 0 || day % CYCLE === 40 || day % CYCLE === 47)
    enter(course, "cbc", day, {
      neutrophils: grade3 ? 0.8 : tenths(1.5, 4),
      platelets: random.between(400, 900),
      wbc: tenths(4, 9),
    });
  if (day % 28 === 0)
    enter(course, "lft", day, { alt: random.between(20, 90), ast: random.between(40, 140), bilirubin: 0.4 });
  const level = Math.floor((Math.max(day, 0) + CYCLE - 41) / CYCLE);
  if (day >= 0 && !low) enter(course, "dose", day, { amount: LADDER[level] ?? 1 });
};

const enterAnimal = (tag: string, shape: LogShape, random: RandomNumbers): readonly EntryDocument[] => {
  const course: Course = { tag, shape, random, entries: [] };
  for (let day = -7; day < shape.days; day += 1) enterDay(course, day);
  return course.entries;
};

/** The same shape gives the same log. Entries stand in the order in which the system learnt them, as it exports them. */
export const studyLog = (shape: LogShape): StudyLog => {
  const tags = Array.from({ length: shape.animals }, (_, index) => `M${String(index + 1).padStart(3, "0")}`);
  const ranges = {
    neutrophils: { lower: 1.2 },
    platelets: { lower: 150 },
    alt: { upper: 60 },
    ast: { upper: 120 },
    bilirubin: { upper: 0.9 },
  };
  const protocol = {
    version: 1,
    doseUnit: "mg/kg",
    doseLevels: LADDER,
    doseTolerancePercent: 5,
    referenceRanges: ranges,
  };
  const entries = tags.flatMap((tag, index) => enterAnimal(tag, shape, randomNumbers(1, index + 1)));
  return {
    format: "dose-history/1",
    study: { code: "BENCH", species: "mouse", timeZone: "UTC" },
    protocols: [protocol],
    animals: tags.map((id) => ({ id, startingDose: LADDER[0] })),
    entries: entries.sort((left, right) =>
      left.recordedAt < right.recordedAt ? -1 : left.recordedAt > right.recordedAt ? 1 : 0,
    ),
  };
};
