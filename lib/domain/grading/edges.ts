import { Decimal } from "../decimal";
import type { CountCutOffs, Protocol } from "../study/protocol";
import type { Baseline } from "./baseline";
import { LIVER_CRITERIA, WEIGHT_CRITERIA, type CountMeasurement, type LiverMeasurement } from "./criteria";

/** Where the grades of a falling count begin, in 10⁹/L. */
export type CountEdges = {
  readonly grade4Below: Decimal | null;
  readonly grade3Below: Decimal;
  readonly grade2Below: Decimal | null;
  readonly grade1Below: Decimal | null;
  /** Whether a count above all edges is known to be grade 0: not so with absolute cut-offs and no lower limit of normal. */
  readonly normalIsKnown: boolean;
  readonly recoverAt: Decimal;
};

/** Where the grades of a rising liver value begin, in its own unit. */
export type LiverEdges = {
  readonly grade1: { readonly edge: Decimal; readonly included: boolean };
  /** Grades 2, 3 and 4 begin above these. */
  readonly above: readonly [grade2: Decimal, grade3: Decimal, grade4: Decimal];
};

/** Grades 1, 2 and 3 of weight loss begin at or below these, in grams. */
export type WeightEdges = readonly [grade1: Decimal, grade2: Decimal, grade3: Decimal];

export type CannotGrade = "NO_REFERENCE_RANGE" | "NO_BASELINE" | "BEFORE_FIRST_DOSE";

/** Every edge that holds for one animal under one protocol version: numbers ready to be compared with. */
export type Edges = {
  readonly neutrophils: CountEdges | CannotGrade;
  readonly platelets: CountEdges | CannotGrade;
  readonly alt: LiverEdges | CannotGrade;
  readonly ast: LiverEdges | CannotGrade;
  readonly bilirubin: LiverEdges | CannotGrade;
  readonly weight: WeightEdges | CannotGrade;
};

const HUNDRED = new Decimal(100);

const countEdges = (
  cutOffs: CountCutOffs,
  lowerLimit: Decimal | null,
  measurement: CountMeasurement,
  baseline: Baseline | null,
): CountEdges | CannotGrade => {
  if (cutOffs.basis === "absolute") {
    return {
      grade4Below: cutOffs.grade4Below,
      grade3Below: cutOffs.grade3Below,
      grade2Below: cutOffs.grade2Below,
      grade1Below: lowerLimit,
      normalIsKnown: lowerLimit !== null,
      recoverAt: cutOffs.recoverAt,
    };
  }
  if (baseline === null) return "BEFORE_FIRST_DOSE";
  const own = baseline.values[measurement];
  if (own === null) return "NO_BASELINE";
  const ofBaseline = (percent: Decimal): Decimal => percent.times(own.value).div(HUNDRED);
  const optional = (percent: Decimal | null): Decimal | null => (percent === null ? null : ofBaseline(percent));
  return {
    grade4Below: optional(cutOffs.grade4Below),
    grade3Below: ofBaseline(cutOffs.grade3Below),
    grade2Below: optional(cutOffs.grade2Below),
    grade1Below: null,
    normalIsKnown: true,
    recoverAt: ofBaseline(cutOffs.recoverAt),
  };
};

const liverEdges = (
  row: (typeof LIVER_CRITERIA)[number],
  upperLimit: Decimal | null,
  baseline: Baseline | null,
): LiverEdges | CannotGrade => {
  const own = baseline?.aboveUpperLimit[row.measurement] ? baseline.values[row.measurement] : null;
  if (own !== null) {
    const { from, above } = row.timesHighBaseline;
    const times = (multiple: string): Decimal => own.value.times(multiple);
    if (from !== null) {
      const [grade2, grade3, grade4] = above;
      return {
        grade1: { edge: times(from), included: true },
        above: [times(grade2), times(grade3), times(grade4)],
      };
    }
    const [grade1, grade2, grade3, grade4] = above;
    return {
      grade1: { edge: times(grade1), included: false },
      above: [times(grade2), times(grade3), times(grade4)],
    };
  }
  if (upperLimit === null) return "NO_REFERENCE_RANGE";
  const [grade1, grade2, grade3, grade4] = row.timesUpperLimit.above;
  const times = (multiple: string): Decimal => upperLimit.times(multiple);
  return { grade1: { edge: times(grade1), included: false }, above: [times(grade2), times(grade3), times(grade4)] };
};

const weightEdges = (baseline: Baseline | null): WeightEdges | CannotGrade => {
  if (baseline === null) return "BEFORE_FIRST_DOSE";
  const own = baseline.values.weight;
  if (own === null) return "NO_BASELINE";
  const [grade1, grade2, grade3] = WEIGHT_CRITERIA.atMostPartOfBaseline;
  return [own.value.times(grade1), own.value.times(grade2), own.value.times(grade3)];
};

const computeEdges = (protocol: Protocol, baseline: Baseline | null): Edges => {
  const ranges = protocol.referenceRanges;
  const liver = (measurement: LiverMeasurement): LiverEdges | CannotGrade => {
    const row = LIVER_CRITERIA.find((criterion) => criterion.measurement === measurement);
    return row === undefined ? "NO_REFERENCE_RANGE" : liverEdges(row, ranges[measurement].upper, baseline);
  };
  return {
    neutrophils: countEdges(protocol.neutrophils, ranges.neutrophils.lower, "neutrophils", baseline),
    platelets: countEdges(protocol.platelets, ranges.platelets.lower, "platelets", baseline),
    alt: liver("alt"),
    ast: liver("ast"),
    bilirubin: liver("bilirubin"),
    weight: weightEdges(baseline),
  };
};

const BEFORE_FIRST_DOSE = {};
const computed = new WeakMap<Protocol, WeakMap<object, Edges>>();

/** The edges for an animal: `baseline` is null before its first dose. Worked out once per protocol version and baseline. */
export const edgesFor = (protocol: Protocol, baseline: Baseline | null): Edges => {
  const key = baseline ?? BEFORE_FIRST_DOSE;
  let ofProtocol = computed.get(protocol);
  if (ofProtocol === undefined) {
    ofProtocol = new WeakMap();
    computed.set(protocol, ofProtocol);
  }
  let edges = ofProtocol.get(key);
  if (edges === undefined) {
    edges = computeEdges(protocol, baseline);
    ofProtocol.set(key, edges);
  }
  return edges;
};
