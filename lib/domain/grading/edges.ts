import { Decimal } from "../decimal";
import type { CountCutOffs, Protocol } from "../study/protocol";
import type { Baseline } from "./baseline";
import {
  CREATININE_CRITERIA,
  ENZYME_LABORATORY_CRITERIA,
  FALLING_LABORATORY_CRITERIA,
  LIVER_CRITERIA,
  WEIGHT_CRITERIA,
  type CountMeasurement,
  type LaboratoryMeasurement,
} from "./criteria";

/** Where the grades of a falling value begin, in its own unit. */
export type FallingEdges = {
  readonly grade4Below: Decimal | null;
  readonly grade3Below: Decimal;
  readonly grade2Below: Decimal | null;
  readonly grade1Below: Decimal | null;
  /** Whether a value above all edges is known to be grade 0: not so with absolute cut-offs and no lower limit of normal. */
  readonly normalIsKnown: boolean;
};

/** Where the grades of a count of the protocol's own cut-offs begin, and where it has recovered. */
export type CountEdges = FallingEdges & { readonly recoverAt: Decimal };

/** What an edge is a multiple of. */
export type Multiple = { readonly times: string; readonly of: "UPPER_LIMIT" | "BASELINE" };

/** Where the grades of a rising value begin, in its own unit. */
export type RisingEdges = {
  readonly grade1: { readonly edge: Decimal; readonly included: boolean };
  /** Grades 2, 3 and 4 begin above these. */
  readonly above: readonly [grade2: Decimal, grade3: Decimal, grade4: Decimal];
  /** How the edges of grades 2, 3 and 4 came about. */
  readonly multiples: readonly [grade2: Multiple, grade3: Multiple, grade4: Multiple];
};

/** Grades 1, 2 and 3 of weight loss begin at or below these, in grams. */
export type WeightEdges = readonly [grade1: Decimal, grade2: Decimal, grade3: Decimal];

/** `NOT_NAMED`: a laboratory term that the protocol does not name, of which nothing is said. */
export type CannotGrade = "NO_REFERENCE_RANGE" | "NO_BASELINE" | "BEFORE_FIRST_DOSE" | "NOT_NAMED";

/** Every edge that holds for one animal under one protocol version: numbers ready to be compared with. */
export type Edges = {
  readonly neutrophils: CountEdges | CannotGrade;
  readonly platelets: CountEdges | CannotGrade;
  readonly hemoglobin: FallingEdges | CannotGrade;
  readonly wbc: FallingEdges | CannotGrade;
  readonly lymphocytes: FallingEdges | CannotGrade;
  readonly alt: RisingEdges | CannotGrade;
  readonly ast: RisingEdges | CannotGrade;
  readonly bilirubin: RisingEdges | CannotGrade;
  readonly alp: RisingEdges | CannotGrade;
  readonly ggt: RisingEdges | CannotGrade;
  readonly creatinine: RisingEdges | CannotGrade;
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

type EnzymeRow = (typeof LIVER_CRITERIA)[number] | (typeof ENZYME_LABORATORY_CRITERIA)[number];
type FourMultiples = readonly [string, string, string, string];

const aboveUpperLimit = ([grade1, ...rest]: FourMultiples, upperLimit: Decimal): RisingEdges => {
  const [grade2, grade3, grade4] = rest;
  const ofLimit = (times: string): Multiple => ({ times, of: "UPPER_LIMIT" });
  return {
    grade1: { edge: upperLimit.times(grade1), included: false },
    above: [upperLimit.times(grade2), upperLimit.times(grade3), upperLimit.times(grade4)],
    multiples: [ofLimit(grade2), ofLimit(grade3), ofLimit(grade4)],
  };
};

const enzymeEdges = (
  row: EnzymeRow,
  upperLimit: Decimal | null,
  baseline: Baseline | null,
): RisingEdges | CannotGrade => {
  const own = baseline?.aboveUpperLimit[row.measurement] ? baseline.values[row.measurement] : null;
  if (own === null) {
    return upperLimit === null ? "NO_REFERENCE_RANGE" : aboveUpperLimit(row.timesUpperLimit.above, upperLimit);
  }
  const { from, above } = row.timesHighBaseline;
  const [grade2, grade3, grade4] = from === null ? [above[1], above[2], above[3]] : above;
  const ofBaseline = (times: string): Multiple => ({ times, of: "BASELINE" });
  return {
    grade1: { edge: own.value.times(from ?? above[0]), included: from !== null },
    above: [own.value.times(grade2), own.value.times(grade3), own.value.times(grade4)],
    multiples: [ofBaseline(grade2), ofBaseline(grade3), ofBaseline(grade4)],
  };
};

/** The higher of two readings begins at the lower of their edges. */
const creatinineEdges = (upperLimit: Decimal | null, baseline: Baseline | null): RisingEdges | CannotGrade => {
  if (upperLimit === null) return "NO_REFERENCE_RANGE";
  const byLimit = aboveUpperLimit(CREATININE_CRITERIA.timesUpperLimit.above, upperLimit);
  const own = baseline?.values.creatinine ?? null;
  if (own === null) return byLimit;
  const [times2, times3] = CREATININE_CRITERIA.timesBaseline.above;
  const lower = (index: 0 | 1, times: string): readonly [Decimal, Multiple] => {
    const [limit, edge] = [byLimit.above[index], own.value.times(times)];
    return edge.lt(limit) ? [edge, { times, of: "BASELINE" }] : [limit, byLimit.multiples[index]];
  };
  const [[edge2, of2], [edge3, of3]] = [lower(0, times2), lower(1, times3)];
  return {
    grade1: byLimit.grade1,
    above: [edge2, edge3, byLimit.above[2]],
    multiples: [of2, of3, byLimit.multiples[2]],
  };
};

const fallingEdges = (
  { cutOffs }: (typeof FALLING_LABORATORY_CRITERIA)[number],
  lowerLimit: Decimal | null,
): FallingEdges => ({
  grade4Below: cutOffs.grade4Below === null ? null : new Decimal(cutOffs.grade4Below),
  grade3Below: new Decimal(cutOffs.grade3Below),
  grade2Below: new Decimal(cutOffs.grade2Below),
  grade1Below: lowerLimit,
  normalIsKnown: lowerLimit !== null,
});

const weightEdges = (baseline: Baseline | null): WeightEdges | CannotGrade => {
  if (baseline === null) return "BEFORE_FIRST_DOSE";
  const own = baseline.values.weight;
  if (own === null) return "NO_BASELINE";
  const [grade1, grade2, grade3] = WEIGHT_CRITERIA.atMostPartOfBaseline;
  return [own.value.times(grade1), own.value.times(grade2), own.value.times(grade3)];
};

const computeLaboratoryEdges = (
  { laboratoryTerms, referenceRanges }: Protocol,
  baseline: Baseline | null,
): Pick<Edges, LaboratoryMeasurement> => {
  const [anemia, whiteCells, lymphocytes] = FALLING_LABORATORY_CRITERIA;
  const [alp, ggt] = ENZYME_LABORATORY_CRITERIA;
  const falling = (row: (typeof FALLING_LABORATORY_CRITERIA)[number]): FallingEdges | CannotGrade =>
    laboratoryTerms.has(row.term) ? fallingEdges(row, referenceRanges[row.measurement].lower) : "NOT_NAMED";
  const enzyme = (row: (typeof ENZYME_LABORATORY_CRITERIA)[number]): RisingEdges | CannotGrade =>
    laboratoryTerms.has(row.term) ? enzymeEdges(row, referenceRanges[row.measurement].upper, baseline) : "NOT_NAMED";
  return {
    hemoglobin: falling(anemia),
    wbc: falling(whiteCells),
    lymphocytes: falling(lymphocytes),
    alp: enzyme(alp),
    ggt: enzyme(ggt),
    creatinine: laboratoryTerms.has(CREATININE_CRITERIA.term)
      ? creatinineEdges(referenceRanges.creatinine.upper, baseline)
      : "NOT_NAMED",
  };
};

const computeEdges = (protocol: Protocol, baseline: Baseline | null): Edges => {
  const ranges = protocol.referenceRanges;
  const [alt, ast, bilirubin] = LIVER_CRITERIA;
  const liver = (row: (typeof LIVER_CRITERIA)[number]): RisingEdges | CannotGrade =>
    enzymeEdges(row, ranges[row.measurement].upper, baseline);
  return {
    neutrophils: countEdges(protocol.neutrophils, ranges.neutrophils.lower, "neutrophils", baseline),
    platelets: countEdges(protocol.platelets, ranges.platelets.lower, "platelets", baseline),
    alt: liver(alt),
    ast: liver(ast),
    bilirubin: liver(bilirubin),
    ...computeLaboratoryEdges(protocol, baseline),
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
