import { Temporal } from "temporal-polyfill";

/** A stretch of time in which a zone keeps one offset from UTC; `fromMs` belongs to it, `untilMs` does not. */
type OffsetSpan = { readonly fromMs: number; readonly untilMs: number; readonly offsetMs: number };

/** Spans met so far, by zone: a board asks for thousands of local times that lie in two or three spans. */
const SPANS = new Map<string, OffsetSpan[]>();

const NANOSECONDS = 1_000_000;

const spanAt = (instantMs: number, timeZone: string): OffsetSpan => {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
  // The previous transition is one strictly before, so it is looked for from the next millisecond.
  const previous = zoned.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  const next = zoned.getTimeZoneTransition("next");
  return {
    fromMs: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    untilMs: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: zoned.offsetNanoseconds / NANOSECONDS,
  };
};

/** How far a zone's clocks are ahead of UTC at an instant, in ms. Throws RangeError where the zone does not exist. */
export const offsetMsAt = (instantMs: number, timeZone: string): number => {
  const known = SPANS.get(timeZone);
  const met = known?.find((span) => span.fromMs <= instantMs && instantMs < span.untilMs);
  if (met !== undefined) return met.offsetMs;
  const span = spanAt(instantMs, timeZone);
  if (known === undefined) SPANS.set(timeZone, [span]);
  else known.push(span);
  return span.offsetMs;
};

/** Whether this names a time zone: an IANA name such as Europe/London, UTC, or an offset such as +05:30. */
export const isTimeZone = (text: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
};
