import type { Action } from "@/lib/domain/rules/history";

/** What of a decision the strip needs: days from the first dose, and the dose in the protocol's unit. */
export type StripEvent = { readonly at: number; readonly action: Action; readonly toDose: number };

/** A stretch at one dose, in days from the first dose; `share` is that dose as a part of the highest. 0: withheld. */
export type StripSegment = { readonly from: number; readonly until: number; readonly share: number };

export type DoseStripData = {
  readonly control: boolean;
  readonly segments: readonly StripSegment[];
  /** How and when dosing ended; null while it goes on. */
  readonly end: { readonly at: number; readonly kind: "discontinued" | "off-study" } | null;
  /** Days from the first dose until now, or until the end. */
  readonly days: number;
};

const NOT_STARTED: DoseStripData = { control: false, segments: [], end: null, days: 0 };

/** One animal's dose over time, small enough for a row of a table. `events` are those that stand, in order. */
export const doseStripData = (events: readonly StripEvent[], control: boolean, now: number): DoseStripData => {
  if (!events.some(({ action }) => action === "START")) return { ...NOT_STARTED, control };
  const ending = events.find(({ action }) => action === "DISCONTINUE" || action === "OFF_STUDY");
  const end: DoseStripData["end"] =
    ending === undefined
      ? null
      : { at: Math.max(0, ending.at), kind: ending.action === "DISCONTINUE" ? "discontinued" : "off-study" };
  const changes = events.filter(
    ({ action, at }) =>
      action !== "REMAIN_WITHHELD" && action !== "RESUME_PROPOSED" && (ending === undefined || at < ending.at),
  );
  const highest = Math.max(...changes.map(({ toDose }) => toDose));
  const days = end?.at ?? Math.max(0, now);
  const segments = changes.map(({ at, toDose }, index) => ({
    from: Math.max(0, at),
    until: Math.max(0, at, changes[index + 1]?.at ?? days),
    share: highest > 0 ? toDose / highest : 0,
  }));
  return { control, segments, end, days };
};
