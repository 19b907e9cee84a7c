import { Decimal } from "../decimal";
import type { Measured } from "../record/log-entry";
import type { Baseline, BaselineValue, BaselineValues } from "../grading/baseline";
import type { BaselineMeasurement } from "../grading/criteria";
import type { KnownThen } from "./deviations";
import type { ReplayState } from "./replay";
import type { AnimalState, LatestValue } from "./state";

/** Rises whenever a stored state could no longer be continued from; an older one is replayed instead. */
const STATE_VERSION = 1;

type Written<Value> = Value extends Decimal
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly Written<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Written<Value[Key]> }
      : Value;

/** A state as JSON: every decimal as text in shortest form. */
export type StateDocument = Written<ReplayState> & { readonly version: number };

const write = (value: unknown): unknown => {
  if (Decimal.isDecimal(value)) return value.toFixed();
  if (Array.isArray(value)) return value.map(write);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, write(member)]));
};

export const writeState = (state: ReplayState): StateDocument => ({
  ...(write(state) as Written<ReplayState>),
  version: STATE_VERSION,
});

const readMeasured = ({ value, qualifier }: Written<Measured>): Measured => ({ value: new Decimal(value), qualifier });

const readLatest = (latest: Written<LatestValue> | null): LatestValue | null =>
  latest === null ? null : { ...latest, measured: readMeasured(latest.measured) };

const readBaselineValue = (value: Written<BaselineValue> | null): BaselineValue | null =>
  value === null ? null : { entry: value.entry, value: new Decimal(value.value) };

const readBaselineValues = (values: Written<BaselineValues>): BaselineValues => {
  const read = (measurement: BaselineMeasurement): BaselineValue | null => readBaselineValue(values[measurement]);
  return {
    neutrophils: read("neutrophils"),
    platelets: read("platelets"),
    alt: read("alt"),
    ast: read("ast"),
    bilirubin: read("bilirubin"),
    alp: read("alp"),
    ggt: read("ggt"),
    creatinine: read("creatinine"),
    weight: read("weight"),
  };
};

const readBaseline = (baseline: Written<Baseline> | null): Baseline | null =>
  baseline === null ? null : { values: readBaselineValues(baseline.values), aboveUpperLimit: baseline.aboveUpperLimit };

const readKnown = (known: Written<KnownThen>): KnownThen => ({ ...known, dose: new Decimal(known.dose) });

const readAnimal = (animal: Written<AnimalState>): AnimalState => ({
  ...animal,
  dose: new Decimal(animal.dose),
  hold: animal.hold === null ? null : { ...animal.hold, doseBefore: new Decimal(animal.hold.doseBefore) },
  beforeFirstDose: readBaselineValues(animal.beforeFirstDose),
  baseline: readBaseline(animal.baseline),
  latestNeutrophils: readLatest(animal.latestNeutrophils),
  latestTemperature: readLatest(animal.latestTemperature),
});

/** A state that `writeState` wrote. Null: it was written in another form, and the log has to be replayed. */
export const readState = (document: StateDocument): ReplayState | null => {
  if (document.version !== STATE_VERSION) return null;
  const { animal, last, lastRecordedMs, doseAtLast, knownSince } = document;
  return {
    animal: readAnimal(animal),
    last,
    lastRecordedMs,
    doseAtLast,
    knownSince: knownSince.map(({ fromMs, known }) => ({ fromMs, known: readKnown(known) })),
  };
};
