import { Decimal } from "../decimal";
import type { Action, Status } from "../rules/history";
import { weightChange, type WeightChange } from "./weight-change";
import type { AnimalSummary } from "./animal-summary";
import { concernsOf, sectionOf, type BoardSection, type Concern, type Now, type Standing } from "./attention";

/** A standing decision, in the order of replay. Doses are decimals as text. */
export type OverviewDecision = {
  readonly action: Action;
  readonly observedMs: number;
  readonly recordedMs: number;
  readonly fromDose: string;
  readonly toDose: string;
};

/** The last standing decision as it is said to people, and the entry that led to it. */
export type SaidDecision = { readonly entry: string; readonly sentence: string; readonly toDose: string };

/** What is stored of an animal for overviews. */
export type OverviewAnimal = {
  readonly tag: string;
  readonly sex: string | null;
  readonly group: string | null;
  readonly room: string | null;
  readonly cage: string | null;
  readonly control: boolean;
  readonly status: Status;
  /** In force, a decimal as text; 0 unless on dose. */
  readonly dose: string;
  readonly openToxicities: readonly string[];
  readonly said: SaidDecision | null;
  readonly summary: AnimalSummary;
  readonly decisions: readonly OverviewDecision[];
};

/** What follows from it at an instant. */
export type Overview = {
  /** Of the latest weight, from the baseline; null before a first dose and without either. */
  readonly weight: WeightChange | null;
  readonly standing: Standing;
  readonly concerns: readonly Concern[];
  readonly section: BoardSection;
};

const weightOf = ({ firstDoseMs, baselineWeight, latest }: AnimalSummary): WeightChange | null => {
  if (firstDoseMs === null || baselineWeight === null || latest.weight === undefined) return null;
  const { value, qualifier } = latest.weight;
  return weightChange({ value: new Decimal(value), qualifier }, new Decimal(baselineWeight.value));
};

/** When the present hold began: every hold begins with one withholding, whatever is decided while it lasts. */
const holdOf = ({ status, summary, decisions }: OverviewAnimal): Standing["hold"] => {
  const began = decisions.findLast(({ action }) => action === "WITHHOLD");
  return status === "WITHHELD" && summary.hold !== null && began !== undefined
    ? { sinceMs: began.observedMs, byOrder: summary.hold.byOrder }
    : null;
};

/** The one way from what is stored of an animal to its place on a board and in a count. */
export const overviewOf = (animal: OverviewAnimal, now: Now): Overview => {
  const { tag, status, control, summary, decisions } = animal;
  const weight = weightOf(summary);
  const standing: Standing = {
    tag,
    status,
    control,
    weightAlarm: weight?.alarm ?? null,
    lastDecision: decisions.at(-1) ?? null,
    hold: holdOf(animal),
    lastFault: summary.lastFault,
    lastExposure: summary.lastExposure,
    highestGrade: Math.max(0, ...Object.values(summary.latest).map(({ grade }) => grade ?? 0)),
    weightPercent: weight?.percent.toNumber() ?? null,
  };
  const concerns = concernsOf(standing, now);
  return { weight, standing, concerns, section: sectionOf(standing, concerns) };
};
