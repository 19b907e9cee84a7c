import { localEpochDay, MS_PER_DAY, startOfLocalDay } from "./local-time";

/** Day 1 is the date of the first dose, the day before is −1: there is no day 0. Days are dates in the study's zone. */
const studyDayOfOffset = (days: number): number => (days >= 0 ? days + 1 : days);

/** The study day of an instant, given the animal's first dose. Counted in dates, so a day of 23 or 25 hours is one day. */
export const studyDayOf = (instantMs: number, firstDoseMs: number, timeZone: string): number =>
  studyDayOfOffset(localEpochDay(instantMs, timeZone) - localEpochDay(firstDoseMs, timeZone));

/** How many dates lie between two instants: 0 on one date, 1 from an evening to the next morning. */
export const daysBetween = (earlierMs: number, laterMs: number, timeZone: string): number =>
  localEpochDay(laterMs, timeZone) - localEpochDay(earlierMs, timeZone);

/**
 * Where an instant lies on an axis of dates, in days from the start of day 1; day 1 runs from 0 to 1, day −1 from −1 to 0.
 * The time of day is taken from the start of its date, so that noon of a 23-hour day is still inside that day.
 */
export const daysFromFirst = (instantMs: number, firstDoseMs: number, timeZone: string): number => {
  const day = localEpochDay(instantMs, timeZone);
  const intoDay = (instantMs - startOfLocalDay(day, timeZone)) / MS_PER_DAY;
  return day - localEpochDay(firstDoseMs, timeZone) + Math.min(intoDay, 1);
};

/** "day 8", "day −1". */
export const studyDayText = (studyDay: number): string => (studyDay < 0 ? `day −${-studyDay}` : `day ${studyDay}`);
