import { writeInstant } from "../../lib/domain/time/instant";
import type { AnimalRecorder, EntryDocument, KnownState } from "./animal-recorder";
import type { RandomNumbers } from "./random-numbers";
import type { StudyClock } from "./study-clock";

/** Whose log it is. */
export type LogSubject = {
  readonly tag: string;
  /** The date of study day 1, in days from 1 January 1970. */
  readonly firstDay: number;
  /** How many minutes after the first animal of its room it has its turn. */
  readonly turnMinutes: number;
  /** Who records, unless an entry says otherwise; null: nobody is named. */
  readonly recordedBy: string | null;
};

export type EntryKeys = Readonly<Record<string, unknown>>;

/** When on its study day something happened, in minutes after midnight; and how much later it became known. */
export type Happening = {
  readonly day: number;
  readonly minutes: number;
  readonly knownAfterMinutes?: number;
  readonly by?: string;
};

/** One animal's log while it is being lived: times of its days, and entries that wait until they become known. */
export type CourseLog = {
  readonly isToday: (day: number) => boolean;
  /** Notes one entry. It becomes known within a minute, or as much later as the happening says. Its id is answered. */
  readonly enter: (kind: string, happening: Happening, keys: EntryKeys) => string;
  readonly voidEntry: (voids: string, happening: Happening, keys: EntryKeys) => void;
  /** What the rules say to someone who looks at that minute. */
  readonly stateAt: (day: number, minutes: number) => KnownState;
  /** Everything that is known at the end; what would become known later is left out. */
  readonly finish: () => readonly EntryDocument[];
};

const MS_PER_MINUTE = 60_000;

export const courseLog = (
  subject: LogSubject,
  clock: StudyClock,
  endMs: number,
  recorder: AnimalRecorder,
  random: RandomNumbers,
): CourseLog => {
  const underway: { readonly recordedMs: number; readonly document: EntryDocument }[] = [];
  let numbered = 0;

  const epochDayOf = (day: number): number => subject.firstDay + (day > 0 ? day - 1 : day);
  const instantOf = (day: number, minutes: number): number => clock.at(epochDayOf(day), minutes + subject.turnMinutes);

  const catchUp = (instantMs: number): void => {
    const untilMs = Math.min(instantMs, endMs);
    const known = underway.filter(({ recordedMs }) => recordedMs <= untilMs);
    for (const item of known.sort((left, right) => left.recordedMs - right.recordedMs)) {
      underway.splice(underway.indexOf(item), 1);
      recorder.record(item.document);
    }
  };

  const note = (happening: Happening, writtenAs: (observedMs: number) => EntryKeys, keys: EntryKeys): string => {
    numbered += 1;
    const id = `${subject.tag}-${String(numbered).padStart(4, "0")}`;
    const observedMs = instantOf(happening.day, happening.minutes);
    const typingMs = random.between(20_000, 55_000);
    const recordedMs = observedMs + (happening.knownAfterMinutes ?? 0) * MS_PER_MINUTE + typingMs;
    const recordedAt = writeInstant(recordedMs);
    const recordedBy = happening.by ?? subject.recordedBy;
    catchUp(observedMs);
    underway.push({
      recordedMs,
      document: {
        id,
        animal: subject.tag,
        ...writtenAs(observedMs),
        recordedAt,
        ...keys,
        ...(recordedBy === null ? {} : { recordedBy }),
      },
    });
    return id;
  };

  return {
    isToday: (day) => epochDayOf(day) === clock.today,
    enter: (kind, happening, keys) =>
      note(happening, (observedMs) => ({ kind, observedAt: clock.written(observedMs) }), keys),
    voidEntry: (voids, happening, keys) => {
      note(happening, () => ({}), { voids, ...keys });
    },
    stateAt: (day, minutes) => {
      catchUp(instantOf(day, minutes));
      return recorder.state();
    },
    finish: () => {
      catchUp(endMs);
      return recorder.documents();
    },
  };
};
