import type { AnimalHistory } from "@/lib/domain/rules/history";
import type { ReplayState } from "@/lib/domain/rules/replay";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import type { Protocol, StudyAnimal } from "@/lib/domain/study/protocol";
import { buildDoseTrack, buildMarkers, holdSpans } from "./build-dose-track";
import { buildFindings, type RecordedSign } from "./build-findings";
import { buildPanels } from "./build-panels";
import { dateText, dayText } from "./day-text";
import { type StandingRecord, standingRecords } from "./standing-records";
import { type TimelineClock, timelineClock } from "./timeline-clock";
import type { AxisDays, GroupRange, PanelKey, TimelineAxis, TimelineData } from "./timeline-data";
import { STATUS_WORDS } from "@/lib/domain/language/code-words";

export type TimelineInput = {
  readonly animal: StudyAnimal;
  readonly protocols: readonly Protocol[];
  /** The animal's log as far as it was known: what `replayed` was made from. */
  readonly log: readonly LogEntry[];
  readonly replayed: { readonly history: AnimalHistory; readonly state: ReplayState };
  readonly timeZone: string;
  /** The instant that the drawing shows, and what the line there says: "today", "known at". */
  readonly now: { readonly ms: number; readonly text: string };
  /** Signs kept as recorded, which the engine does not read. */
  readonly signs?: readonly RecordedSign[];
  readonly groupRanges?: Partial<Readonly<Record<PanelKey, readonly GroupRange[]>>>;
};

const FEWEST_DAYS = 6;
/** How far beyond the last entry "now" may lie to be on the axis: a quarter of it, at least two weeks. */
const IDLE_SHARE = 0.25;
const IDLE_DAYS = 14;

type Extent = {
  readonly from: number;
  readonly until: number;
  readonly nowAt: AxisDays | null;
  readonly knownUntil: AxisDays;
};

const extentOf = (records: readonly StandingRecord[], clock: TimelineClock, nowMs: number, ended: boolean): Extent => {
  const places = records.map(({ entry }) => clock.place(entry.observedAt.ms));
  const first = Math.min(0, ...places);
  const last = Math.max(0, ...places);
  const now = clock.place(nowMs);
  const near = now - last <= Math.max(IDLE_DAYS, (last - first) * IDLE_SHARE);
  const nowAt = !ended && near && now >= first ? now : null;
  const knownUntil = nowAt ?? last;
  // The day before the first dose is always there, for the baseline.
  const from = Math.min(Math.floor(first), clock.started ? -1 : 0);
  const until = Math.max(Math.floor(Math.max(last, knownUntil)) + 1, from + FEWEST_DAYS);
  return { from, until, nowAt, knownUntil };
};

const describe = (
  { id }: StudyAnimal,
  { status }: AnimalHistory,
  axis: TimelineAxis,
  markers: TimelineData["markers"],
): string => {
  const span = axis.started ? `from ${dayText(axis.from)} to ${dayText(axis.until - 1)}` : "before the first dose";
  const changes = markers
    .map(({ at, texts }) => `${axis.started ? dayText(at) : dateText(axis, at)}: ${texts[0]}`)
    .join("; ");
  return `Dose, counts, liver values, weight and findings of ${id} ${span}. Now ${STATUS_WORDS[status]}. ${changes}`;
};

/**
 * What the dose timeline of one animal draws, from its replayed history and the log behind it. Pure: the instant that
 * counts as now is given.
 */
export const buildTimeline = (input: TimelineInput): TimelineData => {
  const { animal, protocols, log, replayed, timeZone, now, signs = [], groupRanges = {} } = input;
  const { history, state } = replayed;
  const records = standingRecords(log);
  const { firstDoseMs, baseline } = state.animal;
  const clock = timelineClock(firstDoseMs, records[0]?.entry.observedAt.ms ?? now.ms, timeZone);
  const { from, until, nowAt, knownUntil } = extentOf(records, clock, now.ms, history.status === "OFF_STUDY");
  const axis: TimelineAxis = {
    from,
    until,
    started: clock.started,
    dates: Array.from({ length: until - from }, (_, day) => clock.dateOf(from + day)),
  };
  const doseInput = { animal, protocols, records, history, clock, until: knownUntil };
  const markers = buildMarkers(doseInput).filter(({ at }) => at >= from && at <= until);
  return {
    animal: animal.id,
    description: describe(animal, history, axis, markers),
    axis,
    dose: buildDoseTrack(doseInput),
    holds: holdSpans(history.events, clock).map((span) => ({ ...span, until: span.until ?? knownUntil })),
    markers,
    panels: buildPanels({ protocols, baseline, firstDoseMs, clock, records, history, groupRanges }),
    findings: buildFindings(records, signs, clock),
    now: nowAt === null ? null : { at: nowAt, text: now.text },
  };
};
