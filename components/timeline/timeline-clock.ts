import { localDate, localDayMonthText, localEpochDay, startOfLocalDay } from "@/lib/domain/time/local-time";
import { daysFromFirst } from "@/lib/domain/time/study-day";
import type { AxisDays, TimelineDate } from "./timeline-data";

/** From instants to the axis of dates of one animal. */
export type TimelineClock = {
  readonly started: boolean;
  readonly place: (instantMs: number) => AxisDays;
  readonly dateOf: (day: number) => TimelineDate;
};

const YEAR_DIGITS = 4;

/** `firstDoseMs` is null before a first dose; the axis then begins at the date of `originMs`. */
export const timelineClock = (firstDoseMs: number | null, originMs: number, timeZone: string): TimelineClock => {
  const anchorMs = firstDoseMs ?? originMs;
  const anchorDay = localEpochDay(anchorMs, timeZone);
  return {
    started: firstDoseMs !== null,
    place: (instantMs) => daysFromFirst(instantMs, anchorMs, timeZone),
    dateOf: (day) => {
      const startMs = startOfLocalDay(anchorDay + day, timeZone);
      return {
        dayMonth: localDayMonthText(startMs, timeZone),
        year: Number(localDate(startMs, timeZone).slice(0, YEAR_DIGITS)),
      };
    },
  };
};
