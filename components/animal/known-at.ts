import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { instantsOfLocalTime } from "@/lib/domain/calendar/typed-local-time";
import { parseInstant } from "@/lib/domain/entries/instant";

/** Which knowledge a page shows: all of it, or what had been recorded by an instant. */
export type KnownAt = {
  readonly atMs: number | null;
  /** What was asked for, as it stands in the field. */
  readonly text: string | null;
  readonly fault: string | null;
};

/**
 * Reads `asKnownAt`: an ISO 8601 instant, or date and time on the study's clock as a field gives them. In the hour that
 * clocks repeat it is the later one: everything recorded in either is known then.
 */
export const readKnownAt = (query: AddressQuery, timeZone: string): KnownAt => {
  const text = queryText(query, "asKnownAt");
  if (text === null) return { atMs: null, text: null, fault: null };
  const atMs = parseInstant(text)?.ms ?? instantsOfLocalTime(text, timeZone).at(-1) ?? null;
  const fault =
    atMs === null
      ? `“${text}” is no date and time on the clock of ${timeZone}. What is shown is known now. Type one like 2026-03-03T16:30.`
      : null;
  return { atMs, text, fault };
};
