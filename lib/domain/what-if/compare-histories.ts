import { localEpochDay } from "../calendar/local-time";
import type { Action, DoseEvent, Status } from "../dose-rules/history";
import type { LogEntry } from "../entries/log-entry";
import { standingVersions } from "../entries/standing-versions";

/** What was in force at the end of a study day. The dose is in the protocol's unit, 0 unless ON_DOSE. */
export type InForce = { readonly status: Status; readonly dose: string };

/** One side of a stretch of days: what was in force on them, and the events of the first of them. */
export type Side = { readonly inForce: InForce; readonly events: readonly DoseEvent[] };

/** Study days, one after the other, on which the two histories differ in the same way. */
export type DifferingDays = {
  readonly fromDay: number;
  readonly toDay: number;
  /** Days since 1 January 1970, of the calendar in the study's zone. */
  readonly fromEpochDay: number;
  readonly toEpochDay: number;
  readonly recorded: Side;
  readonly whatIf: Side;
};

export type HistoryDifference = {
  /** From the first dose to the last day with an entry. */
  readonly days: number;
  readonly differingDays: number;
  readonly stretches: readonly DifferingDays[];
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

const inForceAfter = ({ action, toDose }: DoseEvent): InForce => {
  const status = STATUS_AFTER[action];
  return { status, dose: status === "ON_DOSE" ? toDose.toFixed() : "0" };
};

const NOT_STARTED: InForce = { status: "NOT_STARTED", dose: "0" };

/** The events of each calendar day. */
const byDay = (events: readonly DoseEvent[], timeZone: string): ReadonlyMap<number, readonly DoseEvent[]> => {
  const days = new Map<number, DoseEvent[]>();
  for (const event of events) {
    const day = localEpochDay(event.at.ms, timeZone);
    const known = days.get(day);
    if (known === undefined) days.set(day, [event]);
    else known.push(event);
  }
  return days;
};

const wordOf = ({ at, entry, action, rules, fromDose, toDose, toxicities }: DoseEvent): string =>
  JSON.stringify([
    at.ms,
    entry,
    action,
    rules,
    fromDose.toFixed(),
    toDose.toFixed(),
    toxicities.map(({ term, grade }) => [term, grade]),
  ]);

const sameEvents = (left: readonly DoseEvent[], right: readonly DoseEvent[]): boolean =>
  left.length === right.length && left.every((event, index) => wordOf(event) === wordOf(right[index] ?? event));

const same = (left: InForce, right: InForce): boolean => left.status === right.status && left.dose === right.dose;

/** There is no day 0. */
const studyDay = (offset: number): number => (offset >= 0 ? offset + 1 : offset);

const startOf = (events: readonly DoseEvent[]): DoseEvent | undefined =>
  events.find(({ action }) => action === "START");

/**
 * The days on which two histories of one animal's log differ: another status or dose in force when the day ended, or other
 * events on it. Days run from the first dose to the last day on which something was observed.
 */
export const compareHistories = (
  log: readonly LogEntry[],
  recorded: readonly DoseEvent[],
  whatIf: readonly DoseEvent[],
  timeZone: string,
): HistoryDifference => {
  const start = startOf(recorded) ?? startOf(whatIf);
  const versions = standingVersions(log);
  const last = versions[versions.length - 1];
  if (start === undefined || last === undefined) return { days: 0, differingDays: 0, stretches: [] };
  const firstDay = localEpochDay(start.at.ms, timeZone);
  const lastDay = localEpochDay(last.entry.observedAt.ms, timeZone);
  const [left, right] = [byDay(recorded, timeZone), byDay(whatIf, timeZone)];
  const changes = [...new Set([...left.keys(), ...right.keys()])].sort((one, other) => one - other);
  let [was, would] = [NOT_STARTED, NOT_STARTED];
  let differingDays = 0;
  const stretches: DifferingDays[] = [];
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
