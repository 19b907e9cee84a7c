import { numberText } from "@/components/ui/quantity";
import type { SummaryValue } from "@/lib/domain/animal/animal-summary";
import { type Concern, LONG_HOLD_DAYS, type Now } from "@/lib/domain/animal/attention";
import { shownWeight, weightChangeText } from "@/lib/domain/animal/weight-change";
import { Decimal } from "@/lib/domain/decimal";
import { sexWord, toxicityWord } from "@/lib/domain/language/animal-words";
import { type AnimalDays, dayWord } from "@/lib/domain/language/day-words";
import { lateText } from "@/lib/domain/record/late";
import type { Status } from "@/lib/domain/rules/history";
import { MS_PER_DAY } from "@/lib/domain/time/local-time";
import { daysBetween, studyDayOf } from "@/lib/domain/time/study-day";
import type { BoardRow } from "./board-view";
import type { StripPart } from "./strip-label";

/** A latest value and the day on which it was taken. */
export type LineValue = readonly [text: string, grade: number | null, day: string];

/** The change is null where there is no baseline to compare with, and `of` then says why. */
export type LineWeight = readonly [value: LineValue, unit: string, change: string | null, of: string, alarms: boolean];

/**
 * What a row of the board shows. A page's rows are sent twice, as HTML and as this, for the browser to go on with; a list
 * without the names of its places is a third of the size.
 */
export type BoardLine = readonly [
  tag: string,
  place: string,
  concern: Concern | null,
  status: Status,
  /** "since day 41, 3 d". */
  held: string | null,
  heldLong: boolean,
  late: string | null,
  dose: string | null,
  control: boolean,
  values: readonly (LineValue | null)[],
  weight: LineWeight | null,
  toxicities: string,
  strip: readonly StripPart[],
  /** Days from the first dose until now. */
  until: number,
];

const qualified = (qualifier: string | null, text: string): string =>
  qualifier === null ? numberText(text) : `${qualifier} ${numberText(text)}`;

const valueOf = (value: SummaryValue | undefined, days: AnimalDays): LineValue | null =>
  value === undefined ? null : [qualified(value.qualifier, value.value), value.grade, dayWord(value.observedMs, days)];

const weightOf = ({ animal, overview }: BoardRow, days: AnimalDays): LineWeight | null => {
  const { latest, baselineWeight } = animal.summary;
  const { weight } = overview;
  if (latest.weight === undefined) return null;
  const grams = new Decimal(latest.weight.value);
  const { value, unit } = shownWeight(grams, weight?.reference ?? grams);
  const shown: LineValue = [
    qualified(latest.weight.qualifier, value),
    latest.weight.grade,
    dayWord(latest.weight.observedMs, days),
  ];
  if (weight === null || baselineWeight === null)
    return [shown, unit, null, days.firstDoseMs === null ? "before the first dose" : "no baseline", false];
  const reference = shownWeight(weight.reference);
  const of = `of ${reference.value} ${reference.unit}, ${dayWord(baselineWeight.observedMs, days)}`;
  return [shown, unit, `${weightChangeText(weight)} %`, of, weight.alarm !== null];
};

const inTenths = (days: number): number => Math.round(days * 10) / 10;

const stripOf = ({ animal: { decisions } }: BoardRow, days: AnimalDays): readonly StripPart[] => {
  const start = decisions.find(({ action }) => action === "START");
  if (start === undefined) return [];
  return decisions
    .filter(({ action }) => action !== "REMAIN_WITHHELD" && action !== "RESUME_PROPOSED")
    .map(({ action, observedMs, toDose }) => [
      action,
      inTenths((observedMs - start.observedMs) / MS_PER_DAY),
      days.firstDoseMs === null ? null : studyDayOf(observedMs, days.firstDoseMs, days.timeZone),
      toDose,
    ]);
};

/** A row of the board from what is known of its animal. */
export const boardLine = (row: BoardRow, now: Now): BoardLine => {
  const { animal, overview } = row;
  const { latest, firstDoseMs } = animal.summary;
  const { hold, lastDecision } = overview.standing;
  const days = { firstDoseMs, timeZone: now.timeZone };
  const held = hold === null ? null : daysBetween(hold.sinceMs, now.ms, now.timeZone);
  const start = animal.decisions.find(({ action }) => action === "START");
  return [
    animal.tag,
    [sexWord(animal.sex), animal.group, animal.cage].filter((part) => part !== null).join(" · "),
    overview.concerns[0] ?? null,
    animal.status,
    hold === null || held === null ? null : `since ${dayWord(hold.sinceMs, days)}, ${String(held)} d`,
    held !== null && held >= LONG_HOLD_DAYS,
    lastDecision === null ? null : lateText(lastDecision.observedMs, lastDecision.recordedMs),
    animal.status === "NOT_STARTED" ? null : animal.dose,
    animal.control,
    [latest.neutrophils, latest.platelets, latest.alt].map((value) => valueOf(value, days)),
    weightOf(row, days),
    animal.openToxicities.map(toxicityWord).join(", "),
    stripOf(row, days),
    start === undefined ? 0 : inTenths((now.ms - start.observedMs) / MS_PER_DAY),
  ];
};
