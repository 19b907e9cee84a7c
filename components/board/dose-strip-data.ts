import type { Action } from "@/lib/domain/rules/history";

/** What of a decision the strip needs: dose in the protocol's unit. */
export type StripEvent = { readonly atMs: number; readonly action: Action; readonly toDose: number };

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

const MS_PER_DAY = 86_400_000;

const NOT_STARTED: DoseStripData = { control: false, segments: [], end: null, days: 0 };

/** One animal's dose over time, small enough for a row of a table. `events` are those that stand, in order. */
export const doseStripData = (events: readonly StripEvent[], control: boolean, nowMs: number): DoseStripData => {
  const start = events.find(({ action }) => action === "START");
  if (start === undefined) return { ...NOT_STARTED, control };
  const place = (ms: number): number => Math.max(0, (ms - start.atMs) / MS_PER_DAY);
  const ending = events.find(({ action }) => action === "DISCONTINUE" || action === "OFF_STUDY");
  const end: DoseStripData["end"] =
    ending === undefined
      ? null
      : { at: place(ending.atMs), kind: ending.action === "DISCONTINUE" ? "discontinued" : "off-study" };
  const changes = events.filter(
    ({ action, atMs }) =>
      action !== "REMAIN_WITHHELD" && action !== "RESUME_PROPOSED" && (ending === undefined || atMs < ending.atMs),
  );
  const highest = Math.max(...changes.map(({ toDose }) => toDose));
  const days = end?.at ?? place(nowMs);
  const segments = changes.map(({ atMs, toDose }, index) => ({
    from: place(atMs),
    until: Math.max(place(atMs), place(changes[index + 1]?.atMs ?? start.atMs + days * MS_PER_DAY)),
    share: highest > 0 ? toDose / highest : 0,
  }));
  return { control, segments, end, days };
};
