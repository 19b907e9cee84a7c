const MS_PER_HOUR = 3_600_000;
const HOURS_PER_DAY = 24;

/**
 * From how many hours between observing and recording an entry counts as late. What a shift observes it records in that
 * shift, and a laboratory answers within the day: twelve hours are longer than either, and shorter than a night between.
 */
export const LATE_FROM_HOURS = 12;

/** Up to so many hours the gap is said in hours, then in days. */
const HOURS_SAID = 72;

/**
 * The gap between when something was observed and when it became known, in milliseconds, where it is late; null where it
 * is not. The one formula behind every mark, list and export that speaks of late entries.
 */
export const latenessMs = (observedMs: number, recordedMs: number): number | null => {
  const gapMs = recordedMs - observedMs;
  return gapMs >= LATE_FROM_HOURS * MS_PER_HOUR ? gapMs : null;
};

/** "26 h", "5 d": how late an entry became known, rounded down to whole hours or days; null where it was not late. */
export const lateText = (observedMs: number, recordedMs: number): string | null => {
  const gapMs = latenessMs(observedMs, recordedMs);
  if (gapMs === null) return null;
  const hours = Math.floor(gapMs / MS_PER_HOUR);
  return hours < HOURS_SAID ? `${String(hours)} h` : `${String(Math.floor(hours / HOURS_PER_DAY))} d`;
};
