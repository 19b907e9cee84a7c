import { bloodCount, HEALTHY, liverPanel, nextDay, type Condition } from "./animal-biology";
import type { AnimalRecorder, EntryDocument, KnownState } from "./animal-recorder";
import { courseLog, type CourseLog, type EntryKeys } from "./course-log";
import { DIRECTOR_EMAIL, SECOND_TECHNICIAN_EMAIL, TECHNICIAN_EMAIL } from "./demonstration-accounts";
import type { DemonstrationAnimal } from "./demonstration-animals";
import { measuredKeys } from "./demonstration-measurements";
import { observationKeys, weightKeys } from "./demonstration-round";
import type { StudyClock } from "./study-clock";

/** Minutes after midnight at which each part of the day begins for the first animal of a room. */
const ROUND = 7 * 60 + 32;
const SAMPLING = 8 * 60 + 30;
const COUNTS_IN = 9 * 60 + 35;
const CHEMISTRY_IN = 10 * 60 + 5;
const CORRECTING = 10 * 60 + 25;
const DOSING = 10 * 60 + 45;
const AFTERNOON = 15 * 60 + 10;
const MINUTES_PER_DAY = 24 * 60;
/** From one animal's turn to the next one's. */
const TURN_MINUTES = 1.25;

const FIRST_BASELINE_DAY = -3;
const BASELINE_SAMPLES_DAY = -2;
const LAST_WEEKLY_COUNT = 57;
const LATE_DAYS = 3;
const SLIP_CORRECTED_AFTER_DAYS = 2;
const LIVER_TERMS: readonly string[] = ["ALT_INCREASED", "AST_INCREASED", "BILIRUBIN_INCREASED"];

const isWeekly = (day: number, weekday: number): boolean => day > 0 && (day - 1) % 7 === weekday;
/** Five days on, two days off. */
const isDosingDay = (day: number): boolean => day > 0 && (day - 1) % 7 < 5;

type Course = {
  readonly animal: DemonstrationAnimal;
  readonly log: CourseLog;
  condition: Condition;
  holdDay: number | null;
  lastGrams: number;
  lastAmount: number;
  mistakeMade: boolean;
};

type Given = { readonly amount: number; readonly reason?: string };

/** What the technician gives: the dose in force, but for the mistakes of the story. */
const amountOf = (course: Course, day: number): Given | null => {
  const { story, group } = course.animal;
  const { status, dose, hold } = course.log.stateAt(day, DOSING);
  if (status === "NOT_STARTED") {
    const reason = story.startedNevertheless;
    return { amount: group.startingDose, ...(reason === undefined ? {} : { reason }) };
  }
  if (status === "ON_DOSE") {
    const inForce = dose.toNumber();
    if (story.givenOldDose !== undefined && !course.mistakeMade && inForce < course.lastAmount) {
      course.mistakeMade = true;
      return { amount: course.lastAmount, reason: story.givenOldDose };
    }
    return { amount: inForce };
  }
  if (status !== "WITHHELD") return null;
  if (story.dosedInHold !== undefined && !course.mistakeMade && course.holdDay !== day) {
    course.mistakeMade = true;
    return { amount: hold?.doseBefore.toNumber() ?? 0, reason: story.dosedInHold };
  }
  return { amount: 0 };
};

const dosingKeys = (course: Course, { amount, reason }: Given): EntryKeys => {
  const { control } = course.animal.group;
  if (amount === 0 && !control) return { amount, comment: "Withheld, not dosed" };
  return {
    amount,
    volume: { text: ((course.lastGrams / 1000) * 10).toFixed(2), unit: "mL" },
    lot: control ? "VEH-0127" : "POM-0311",
    ...(reason === undefined ? {} : { deviation: { reason } }),
  };
};

/** Doses the animal as the screen says at that minute; returns what was given, in mg/kg. */
const dose = (course: Course, day: number): number => {
  const given = isDosingDay(day) ? amountOf(course, day) : null;
  if (given === null) return 0;
  course.log.enter("dose", { day, minutes: DOSING }, dosingKeys(course, given));
  if (given.amount > 0 && given.reason === undefined) course.lastAmount = given.amount;
  return given.amount;
};

const weigh = (course: Course, day: number): void => {
  const keys = weightKeys(course.animal, course.condition, day);
  const grams = keys["grams"];
  if (typeof grams === "number") course.lastGrams = grams;
  course.log.enter("weight", { day, minutes: ROUND + 0.6 }, keys);
  if (course.animal.story.strangersWeightDay !== day) return;
  const strangers = course.log.enter("weight", { day, minutes: ROUND + 1.7 }, measuredKeys({ grams: 27.9 }));
  const reason = "Weight of another animal typed under this tag";
  course.log.voidEntry(strangers, { day, minutes: ROUND + 21 }, { reasonCode: "WRONG_ANIMAL", reason });
};

const without = (values: Readonly<Record<string, number>>, left: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(values).filter(([field]) => !left.includes(field)));

const countBlood = (course: Course, day: number): void => {
  const { story } = course.animal;
  const count = bloodCount(course.animal.constitution, course.condition, course.animal.random);
  const happening = { day, minutes: SAMPLING, knownAfterMinutes: COUNTS_IN - SAMPLING };
  if (story.slipDay === day) {
    const typed = measuredKeys({ ...count, neutrophils: count.neutrophils / 10 });
    const corrects = course.log.enter("cbc", happening, typed);
    const knownAfterMinutes = SLIP_CORRECTED_AFTER_DAYS * MINUTES_PER_DAY + CORRECTING - SAMPLING;
    const reason = `Point in the wrong place: the printout says ${count.neutrophils.toFixed(2)} K/µL`;
    const correction = { ...measuredKeys(count), corrects, reasonCode: "WRONG_UNIT", reason };
    course.log.enter("cbc", { ...happening, knownAfterMinutes }, correction);
    return;
  }
  if (story.lateCountDay === day) {
    const knownAfterMinutes = LATE_DAYS * MINUTES_PER_DAY + AFTERNOON - SAMPLING;
    const comment = "Analyser down, sample sent to the outside laboratory";
    course.log.enter("cbc", { ...happening, knownAfterMinutes }, { ...measuredKeys(count), comment });
    return;
  }
  const missing = story.notDone?.day === day ? story.notDone : { fields: [], reason: "" };
  const notDone = Object.fromEntries(missing.fields.map((field) => [field, missing.reason]));
  course.log.enter("cbc", happening, {
    ...measuredKeys(without(count, missing.fields)),
    ...(missing.fields.length === 0 ? {} : { notDone }),
  });
};

const measureLiver = (course: Course, day: number): void => {
  const panel = liverPanel(course.animal.constitution, course.condition, course.animal.random);
  const happening = { day, minutes: SAMPLING + 0.5, knownAfterMinutes: CHEMISTRY_IN - SAMPLING };
  course.log.enter("lft", happening, measuredKeys(panel));
};

const order = (course: Course, day: number): void => {
  for (const { day: orderedOn, ...keys } of course.animal.story.orders ?? []) {
    if (orderedOn === day) course.log.enter("order", { day, minutes: CORRECTING, by: DIRECTOR_EMAIL }, keys);
  }
};

/** The samples due on a morning: weekly, while withheld every seven days from the hold, and liver tests every 28 days. */
const samplesDue = (course: Course, day: number, { status, open }: KnownState): { count: boolean; liver: boolean } => {
  if (day === BASELINE_SAMPLES_DAY) return { count: true, liver: true };
  const held = status === "WITHHELD" && course.holdDay !== null ? day - course.holdDay : 0;
  const inHold = held > 0 && held % 7 === 0;
  return {
    count: inHold || (day > 1 && day <= LAST_WEEKLY_COUNT && isWeekly(day, 0)),
    liver: (inHold && open.some(({ term }) => LIVER_TERMS.includes(term))) || (day > 1 && (day - 1) % 28 === 0),
  };
};

const noteHold = (course: Course, day: number, { status }: KnownState): void => {
  course.holdDay = status === "WITHHELD" ? (course.holdDay ?? day) : null;
};

/** What happens at the bench and after it, once the morning's round is done. */
const afterTheRound = (course: Course, day: number, due: { count: boolean; liver: boolean }): void => {
  if (due.count) countBlood(course, day);
  if (due.liver) measureLiver(course, day);
  noteHold(course, day, course.log.stateAt(day, CORRECTING));
  order(course, day);
  const given = dose(course, day);
  noteHold(course, day, course.log.stateAt(day, AFTERNOON));
  if (day > 0) course.condition = nextDay(course.animal.constitution, course.condition, given, day);
};

/** One date. Of today only the round through the first room is done yet. */
const live = (course: Course, day: number): void => {
  const { animal, log } = course;
  const { disposition } = animal.story;
  if (log.isToday(day) && (animal.sex === "F" || animal.story.startsToday === true)) return;
  const ends = disposition?.day === day;
  const endKeys = { outcome: disposition?.outcome, comment: disposition?.comment };
  if (ends && disposition.outcome === "DIED") {
    log.enter("disposition", { day, minutes: ROUND }, endKeys);
    return;
  }
  const due = samplesDue(course, day, log.stateAt(day, ROUND));
  log.enter("observation", { day, minutes: ROUND }, observationKeys(animal, course.condition, day, due.count));
  if (isWeekly(day, 0) || isWeekly(day, 3) || day === FIRST_BASELINE_DAY || day === -1) weigh(course, day);
  if (log.isToday(day)) return;
  afterTheRound(course, day, due);
  if (ends) log.enter("disposition", { day, minutes: AFTERNOON }, endKeys);
};

/** The log of one animal from its baseline to the end instant, each dose decided by the rules as known at that minute. */
export const animalCourse = (
  animal: DemonstrationAnimal,
  clock: StudyClock,
  endMs: number,
  recorder: AnimalRecorder,
): readonly EntryDocument[] => {
  const subject = {
    tag: animal.tag,
    firstDay: animal.firstDay,
    turnMinutes: animal.position * TURN_MINUTES,
    recordedBy: animal.sex === "M" ? TECHNICIAN_EMAIL : SECOND_TECHNICIAN_EMAIL,
  };
  const course: Course = {
    animal,
    log: courseLog(subject, clock, endMs, recorder, animal.random),
    condition: HEALTHY,
    holdDay: null,
    lastGrams: animal.constitution.grams,
    lastAmount: 0,
    mistakeMade: false,
  };
  const lastDay = animal.story.disposition?.day ?? clock.today - animal.firstDay + 1;
  for (let day = FIRST_BASELINE_DAY; day <= lastDay; day += 1) if (day !== 0) live(course, day);
  return course.log.finish();
};
