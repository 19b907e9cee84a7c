import { Temporal } from "temporal-polyfill";
import { offsetMsAt } from "./time-zone";

export const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;

/** English on every machine: what a page or a file says must not depend on the locale of the computer that made it. */
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

const FIRST_EPOCH_DAY = new Temporal.PlainDate(1970, 1, 1);
const MOST_REMEMBERED_DAYS = 20_000;
const DATES = new Map<number, Temporal.PlainDate>();

const plainDate = (epochDay: number): Temporal.PlainDate => {
  const met = DATES.get(epochDay);
  if (met !== undefined) return met;
  const date = FIRST_EPOCH_DAY.add({ days: epochDay });
  if (DATES.size >= MOST_REMEMBERED_DAYS) DATES.clear();
  DATES.set(epochDay, date);
  return date;
};

/** The days from 1 January 1970 to a date, written YYYY-MM-DD. */
export const epochDayOf = (date: string): number => FIRST_EPOCH_DAY.until(Temporal.PlainDate.from(date)).days;

/** The date that a zone's calendar shows at an instant, as days since 1 January 1970. */
export const localEpochDay = (instantMs: number, timeZone: string): number =>
  Math.floor((instantMs + offsetMsAt(instantMs, timeZone)) / MS_PER_DAY);

/** "2026-02-02": the date that the zone's calendar shows. */
export const localDate = (instantMs: number, timeZone: string): string =>
  plainDate(localEpochDay(instantMs, timeZone)).toString();

/** "2 Feb 2026". */
export const localDateText = (instantMs: number, timeZone: string): string => {
  const date = plainDate(localEpochDay(instantMs, timeZone));
  return `${date.day} ${MONTHS[date.month - 1] ?? ""} ${date.year}`;
};

/** "2 Feb", where the year is said elsewhere. */
export const localDayMonthText = (instantMs: number, timeZone: string): string => {
  const date = plainDate(localEpochDay(instantMs, timeZone));
  return `${date.day} ${MONTHS[date.month - 1] ?? ""}`;
};

const two = (value: number): string => String(value).padStart(2, "0");

const clock = (msOfDay: number): { readonly minutes: string; readonly milliseconds: string } => ({
  minutes: `${two(Math.floor(msOfDay / 3_600_000))}:${two(Math.floor(msOfDay / MS_PER_MINUTE) % 60)}`,
  milliseconds: `${two(Math.floor(msOfDay / 1000) % 60)}.${String(msOfDay % 1000).padStart(3, "0")}`,
});

const msOfLocalDay = (instantMs: number, timeZone: string): number => {
  const local = instantMs + offsetMsAt(instantMs, timeZone);
  return local - Math.floor(local / MS_PER_DAY) * MS_PER_DAY;
};

/** "16:20": the time of day in the zone. */
export const localTimeText = (instantMs: number, timeZone: string): string =>
  clock(msOfLocalDay(instantMs, timeZone)).minutes;

const offsetText = (offsetMs: number): string => {
  const minutes = Math.round(Math.abs(offsetMs) / MS_PER_MINUTE);
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** "2026-02-02T16:20:00.000+01:00": the instant in the zone's clock, with its offset, to the millisecond. */
export const localInstantText = (instantMs: number, timeZone: string): string => {
  const { minutes, milliseconds } = clock(msOfLocalDay(instantMs, timeZone));
  const offset = offsetText(offsetMsAt(instantMs, timeZone));
  return `${localDate(instantMs, timeZone)}T${minutes}:${milliseconds}${offset}`;
};

/** The first instant of a date in a zone: midnight, or the end of the gap where the clocks skip midnight. */
export const startOfLocalDay = (epochDay: number, timeZone: string): number =>
  plainDate(epochDay).toZonedDateTime(timeZone).epochMilliseconds;
