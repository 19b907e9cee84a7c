type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const absent = (value: unknown): boolean => value === null || value === undefined;

/** Key, least and most, block by block, as calendar.md 6.2 lists them. */
const NUMBERS: readonly (readonly [string, number, number])[] = [
  ["cbc.everyDays", 0, 366],
  ["cbc.times", 0, 1000],
  ["cbc.earlyDays", 0, 366],
  ["cbc.lateDays", 0, 366],
  ["cbcAfterwards.everyDays", 0, 366],
  ["cbcAfterwards.earlyDays", 0, 366],
  ["cbcAfterwards.lateDays", 0, 366],
  ["cbcWhileWithheld.everyDays", 0, 366],
  ["cbcWhileWithheld.earlyDays", 0, 366],
  ["cbcWhileWithheld.lateDays", 0, 366],
  ["chemistry.everyDays", 0, 366],
  ["chemistry.earlyDays", 0, 366],
  ["chemistry.lateDays", 0, 366],
  ["chemistryWhileWithheld.everyDays", 0, 366],
  ["chemistryWhileWithheld.earlyDays", 0, 366],
  ["chemistryWhileWithheld.lateDays", 0, 366],
  ["weight.daysPerWeek", 0, 7],
  ["observation.everyDays", 0, 366],
  ["dose.everyDays", 0, 366],
  ["dose.weekdays", 0, 0],
  ["dose.cycleDays", 1, 366],
  ["dose.cycleDosingDays", 1, Infinity],
  ["dose.lastDay", 1, Infinity],
];
const WEEK = "MON TUE WED THU FRI SAT SUN".split(" ");

/** Where a list of weekdays is wrong by itself, as the end of a path; a repeated day is wrong beside another one. */
const weekdaysFault = (value: unknown): string | null => {
  if (!Array.isArray(value) || value.length === 0) return "";
  const wrong = value.findIndex((day) => !WEEK.some((name) => name === day));
  return wrong < 0 ? null : `[${wrong}]`;
};

const cycleFault = (dose: Json): string | null => {
  const { weekdays, cycleDays, cycleDosingDays } = dose;
  if (Array.isArray(weekdays)) {
    const repeated = weekdays.findIndex((day, index) => weekdays.slice(0, index).includes(day));
    if (repeated >= 0) return `.dose.weekdays[${repeated}]`;
  }
  if (absent(cycleDays) && absent(cycleDosingDays)) return null;
  if (absent(cycleDays)) return ".dose.cycleDays";
  if (absent(cycleDosingDays) || Number(cycleDosingDays) > Number(cycleDays)) return ".dose.cycleDosingDays";
  return null;
};

/** What follows the calendar's own path at its first fault; null where there is none. */
export const calendarFault = (calendar: unknown): string | null => {
  if (!isObject(calendar)) return "";
  for (const [name, least, most] of NUMBERS) {
    const [block = "", key = ""] = name.split(".");
    const settings = calendar[block];
    if (absent(settings)) continue;
    if (!isObject(settings)) return `.${block}`;
    const value = settings[key];
    if (absent(value)) continue;
    if (key === "weekdays") {
      const wrong = weekdaysFault(value);
      if (wrong !== null) return `.dose.weekdays${wrong}`;
    } else if (typeof value !== "number" || value % 1 !== 0 || value < least || value > most) return `.${name}`;
  }
  return isObject(calendar["dose"]) ? cycleFault(calendar["dose"]) : null;
};
