import { Temporal } from "temporal-polyfill";
import { localInstantText } from "./local-time";

const PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

const readPlain = (text: string): Temporal.PlainDateTime | null => {
  if (!PATTERN.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text);
  } catch {
    return null;
  }
};

/**
 * The instants that "2026-02-04T09:41" is on a zone's clock, in ms, earlier first: one, two in the hour that clocks
 * repeat, none in the hour that they skip or where the text is no such time.
 */
export const instantsOfLocalTime = (text: string, timeZone: string): readonly number[] => {
  const plain = readPlain(text);
  if (plain === null) return [];
  const found = (["earlier", "later"] as const)
    .map((disambiguation) => plain.toZonedDateTime(timeZone, { disambiguation }))
    .filter((zoned) => zoned.toPlainDateTime().equals(plain))
    .map((zoned) => zoned.epochMilliseconds);
  return [...new Set(found)];
};

/** "2026-02-04T09:41": what a zone's clock shows, to the minute, as a field for date and time holds it. */
export const localTimeTyped = (instantMs: number, timeZone: string): string =>
  localInstantText(instantMs, timeZone).slice(0, 16);

/** "+01:00": how far the zone's clock is from UTC at an instant. */
export const offsetTextAt = (instantMs: number, timeZone: string): string =>
  localInstantText(instantMs, timeZone).slice(-6);
