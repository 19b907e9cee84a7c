/** How far the server's clock is ahead of this device's, in ms; null before the first answer. */
export type ClockSkew = number | null;

/** An answer that tells much less or more than the others means that a clock was set. */
const SET_ANEW_MS = 5_000;

/**
 * The `Date` of an answer is cut to the second and has been on its way, so each one shows the server's clock too early:
 * of several the latest is nearest. It is never ahead of the server, so that "now" is never in the server's future.
 */
export const withAnswer = (skew: ClockSkew, dateHeader: string | null, receivedMs: number): ClockSkew => {
  const told = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(told)) return skew;
  const seen = told - receivedMs;
  if (skew === null || Math.abs(seen - skew) > SET_ANEW_MS) return seen;
  return Math.max(skew, seen);
};

let known: ClockSkew = null;

/** Takes note of the server's clock from any of its answers. */
export const noteServerClock = (response: Response): void => {
  known = withAnswer(known, response.headers.get("date"), Date.now());
};

/** The server's clock as well as this device knows it. */
export const serverNow = (): number => Date.now() + (known ?? 0);
