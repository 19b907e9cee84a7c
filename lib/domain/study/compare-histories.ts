import { localEpochDay } from "../time/local-time";
import { keptEventKey, type KeptEvent } from "../rules/event-key";
import type { Action, Status } from "../rules/history";

/** A decision of either side, as it is kept: `observedMs` is the instant of `at`. */
export type Decision = KeptEvent & { readonly action: Action; readonly observedMs: number };

/** What was in force at the end of a study day. The dose is in the protocol's unit, 0 unless ON_DOSE. */
export type InForce = { readonly status: Status; readonly dose: string };

/** One side of a stretch of days: what was in force on them, and the events of the first of them. */
export type Side<Event> = { readonly inForce: InForce; readonly events: readonly Event[] };

/** Study days, one after the other, on which the two histories differ in the same way. */
export type DifferingDays<Recorded, WhatIf> = {
  readonly fromDay: number;
  readonly toDay: number;
  /** Days since 1 January 1970, of the calendar in the study's zone. */
  readonly fromEpochDay: number;
  readonly toEpochDay: number;
  readonly recorded: Side<Recorded>;
  readonly whatIf: Side<WhatIf>;
};

export type HistoryDifference<Recorded, WhatIf> = {
  /** From the first dose to the last day with an entry. */
  readonly days: number;
  readonly differingDays: number;
  readonly stretches: readonly DifferingDays<Recorded, WhatIf>[];
};

const STATUS_AFTER: Readonly<Record<Action, Status>> = {
  START: "ON_DOSE",
  WITHHOLD: "WITHHELD",
  REMAIN_WITHHELD: "WITHHELD",
  RESUME: "ON_DOSE",
  RESUME_PROPOSED: "WITHHELD",
  SET_DOSE: "ON_DOSE",
  DISCONTINUE: "DISCONTINUED",
  OFF_STUDY: "OFF_STUDY",
};

const inForceAfter = ({ action, toDose }: Decision): InForce => {
  const status = STATUS_AFTER[action];
  return { status, dose: status === "ON_DOSE" ? toDose : "0" };
};

const NOT_STARTED: InForce = { status: "NOT_STARTED", dose: "0" };

/** The events of each calendar day. */
const byDay = <Event extends Decision>(
  events: readonly Event[],
  timeZone: string,
): ReadonlyMap<number, readonly Event[]> => {
  const days = new Map<number, Event[]>();
  for (const event of events) {
    const day = localEpochDay(event.observedMs, timeZone);
    const known = days.get(day);
    if (known === undefined) days.set(day, [event]);
    else known.push(event);
  }
  return days;
};

const sameEvents = (left: readonly Decision[], right: readonly Decision[]): boolean =>
  left.length === right.length &&
  left.every((event, index) => keptEventKey(event) === keptEventKey(right[index] ?? event));

const same = (left: InForce, right: InForce): boolean => left.status === right.status && left.dose === right.dose;

/** There is no day 0. */
const studyDay = (offset: number): number => (offset >= 0 ? offset + 1 : offset);

const startOf = (events: readonly Decision[]): Decision | undefined => events.find(({ action }) => action === "START");

/** `lastObservedMs`: when the last of what stands in the log was observed; null where nothing stands. */
export type ComparedLog = { readonly lastObservedMs: number | null; readonly timeZone: string };

/**
 * The days on which two histories of one animal's log differ: another status or dose in force when the day ended, or other
 * events on it. Days run from the first dose to the last day on which something was observed.
 */
export const compareHistories = <Recorded extends Decision, WhatIf extends Decision>(
  { lastObservedMs, timeZone }: ComparedLog,
  recorded: readonly Recorded[],
  whatIf: readonly WhatIf[],
): HistoryDifference<Recorded, WhatIf> => {
  const start = startOf(recorded) ?? startOf(whatIf);
  if (start === undefined || lastObservedMs === null) return { days: 0, differingDays: 0, stretches: [] };
  const firstDay = localEpochDay(start.observedMs, timeZone);
  const lastDay = localEpochDay(lastObservedMs, timeZone);
  const [left, right] = [byDay(recorded, timeZone), byDay(whatIf, timeZone)];
  const changes = [...new Set([...left.keys(), ...right.keys()])].sort((one, other) => one - other);
  let [was, would] = [NOT_STARTED, NOT_STARTED];
  let differingDays = 0;
  const stretches: DifferingDays<Recorded, WhatIf>[] = [];
  changes.forEach((day, index) => {
    const [eventsThen, eventsIf] = [left.get(day) ?? [], right.get(day) ?? []];
    was = eventsThen.reduce((_, event) => inForceAfter(event), was);
    would = eventsIf.reduce((_, event) => inForceAfter(event), would);
    const inForceDiffers = !same(was, would);
    if (!inForceDiffers && sameEvents(eventsThen, eventsIf)) return;
    const until = inForceDiffers ? (changes[index + 1] ?? lastDay + 1) - 1 : day;
    differingDays += until - day + 1;
    stretches.push({
      fromDay: studyDay(day - firstDay),
      toDay: studyDay(until - firstDay),
      fromEpochDay: day,
      toEpochDay: until,
      recorded: { inForce: was, events: eventsThen },
      whatIf: { inForce: would, events: eventsIf },
    });
  });
  return { days: lastDay - firstDay + 1, differingDays, stretches };
};
