import type { Deviation, EntryGrade } from "../rules/history";
import type { Replayed, ReplayState } from "../rules/replay";
import type { AnimalState } from "../rules/state";
import type { LogEntry, Measured, ObservedEntry, Qualifier } from "../record/log-entry";
import { standingVersions } from "../record/standing-versions";

/** What a summary keeps the latest value of. */
export type SummaryMeasurement = "weight" | "neutrophils" | "platelets" | "alt" | "ast" | "bilirubin" | "temperature";

/** A value in its canonical unit, as text in shortest form, when it was taken, and its grade where it has one. */
export type SummaryValue = {
  readonly value: string;
  readonly qualifier: Qualifier | null;
  readonly observedMs: number;
  readonly entry: string;
  readonly grade: number | null;
};

export type SummaryDeviation = Deviation & { readonly observedMs: number };

/** What an overview shows of an animal beside its status; plain JSON, made again from the log or carried one entry on. */
export type AnimalSummary = {
  readonly firstDoseMs: number | null;
  /** In g; what weight changes are a percentage of. Before a first dose, the weight that would be it. */
  readonly baselineWeight: Pick<SummaryValue, "value" | "observedMs" | "entry"> | null;
  /** Of a withheld animal: the dose before the hold, as text, and whether only an order can end it. */
  readonly hold: { readonly doseBefore: string; readonly byOrder: boolean } | null;
  readonly latest: Readonly<Partial<Record<SummaryMeasurement, SummaryValue>>>;
  /** The latest dose that was a fault, and the latest given before a result was known. */
  readonly lastFault: SummaryDeviation | null;
  readonly lastExposure: SummaryDeviation | null;
};

/** Of an animal without entries. */
export const EMPTY_SUMMARY: AnimalSummary = {
  firstDoseMs: null,
  baselineWeight: null,
  hold: null,
  latest: {},
  lastFault: null,
  lastExposure: null,
};

const TERMS: Readonly<Record<SummaryMeasurement, string | null>> = {
  weight: "WEIGHT_LOSS",
  neutrophils: "NEUTROPENIA",
  platelets: "THROMBOCYTOPENIA",
  alt: "ALT_INCREASED",
  ast: "AST_INCREASED",
  bilirubin: "BILIRUBIN_INCREASED",
  temperature: null,
};

const measuredIn = (entry: ObservedEntry): Readonly<Partial<Record<SummaryMeasurement, Measured | null>>> => {
  switch (entry.kind) {
    case "weight":
      return { weight: entry.grams };
    case "cbc":
      return { neutrophils: entry.neutrophils, platelets: entry.platelets };
    case "lft":
      return { alt: entry.alt, ast: entry.ast, bilirubin: entry.bilirubin };
    case "observation":
      return { temperature: entry.temperature };
    case "dose":
    case "order":
    case "disposition":
      return {};
  }
};

const withValues = (
  latest: AnimalSummary["latest"],
  entry: ObservedEntry,
  grades: readonly EntryGrade[],
): AnimalSummary["latest"] => {
  const found = Object.entries(measuredIn(entry)).flatMap(([name, measured]) => {
    if (measured === null) return [];
    const term = TERMS[name as SummaryMeasurement];
    const value: SummaryValue = {
      value: measured.value.toFixed(),
      qualifier: measured.qualifier,
      observedMs: entry.observedAt.ms,
      entry: entry.id,
      grade: grades.find((grade) => grade.entry === entry.id && grade.term === term)?.grade ?? null,
    };
    return [[name, value] as const];
  });
  return found.length === 0 ? latest : { ...latest, ...Object.fromEntries(found) };
};

const withDeviations = (
  summary: AnimalSummary,
  { id, observedAt }: ObservedEntry,
  deviations: readonly Deviation[],
): AnimalSummary => {
  let { lastFault, lastExposure } = summary;
  for (const { entry, code } of deviations) {
    if (entry !== id) continue;
    const deviation: SummaryDeviation = { entry, code, observedMs: observedAt.ms };
    if (code === "EXPOSED_BEFORE_RESULT") lastExposure = deviation;
    else lastFault = deviation;
  }
  return { ...summary, lastFault, lastExposure };
};

type Judgement = { readonly grades: readonly EntryGrade[]; readonly deviations: readonly Deviation[] };

const withEntry = (summary: AnimalSummary, entry: ObservedEntry, { grades, deviations }: Judgement): AnimalSummary =>
  withDeviations({ ...summary, latest: withValues(summary.latest, entry, grades) }, entry, deviations);

/** What the state says: first dose, hold, and the baseline weight; before a first dose the weight that would be it. */
const withState = (
  summary: AnimalSummary,
  { firstDoseMs, baseline, beforeFirstDose, hold }: AnimalState,
  observedMsOf: (entry: string) => number | undefined,
): AnimalSummary => {
  const own = (baseline?.values ?? beforeFirstDose).weight;
  const observedMs = own === null ? undefined : observedMsOf(own.entry);
  const baselineWeight =
    own === null || observedMs === undefined ? null : { value: own.value.toFixed(), observedMs, entry: own.entry };
  return {
    ...summary,
    firstDoseMs,
    baselineWeight,
    hold: hold === null ? null : { doseBefore: hold.doseBefore.toFixed(), byOrder: hold.byOrder },
  };
};

/** One more entry, observed and recorded after everything that is summarized; `after` is the state that it led to. */
export const summaryAfter = (
  summary: AnimalSummary,
  entry: ObservedEntry,
  judgement: Judgement,
  after: ReplayState,
): AnimalSummary => {
  const { baselineWeight } = summary;
  return withState(withEntry(summary, entry, judgement), after.animal, (id) => {
    if (id === entry.id) return entry.observedAt.ms;
    return id === baselineWeight?.entry ? baselineWeight.observedMs : undefined;
  });
};

const byEntry = <Item extends { readonly entry: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> => {
  const lists = new Map<string, Item[]>();
  for (const item of items) lists.set(item.entry, [...(lists.get(item.entry) ?? []), item]);
  return lists;
};

/** The summary of a log, from what its replay gave. */
export const summaryOfLog = (log: readonly LogEntry[], { history, state }: Replayed): AnimalSummary => {
  const grades = byEntry(history.grades);
  const deviations = byEntry(history.deviations);
  const observed = new Map<string, number>();
  let summary = EMPTY_SUMMARY;
  for (const { entry } of standingVersions(log)) {
    observed.set(entry.id, entry.observedAt.ms);
    summary = withEntry(summary, entry, {
      grades: grades.get(entry.id) ?? [],
      deviations: deviations.get(entry.id) ?? [],
    });
  }
  return withState(summary, state.animal, (id) => observed.get(id));
};
