import { localDateText, localDayMonthText } from "../time/local-time";
import { studyDayOf, studyDayText } from "../time/study-day";

/** An animal's days: its first dose, or none yet, in the study's time zone. */
export type AnimalDays = { readonly firstDoseMs: number | null; readonly timeZone: string };

/** "day 29", or before a first dose the date "2 Feb". */
export const dayWord = (instantMs: number, { firstDoseMs, timeZone }: AnimalDays): string =>
  firstDoseMs === null
    ? localDayMonthText(instantMs, timeZone)
    : studyDayText(studyDayOf(instantMs, firstDoseMs, timeZone));

/** "day 29, 2 Feb 2026". */
export const dayAndDate = (instantMs: number, days: AnimalDays): string => {
  const date = localDateText(instantMs, days.timeZone);
  return days.firstDoseMs === null ? date : `${dayWord(instantMs, days)}, ${date}`;
};
