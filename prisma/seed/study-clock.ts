import { localEpochDay, localInstantText, MS_PER_DAY } from "../../lib/domain/time/local-time";
import { offsetMsAt } from "../../lib/domain/time/time-zone";

const MS_PER_MINUTE = 60_000;

/** Wall-clock times of one study: dates are counted from 1 January 1970, minutes from midnight. */
export type StudyClock = {
  readonly today: number;
  /** The instant at which the clock on the wall shows so many minutes after midnight of a date. */
  readonly at: (epochDay: number, minutes: number) => number;
  /** With the zone's offset, to the second. */
  readonly written: (instantMs: number) => string;
};

export const studyClock = (endMs: number, timeZone: string): StudyClock => ({
  today: localEpochDay(endMs, timeZone),
  at: (epochDay, minutes) => {
    const wall = epochDay * MS_PER_DAY + Math.round(minutes * 60) * (MS_PER_MINUTE / 60);
    // Working hours lie hours after any change of the clocks, so the offset at the same reading of UTC is theirs.
    return wall - offsetMsAt(wall, timeZone);
  },
  written: (instantMs) => localInstantText(instantMs, timeZone).replace(/\.\d{3}(?=[+-])/u, ""),
});
