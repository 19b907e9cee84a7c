import type { AnimalHistory } from "@/lib/domain/rules/history";
import type { Decimal } from "@/lib/domain/decimal";
import type { Measured, ObservedEntry } from "@/lib/domain/record/log-entry";
import type { BaselineValue } from "@/lib/domain/grading/baseline";
import { buildBands, type GradingContext } from "./build-grade-bands";
import { dayText } from "./day-text";
import { knownLate } from "./known-late";
import type { StandingRecord } from "./standing-records";
import type { GroupRange, MeasuredPoint, PanelKey, ValuePanel } from "./timeline-data";

type PanelPlan = {
  readonly key: PanelKey;
  readonly name: string;
  readonly kind: ObservedEntry["kind"];
  /** The term under which its value is graded; null: not graded. */
  readonly term: string | null;
  readonly scale: "linear" | "log";
};

const PLANS: readonly PanelPlan[] = [
  { key: "neutrophils", name: "Neutrophils", kind: "cbc", term: "NEUTROPENIA", scale: "log" },
  { key: "platelets", name: "Platelets", kind: "cbc", term: "THROMBOCYTOPENIA", scale: "log" },
  { key: "alt", name: "ALT", kind: "lft", term: "ALT_INCREASED", scale: "log" },
  { key: "ast", name: "AST", kind: "lft", term: "AST_INCREASED", scale: "log" },
  { key: "bilirubin", name: "Bilirubin", kind: "lft", term: "BILIRUBIN_INCREASED", scale: "log" },
  { key: "weight", name: "Body weight", kind: "weight", term: "WEIGHT_LOSS", scale: "linear" },
  { key: "temperature", name: "Temperature", kind: "observation", term: null, scale: "linear" },
];

const measuredOf = (key: PanelKey, entry: ObservedEntry): Measured | null => {
  switch (entry.kind) {
    case "cbc":
      return key === "neutrophils" || key === "platelets" ? entry[key] : null;
    case "lft":
      return key === "alt" || key === "ast" || key === "bilirubin" ? entry[key] : null;
    case "weight":
      return key === "weight" ? entry.grams : null;
    case "observation":
      return key === "temperature" ? entry.temperature : null;
    case "dose":
    case "order":
    case "disposition":
      return null;
  }
};

/** How a canonical value is shown in its panel: as it is, or as a percentage of the animal's own baseline. */
type Presentation = {
  readonly unit: string;
  readonly show: (value: Decimal) => { readonly value: number; readonly text: string; readonly detail: string | null };
};

const asMeasured = (unit: string): Presentation => ({
  unit,
  show: (value) => ({ value: value.toNumber(), text: value.toString(), detail: null }),
});

const GRAMS_PER_KG = 1000;
const SHOWN_IN_KG_FROM = 2000;

/** Grams, or kilograms for animals that weigh kilograms. */
const weightText = (grams: Decimal): string =>
  grams.gte(SHOWN_IN_KG_FROM) ? `${grams.div(GRAMS_PER_KG).toString()} kg` : `${grams.toString()} g`;

/** The percentage carries its denominator, and the day on which that was weighed. */
const ofBaseline = (baseline: Decimal, day: string): Presentation => ({
  unit: `% of ${weightText(baseline)}${day}`,
  show: (grams) => {
    const percent = grams.times(100).div(baseline);
    return { value: percent.toNumber(), text: percent.toFixed(1), detail: weightText(grams) };
  },
});

export type PanelInput = GradingContext & {
  readonly records: readonly StandingRecord[];
  readonly history: AnimalHistory;
  /** What other animals of the group had, by axis day; absent: no band. */
  readonly groupRanges: Partial<Readonly<Record<PanelKey, readonly GroupRange[]>>>;
};

const UNITS: Readonly<Record<PanelKey, string>> = {
  neutrophils: "10⁹/L",
  platelets: "10⁹/L",
  alt: "U/L",
  ast: "U/L",
  bilirubin: "",
  weight: "g",
  temperature: "°C",
};

/** ", day −1": when a baseline was taken. */
const takenOn = ({ entry: id }: BaselineValue, { records, clock }: PanelInput): string => {
  const taken = records.find(({ entry }) => entry.id === id)?.entry.observedAt.ms;
  return taken === undefined ? "" : `, ${dayText(clock.place(taken))}`;
};

const presentationOf = (key: PanelKey, input: PanelInput): Presentation => {
  const weight = input.baseline?.values.weight ?? null;
  if (key === "weight" && weight !== null && !weight.value.isZero())
    return ofBaseline(weight.value, takenOn(weight, input));
  const bilirubinUnit = input.protocols[input.protocols.length - 1]?.referenceRanges.bilirubin.unit ?? "";
  return asMeasured(key === "bilirubin" ? bilirubinUnit : UNITS[key]);
};

const pointsOf = (
  { key, kind, term }: PanelPlan,
  { show }: Presentation,
  input: PanelInput,
): readonly MeasuredPoint[] => {
  const grades = new Map(
    input.history.grades.filter((grade) => grade.term === term).map(({ entry, grade }) => [entry, grade]),
  );
  return input.records.flatMap((record) => {
    const { entry, former } = record;
    const measured = entry.kind === kind ? measuredOf(key, entry) : null;
    if (measured === null) return [];
    const at = input.clock.place(entry.observedAt.ms);
    const formerly = former.flatMap((version) => {
      const was = measuredOf(key, version);
      return was === null || was.value.eq(measured.value) ? [] : [show(was.value)];
    });
    return [
      {
        ...show(measured.value),
        at,
        qualifier: measured.qualifier,
        grade: grades.get(entry.id) ?? null,
        known: knownLate(record, input.clock),
        formerly,
      },
    ];
  });
};

const missingOf = ({ key, kind, term }: PanelPlan, input: PanelInput): readonly number[] => {
  const missing = new Set(
    input.history.notEvaluable
      .filter((item) => item.term === term && item.reason === "NOT_REPORTED")
      .map(({ entry }) => entry),
  );
  return input.records.flatMap(({ entry }) =>
    entry.kind === kind && measuredOf(key, entry) === null && (missing.has(entry.id) || entry.kind === "weight")
      ? [input.clock.place(entry.observedAt.ms)]
      : [],
  );
};

const baselineOf = (key: PanelKey, presentation: Presentation, input: PanelInput): ValuePanel["baseline"] => {
  const own = key === "temperature" ? null : (input.baseline?.values[key] ?? null);
  if (own === null) return null;
  const { value, text } = presentation.show(own.value);
  return { value, text: key === "weight" ? "baseline" : `baseline ${text}` };
};

/** One panel a measurement, in the order in which they are drawn; those that were never measured have no points. */
export const buildPanels = (input: PanelInput): readonly ValuePanel[] =>
  PLANS.map((plan) => {
    const presentation = presentationOf(plan.key, input);
    return {
      key: plan.key,
      name: plan.name,
      unit: presentation.unit,
      scale: plan.scale,
      points: pointsOf(plan, presentation, input),
      ...buildBands(plan.key, input),
      baseline: baselineOf(plan.key, presentation, input),
      groupRange: input.groupRanges[plan.key] ?? [],
      missingAt: missingOf(plan, input),
    };
  });
