import { localDateText, localTimeText } from "@/lib/domain/time/local-time";

/** "22 Nov 2026, 23:15 Europe/London": an instant with the zone it is told in. */
export const instantText = (instant: string, timeZone: string): string => {
  const ms = Date.parse(instant);
  return `${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)} ${timeZone}`;
};
