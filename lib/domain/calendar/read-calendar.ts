import { at, fail, isAbsent, readList, readObject, valueOf, type JsonObject } from "../record/check";

const MOST_DAYS = 366;
const MOST_TIMES = 1000;
const DAYS_OF_WEEK = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

type Limits = { readonly least: number; readonly most: number };

const DAYS: Limits = { least: 0, most: MOST_DAYS };
const WINDOWED = { everyDays: DAYS, earlyDays: DAYS, lateDays: DAYS };

/** The blocks of numbers and their keys, in the order of calendar.md, 6.2. */
const BLOCKS: Readonly<Record<string, Readonly<Record<string, Limits>>>> = {
  cbc: { everyDays: DAYS, times: { least: 0, most: MOST_TIMES }, earlyDays: DAYS, lateDays: DAYS },
  cbcAfterwards: WINDOWED,
  cbcWhileWithheld: WINDOWED,
  chemistry: WINDOWED,
  chemistryWhileWithheld: WINDOWED,
  weight: { daysPerWeek: { least: 0, most: DAYS_OF_WEEK.length } },
  observation: { everyDays: DAYS },
};

const wholeNumber = (block: JsonObject, path: string, key: string, { least, most }: Limits): number | null => {
  const value = valueOf(block, key);
  if (isAbsent(value)) return null;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Infinity ? `from ${String(least)}` : `from ${String(least)} to ${String(most)}`;
  return fail(at(path, key), `must be a whole number ${range}`);
};

const blockOf = (calendar: JsonObject, path: string, key: string): JsonObject =>
  readObject(valueOf(calendar, key) ?? {}, at(path, key));

const checkWeekdays = (dose: JsonObject, path: string): readonly unknown[] => {
  if (isAbsent(valueOf(dose, "weekdays"))) return [];
  const where = at(path, "weekdays");
  const days = readList(dose, path, "weekdays");
  if (days.length === 0) fail(where, "must name at least one day of the week");
  days.forEach((day, index) => {
    if (typeof day !== "string" || !DAYS_OF_WEEK.includes(day))
      fail(at(where, index), `must be one of ${DAYS_OF_WEEK.join(", ")}`);
  });
  return days;
};

/** Every key for itself first, then what is wrong between them. */
const checkDoseDays = (calendar: JsonObject, path: string): void => {
  const where = at(path, "dose");
  const dose = blockOf(calendar, path, "dose");
  wholeNumber(dose, where, "everyDays", DAYS);
  const weekdays = checkWeekdays(dose, where);
  const cycleDays = wholeNumber(dose, where, "cycleDays", { least: 1, most: MOST_DAYS });
  const dosingDays = wholeNumber(dose, where, "cycleDosingDays", { least: 1, most: Infinity });
  wholeNumber(dose, where, "lastDay", { least: 1, most: Infinity });
  weekdays.forEach((day, index) => {
    if (weekdays.indexOf(day) < index) fail(at(at(where, "weekdays"), index), `repeats ${String(day)}`);
  });
  if (cycleDays === null && dosingDays !== null) fail(at(where, "cycleDays"), "is missing beside cycleDosingDays");
  if (cycleDays !== null && dosingDays === null) fail(at(where, "cycleDosingDays"), "is missing beside cycleDays");
  if (cycleDays !== null && dosingDays !== null && dosingDays > cycleDays)
    fail(at(where, "cycleDosingDays"), `must not be above cycleDays, ${String(cycleDays)}`);
};

/** Checks the calendar settings of a protocol version (calendar.md, 6.2). What they lead to is worked out elsewhere. */
export const checkCalendar = (protocol: JsonObject, path: string): void => {
  if (isAbsent(valueOf(protocol, "calendar"))) return;
  const where = at(path, "calendar");
  const calendar = readObject(valueOf(protocol, "calendar"), where);
  for (const [key, settings] of Object.entries(BLOCKS)) {
    const block = blockOf(calendar, where, key);
    for (const [setting, limits] of Object.entries(settings)) wholeNumber(block, at(where, key), setting, limits);
  }
  checkDoseDays(calendar, where);
};
