import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { localDate } from "@/lib/domain/time/local-time";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { analytesOf } from "@/lib/domain/record/analytes";
import { shownLast, whenText } from "./reading";

const SEXES = {
  F: { sign: "♀", word: "female" },
  M: { sign: "♂", word: "male" },
  U: { sign: "", word: "sex unknown" },
} as const;

export const sexOf = ({ sex }: Pick<AnimalOnSheet, "sex">): (typeof SEXES)[keyof typeof SEXES] => SEXES[sex ?? "U"];

/** "cage B4"; a name that says what it is ("Room 2") says it once. */
export const named = (what: string, name: string): string =>
  (name.toLowerCase().startsWith(what.toLowerCase()) ? name : `${what} ${name}`).replaceAll(" ", "\u00a0");

/** "female · group 3 · cage B4 · room 2": what tells one animal from another, beside its tag. */
export const identityWords = (animal: Pick<AnimalOnSheet, "sex" | "group" | "cage" | "room" | "control">): string =>
  [
    sexOf(animal).word,
    animal.group === null ? null : named("group", animal.group),
    animal.control ? "control" : null,
    animal.cage === null ? null : named("cage", animal.cage),
    animal.room === null ? null : named("room", animal.room),
  ]
    .filter((part) => part !== null)
    .join(" · ");

/** "on dose 10 mg/kg", "withheld", "on vehicle". */
export const statusWords = (
  { status, dose, control }: Pick<AnimalOnSheet, "status" | "dose" | "control">,
  doseUnit: string | null,
): string => {
  switch (status) {
    case "NOT_STARTED":
      return "not dosed yet";
    case "ON_DOSE":
      return control ? "on vehicle" : `on ${dose} ${doseUnit ?? ""}`.trim();
    case "WITHHELD":
      return "withheld";
    case "DISCONTINUED":
      return "discontinued";
    case "OFF_STUDY":
      return "off study";
  }
};

/** Whether something of the kind was observed on the study's present date. */
export const isDoneToday = (kind: EntryKind, animal: AnimalOnSheet, nowMs: number, timeZone: string): boolean => {
  const last = animal.lastOfKind[kind];
  return last !== undefined && localDate(last, timeZone) === localDate(nowMs, timeZone);
};

/** What was last recorded of a kind, for the row of the animal: "20.2 g, day 24, 28 Jan". */
export const lastWords = (kind: EntryKind, animal: AnimalOnSheet, { units, study }: RecordingSheet): string | null => {
  const observedMs = animal.lastOfKind[kind];
  if (observedMs === undefined) return null;
  const when = whenText(observedMs, animal, study.timeZone);
  if (kind === "dose") return `${animal.lastAmount ?? "?"} ${units.dose ?? ""}, ${when}`;
  if (kind === "weight") {
    const [definition] = analytesOf("weight");
    const last = definition === undefined ? undefined : animal.last[definition.field];
    if (last === undefined) return when;
    const { value, unit } = shownLast("grams", last, units);
    return `${last.qualifier ?? ""}${value} ${unit}, ${whenText(last.observedMs, animal, study.timeZone)}`;
  }
  return when;
};
