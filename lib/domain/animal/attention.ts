import { daysBetween } from "../time/study-day";
import type { Action, Status } from "../rules/history";
import type { WeightAlarm } from "./weight-change";
import type { SummaryDeviation } from "./animal-summary";

/** Why an animal is looked at before others, the most urgent first. Welfare comes before every dose rule. */
export const CONCERNS = [
  "humane-endpoint",
  "weight-warning",
  "newly-discontinued",
  "resume-proposed",
  "long-hold",
  "newly-withheld",
  "dose-fault",
  "exposure",
] as const;
export type Concern = (typeof CONCERNS)[number];

/** A hold that has lasted so many days asks for a decision. */
export const LONG_HOLD_DAYS = 28;
/** For so many days after it became known a decision is new, and a deviation recent. */
const NEW_DAYS = 3;
const RECENT_DAYS = 7;

/** What of an animal its place on a board depends on. */
export type Standing = {
  readonly status: Status;
  readonly control: boolean;
  readonly weightAlarm: WeightAlarm | null;
  /** The last of the standing decisions; observed, and when it became known. */
  readonly lastDecision: { readonly action: Action; readonly observedMs: number; readonly recordedMs: number } | null;
  /** When the present hold began, and whether only an order ends it. */
  readonly hold: { readonly sinceMs: number; readonly byOrder: boolean } | null;
  readonly lastFault: SummaryDeviation | null;
  readonly lastExposure: SummaryDeviation | null;
  /** Of the latest values. */
  readonly highestGrade: number;
  /** Weight change in per cent, for order only. */
  readonly weightPercent: number | null;
  readonly tag: string;
};

export type Now = { readonly ms: number; readonly timeZone: string };

const within = (thenMs: number, days: number, now: Now): boolean => daysBetween(thenMs, now.ms, now.timeZone) <= days;

const decisionConcerns = ({ status, lastDecision, hold }: Standing, now: Now): readonly Concern[] => {
  const isNew = lastDecision !== null && within(lastDecision.recordedMs, NEW_DAYS, now);
  if (status === "DISCONTINUED") return isNew ? ["newly-discontinued"] : [];
  if (status !== "WITHHELD" || hold === null) return [];
  const concerns: Concern[] = [];
  if (lastDecision?.action === "RESUME_PROPOSED" && !hold.byOrder) concerns.push("resume-proposed");
  if (daysBetween(hold.sinceMs, now.ms, now.timeZone) >= LONG_HOLD_DAYS) concerns.push("long-hold");
  if (isNew && concerns.length === 0) concerns.push("newly-withheld");
  return concerns;
};

/** Everything that asks for somebody, most urgent first; nothing once an animal has left the study. */
export const concernsOf = (standing: Standing, now: Now): readonly Concern[] => {
  const { status, weightAlarm, lastFault, lastExposure } = standing;
  if (status === "OFF_STUDY") return [];
  const found = new Set<Concern>(decisionConcerns(standing, now));
  if (weightAlarm === "humane-endpoint") found.add("humane-endpoint");
  if (weightAlarm === "warning") found.add("weight-warning");
  if (lastFault !== null && within(lastFault.observedMs, RECENT_DAYS, now)) found.add("dose-fault");
  if (lastExposure !== null && within(lastExposure.observedMs, RECENT_DAYS, now)) found.add("exposure");
  return CONCERNS.filter((concern) => found.has(concern));
};

/** The parts of a board, in their order; an animal is in the first that it belongs to. */
export const BOARD_SECTIONS = [
  "attention",
  "withheld",
  "on-dose",
  "not-started",
  "control",
  "discontinued",
  "off-study",
] as const;
export type BoardSection = (typeof BOARD_SECTIONS)[number];

export const sectionOf = ({ status, control }: Standing, concerns: readonly Concern[]): BoardSection => {
  if (concerns.length > 0) return "attention";
  switch (status) {
    case "WITHHELD":
      return "withheld";
    case "DISCONTINUED":
      return "discontinued";
    case "OFF_STUDY":
      return "off-study";
    case "ON_DOSE":
      return control ? "control" : "on-dose";
    case "NOT_STARTED":
      return control ? "control" : "not-started";
  }
};

type Placed = { readonly standing: Standing; readonly concerns: readonly Concern[] };

const urgency = ({ concerns }: Placed): number => {
  const [first] = concerns;
  return first === undefined ? CONCERNS.length : CONCERNS.indexOf(first);
};

const byTag = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * What needs attention first: by the most urgent concern, then the longest hold, then the highest grade of the latest
 * values, then the most weight lost, then the tag.
 */
export const compareAttention = (one: Placed, other: Placed): number => {
  const section = (placed: Placed): number => BOARD_SECTIONS.indexOf(sectionOf(placed.standing, placed.concerns));
  const held = ({ standing }: Placed): number => standing.hold?.sinceMs ?? Number.MAX_SAFE_INTEGER;
  return (
    section(one) - section(other) ||
    urgency(one) - urgency(other) ||
    held(one) - held(other) ||
    other.standing.highestGrade - one.standing.highestGrade ||
    (one.standing.weightPercent ?? 0) - (other.standing.weightPercent ?? 0) ||
    byTag(one.standing.tag, other.standing.tag)
  );
};
