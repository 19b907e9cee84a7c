import { Decimal } from "../../lib/domain/decimal";
import type { Analyte } from "../../lib/domain/record/analytes";
import { canonicalUnit, convert } from "../../lib/domain/units/unit-factors";
import type { AnimalRecorder, EntryDocument } from "../../prisma/seed/animal-recorder";
import { courseLog, type CourseLog, type EntryKeys, type Happening } from "../../prisma/seed/course-log";
import type { RandomNumbers } from "../../prisma/seed/random-numbers";
import type { RandomGroup, StudyShape } from "./random-shape";
import type { StudyClock } from "../../prisma/seed/study-clock";

export type RandomSubject = {
  readonly tag: string;
  readonly group: RandomGroup;
  /** The date of its first dose, in days from 1 January 1970. */
  readonly firstDay: number;
};

type Course = {
  readonly group: RandomGroup;
  readonly shape: StudyShape;
  readonly log: CourseLog;
  readonly random: RandomNumbers;
  /** 1 is healthy, and falls while the animal is dosed. */
  health: number;
};

const MORNING = { observation: 450, weight: 480, cbc: 530, lft: 545, order: 600, dose: 640 } as const;
const EVENING = 1000;
const MINUTES_PER_DAY = 1440;

/** When on a day, and how much later it became known: mostly soon, now and then days later. */
const happeningOn = (course: Course, day: number, minutes: number): Happening => {
  const { random } = course;
  const knownAfterMinutes = random.chance(0.03) ? random.between(360, 6000) : random.between(0, 10);
  return { day, minutes: minutes + random.unit() * 12, knownAfterMinutes };
};

/** Now and then an entry is put right later, or taken out. */
const enter = (course: Course, kind: keyof typeof MORNING, day: number, keys: EntryKeys): void => {
  const { random, log } = course;
  const happening = happeningOn(course, day, MORNING[kind]);
  const id = log.enter(kind, happening, keys);
  if (!random.chance(0.015)) return;
  const laterMinutes = (happening.knownAfterMinutes ?? 0) + random.between(5, 3 * MINUTES_PER_DAY);
  const later = { ...happening, knownAfterMinutes: laterMinutes };
  if (random.chance(0.3)) log.voidEntry(id, later, { reasonCode: "DUPLICATE", reason: "Recorded twice" });
  else log.enter(kind, later, { ...keys, corrects: id, reasonCode: "OTHER", reason: "Checked against the notebook" });
};

type Reading = readonly [field: Analyte, value: number, unit: string, decimals: number];

/** Values as their laboratory writes them, in its unit, and as the entry stores them. Some were not measured at all. */
const measured = (random: RandomNumbers, readings: readonly Reading[]): EntryKeys => {
  const values: Record<string, number> = {};
  const reported: Record<string, EntryKeys> = {};
  const notDone: Record<string, string> = {};
  const qualifiers: Record<string, string> = {};
  for (const [field, value, unit, decimals] of readings) {
    if (random.chance(0.03)) {
      notDone[field] = random.pick(["CLOTTED", "HAEMOLYSED", "INSUFFICIENT_SAMPLE", "NOT_AVAILABLE"]);
      continue;
    }
    if (random.chance(0.02) && field !== "grams") continue;
    const printed = convert(field, new Decimal(value.toFixed(6)), canonicalUnit(field), unit);
    const text = (printed ?? new Decimal(0)).toFixed(decimals);
    values[field] = (convert(field, new Decimal(text), unit, canonicalUnit(field)) ?? new Decimal(0)).toNumber();
    reported[field] = { text, unit };
    if (random.chance(0.02)) qualifiers[field] = random.pick(["<", ">"]);
  }
  const some = (key: string, object: EntryKeys): EntryKeys =>
    Object.keys(object).length === 0 ? {} : { [key]: object };
  return { ...values, ...some("reported", reported), ...some("notDone", notDone), ...some("qualifiers", qualifiers) };
};

const scattered = (random: RandomNumbers, mean: number, variation: number): number =>
  Math.max(mean * (1 + variation * random.deviate()), mean / 50);

const weigh = (course: Course, day: number): void => {
  const { random, shape } = course;
  const grams = scattered(random, shape.profile.grams * (0.75 + 0.25 * course.health), 0.01);
  const decimals = shape.profile.weightUnit === "kg" ? 2 : 1;
  enter(course, "weight", day, measured(random, [["grams", grams, shape.profile.weightUnit, decimals]]));
};

const countBlood = (course: Course, day: number): void => {
  const { random, shape, health } = course;
  const { countUnit: unit, neutrophils, platelets } = shape.profile;
  const decimals = unit === "cells/µL" || unit === "/mm³" ? 0 : 2;
  enter(
    course,
    "cbc",
    day,
    measured(random, [
      ["neutrophils", scattered(random, neutrophils * health, 0.15), unit, decimals],
      ["platelets", scattered(random, platelets * health * health, 0.1), unit, Math.min(decimals, 1)],
      ["hemoglobin", scattered(random, 14, 0.05), random.pick(["g/dL", "g/L", "mmol/L"]), 1],
    ]),
  );
};

const measureLiver = (course: Course, day: number): void => {
  const { random, shape } = course;
  const injury = random.chance(0.08 * shape.toxicity) ? random.between(4, 12) : 1;
  enter(
    course,
    "lft",
    day,
    measured(random, [
      ["alt", scattered(random, shape.profile.alt * injury, 0.15), random.pick(["U/L", "U/L", "µkat/L"]), 2],
      ["ast", scattered(random, shape.profile.ast * injury, 0.15), "U/L", 0],
      ["bilirubin", scattered(random, shape.profile.bilirubin, 0.2), random.pick(["mg/dL", "µmol/L"]), 2],
    ]),
  );
};

const TERMS = ["RASH", "FATIGUE", "DIARRHEA", "EDEMA_LIMBS", "SKIN_ULCERATION"] as const;

const observe = (course: Course, day: number): void => {
  const { random, shape } = course;
  const found = random.chance(0.05 + 0.05 * shape.toxicity);
  const findings = found ? [{ term: random.pick(TERMS), grade: random.pick([0, 1, 1, 2, 2, 3, 4]) }] : [];
  const fever = random.chance(0.03) ? 2 : 0;
  const celsius = shape.profile.celsius + fever + 0.2 * random.deviate();
  enter(course, "observation", day, {
    ...(random.chance(0.4) ? measured(random, [["temperature", celsius, random.pick(["°C", "°C", "°F"]), 1]]) : {}),
    findings,
    ...(random.chance(0.003 * shape.toxicity) ? { skin: { exfoliation: random.chance(0.5), bullae: true } } : {}),
    signs: [{ category: "Activity", text: found ? "Less active" : "Normal" }],
  });
};

/** The director's part where a hold has recovered and waits for an order. */
const order = (course: Course, day: number): void => {
  const { log, random, group } = course;
  const { status, open, hold } = log.stateAt(day, MORNING.order);
  if (status !== "WITHHELD" || hold === null || open.length > 0 || !random.chance(0.6)) return;
  const below = group.doseLevels.find((level) => level < hold.doseBefore.toNumber());
  const restart = group.control ? 0 : below;
  const decision = restart === undefined ? { action: "DISCONTINUE" } : { action: "RESUME", dose: restart };
  log.enter("order", { day, minutes: MORNING.order }, { ...decision, reason: "Decided by the study director" });
};

/** Gives the dose in force, now and then the starting dose instead. */
const dose = (course: Course, day: number): void => {
  const { random, log, group } = course;
  const { status, dose: inForce } = log.stateAt(day, MORNING.dose);
  const due = status === "NOT_STARTED" ? group.startingDose : inForce.toNumber();
  const amount = random.chance(0.015) ? group.startingDose : due;
  const isHeld = status !== "NOT_STARTED" && status !== "ON_DOSE";
  if (isHeld && amount === 0 && random.chance(0.5)) return;
  const deviation = amount === due ? {} : { deviation: { reason: "Wrong list used" } };
  enter(course, "dose", day, { amount, ...deviation });
  const share = group.startingDose === 0 ? 0 : amount / group.startingDose;
  course.health -= 0.1 * course.shape.toxicity * share * course.health;
};

const live = (course: Course, day: number): void => {
  const { shape, random } = course;
  const isDue = (every: number): boolean => (day - 1) % every === 0 && !random.chance(shape.gaps);
  if (isDue(shape.observationEvery)) observe(course, day);
  if (isDue(shape.weightEvery)) weigh(course, day);
  if (isDue(shape.countEvery)) countBlood(course, day);
  if (isDue(shape.liverEvery)) measureLiver(course, day);
  order(course, day);
  if (isDue(shape.doseEvery)) dose(course, day);
  course.health += 0.08 * (1 - course.health);
};

const BASELINE_DAY = -1;

/** The log of one animal of a random study: plausible, with gaps, late results, corrections, voids and mistakes in it. */
export const randomCourse = (
  { tag, group, firstDay }: RandomSubject,
  shape: StudyShape,
  clock: StudyClock,
  endMs: number,
  recorder: AnimalRecorder,
  random: RandomNumbers,
): readonly EntryDocument[] => {
  const log = courseLog({ tag, firstDay, turnMinutes: 0, recordedBy: null }, clock, endMs, recorder, random);
  const course: Course = { group, shape, log, random, health: 1 };
  for (const measure of [observe, weigh, countBlood, measureLiver]) {
    if (!random.chance(shape.gaps)) measure(course, BASELINE_DAY);
  }
  const today = clock.today - firstDay + 1;
  const leaves = random.chance(0.08) ? random.between(1, shape.days) : null;
  for (let day = 1; day <= Math.min(leaves ?? today, today); day += 1) live(course, day);
  if (leaves !== null && leaves <= today) {
    const outcome = random.pick(["DIED", "EUTHANIZED", "REMOVED"]);
    log.enter("disposition", { day: leaves, minutes: EVENING }, { outcome });
  }
  return log.finish();
};
