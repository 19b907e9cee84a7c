import type { AnimalDocument, EntryDocument, MeasuredField, ProtocolDocument } from "./document";
import { below, compareFractions, fractionOf, minus, percentOf, times, type Fraction } from "./fraction";
import { isGiven } from "./not-done";
import { cutOffs, fractionOrNull, isPercent, limit, protocolInForce, useOf } from "./settings";
import type { Standing } from "./standing";

export type Grade = { readonly term: string; readonly grade: number };
export type Ungraded = { readonly term: string; readonly reason: string };

/** One measured value: a qualified one is compared as just beside its number. */
export type Value = { readonly number: Fraction; readonly beside: -1 | 0 | 1 };

const CARRIED_BY: Readonly<Record<MeasuredField, string>> = {
  grams: "weight",
  neutrophils: "cbc",
  platelets: "cbc",
  alt: "lft",
  ast: "lft",
  bilirubin: "lft",
  alp: "lft",
  ggt: "lft",
  creatinine: "lft",
  hemoglobin: "cbc",
  wbc: "cbc",
  lymphocytes: "cbc",
  temperature: "observation",
};

export const valueOf = (entry: EntryDocument, field: MeasuredField): Value | null => {
  const number = entry.kind === CARRIED_BY[field] ? fractionOrNull(entry[field]) : null;
  const qualifier = entry.qualifiers?.[field];
  return number === null ? null : { number, beside: qualifier === "<" ? -1 : qualifier === ">" ? 1 : 0 };
};

export const compareValue = (value: Value, cutOff: Fraction): number =>
  compareFractions(value.number, cutOff) || value.beside;

/** All that a value is judged against, read anew from the whole order for each entry. */
export type Place = {
  readonly protocols: readonly ProtocolDocument[];
  readonly animal: AnimalDocument;
  readonly order: readonly Standing[];
  readonly index: number;
};

export const firstDoseIndex = (animal: AnimalDocument, order: readonly Standing[]): number =>
  order.findIndex(({ entry }) => entry.kind === "dose" && isGiven(animal, entry));

const afterFirstDose = ({ animal, order, index }: Place): boolean => {
  const first = firstDoseIndex(animal, order);
  return first >= 0 && first < index;
};

export const baselineOf = (place: Place, field: MeasuredField): Fraction | null => {
  if (!afterFirstDose(place)) return null;
  const before = place.order
    .slice(0, firstDoseIndex(place.animal, place.order))
    .map(({ entry }) => valueOf(entry, field))
    .filter((value) => value !== null && value.beside === 0);
  const last = before.at(-1)?.number ?? null;
  const notOfZero = field === "neutrophils" || field === "platelets" || field === "creatinine";
  return last !== null && notOfZero && last.over === 0n ? null : last;
};

type Judgement = number | string | null;

/** A grade, a reason why there is none, or null where none is expected. */
const judgeCount = (
  place: Place,
  protocol: ProtocolDocument,
  entry: EntryDocument,
  field: "neutrophils" | "platelets",
): Judgement => {
  const value = valueOf(entry, field);
  if (value === null) return "NOT_REPORTED";
  const percent = isPercent(protocol, field);
  if (percent && !afterFirstDose(place)) return null;
  const cuts = cutOffs(protocol, field, baselineOf(place, field));
  if (cuts === null) return "NO_BASELINE";
  if (cuts.grade4Below !== null && compareValue(value, cuts.grade4Below) < 0) return 4;
  if (compareValue(value, cuts.grade3Below) < 0) return 3;
  if (cuts.grade2Below !== null && compareValue(value, cuts.grade2Below) < 0) return 2;
  if (percent) return 0;
  const lower = limit(protocol, field, "lower");
  return lower === null ? "NO_REFERENCE_RANGE" : compareValue(value, lower) < 0 ? 1 : 0;
};

const MULTIPLES = {
  alt: [3, 5, 20],
  ast: [3, 5, 20],
  bilirubin: [1.5, 3, 10],
  alp: [2.5, 5, 20],
  ggt: [2.5, 5, 20],
} as const;

/** The multiple of a high baseline at which grade 1 begins; bilirubin's begins above the baseline itself. */
const GRADE_1_FROM = { alt: 1.5, ast: 1.5, bilirubin: null, alp: 2, ggt: 2 } as const;

const judgeLiver = (
  place: Place,
  protocol: ProtocolDocument,
  entry: EntryDocument,
  field: keyof typeof MULTIPLES,
): Judgement => {
  const value = valueOf(entry, field);
  if (value === null) return "NOT_REPORTED";
  const baseline = baselineOf(place, field);
  const first = place.order[firstDoseIndex(place.animal, place.order)];
  const limitThen = first === undefined ? null : limit(protocolInForce(place.protocols, first.entry), field, "upper");
  const high = baseline !== null && limitThen !== null && below(limitThen, baseline);
  const unit = high ? baseline : limit(protocol, field, "upper");
  if (unit === null) return "NO_REFERENCE_RANGE";
  const [one, two, three] = MULTIPLES[field];
  const above = (multiple: number): boolean => compareValue(value, times(fractionOf(multiple), unit)) > 0;
  if (above(three)) return 4;
  if (above(two)) return 3;
  if (above(one)) return 2;
  const from = high ? GRADE_1_FROM[field] : null;
  if (from !== null) return compareValue(value, times(fractionOf(from), unit)) >= 0 ? 1 : 0;
  return above(1) ? 1 : 0;
};

const FALLING = {
  hemoglobin: [10, 8],
  wbc: [3, 2, 1],
  lymphocytes: [0.8, 0.5, 0.2],
} as const;

const judgeFalling = (protocol: ProtocolDocument, entry: EntryDocument, field: keyof typeof FALLING): Judgement => {
  const value = valueOf(entry, field);
  if (value === null) return "NOT_REPORTED";
  const passed = FALLING[field].filter((cut) => compareValue(value, fractionOf(cut)) < 0).length;
  if (passed > 0) return passed + 1;
  const lower = limit(protocol, field, "lower");
  return lower === null ? "NO_REFERENCE_RANGE" : compareValue(value, lower) < 0 ? 1 : 0;
};

const judgeCreatinine = (place: Place, protocol: ProtocolDocument, entry: EntryDocument): Judgement => {
  const value = valueOf(entry, "creatinine");
  if (value === null) return "NOT_REPORTED";
  const upper = limit(protocol, "creatinine", "upper");
  if (upper === null) return "NO_REFERENCE_RANGE";
  const byUpper = [1, 1.5, 3, 6].filter((many) => compareValue(value, times(fractionOf(many), upper)) > 0).length;
  const baseline = baselineOf(place, "creatinine");
  if (baseline === null) return byUpper;
  const byBaseline = [1.5, 3].filter((many) => compareValue(value, times(fractionOf(many), baseline)) > 0).length;
  return Math.max(byUpper, byBaseline === 0 ? 0 : byBaseline + 1);
};

const judgeWeight = (place: Place, entry: EntryDocument): Judgement => {
  const value = valueOf(entry, "grams");
  if (value === null || !afterFirstDose(place)) return null;
  const baseline = baselineOf(place, "grams");
  if (baseline === null) return "NO_BASELINE";
  const lost = (percent: number): boolean =>
    compareValue(value, minus(baseline, percentOf(fractionOf(percent), baseline))) <= 0;
  return lost(20) ? 3 : lost(10) ? 2 : lost(5) ? 1 : 0;
};

const judgements = (place: Place, entry: EntryDocument): [string, Judgement][] => {
  const protocol = protocolInForce(place.protocols, entry);
  const named = (term: string, judge: () => Judgement): Judgement => (useOf(protocol, term) === null ? null : judge());
  if (entry.kind === "cbc")
    return [
      ["NEUTROPENIA", judgeCount(place, protocol, entry, "neutrophils")],
      ["THROMBOCYTOPENIA", judgeCount(place, protocol, entry, "platelets")],
      ["ANEMIA", named("ANEMIA", () => judgeFalling(protocol, entry, "hemoglobin"))],
      ["WHITE_BLOOD_CELL_DECREASED", named("WHITE_BLOOD_CELL_DECREASED", () => judgeFalling(protocol, entry, "wbc"))],
      [
        "LYMPHOCYTE_COUNT_DECREASED",
        named("LYMPHOCYTE_COUNT_DECREASED", () => judgeFalling(protocol, entry, "lymphocytes")),
      ],
    ];
  if (entry.kind === "lft")
    return [
      ["ALT_INCREASED", judgeLiver(place, protocol, entry, "alt")],
      ["AST_INCREASED", judgeLiver(place, protocol, entry, "ast")],
      ["BILIRUBIN_INCREASED", judgeLiver(place, protocol, entry, "bilirubin")],
      ["ALP_INCREASED", named("ALP_INCREASED", () => judgeLiver(place, protocol, entry, "alp"))],
      ["GGT_INCREASED", named("GGT_INCREASED", () => judgeLiver(place, protocol, entry, "ggt"))],
      ["CREATININE_INCREASED", named("CREATININE_INCREASED", () => judgeCreatinine(place, protocol, entry))],
    ];
  if (entry.kind === "weight") return [["WEIGHT_LOSS", judgeWeight(place, entry)]];
  if (entry.kind === "observation") return (entry.findings ?? []).map(({ term, grade }) => [term, grade]);
  return [];
};

export const gradesOf = (place: Place, entry: EntryDocument): { grades: Grade[]; ungraded: Ungraded[] } => {
  const grades: Grade[] = [];
  const ungraded: Ungraded[] = [];
  for (const [term, judgement] of judgements(place, entry))
    if (typeof judgement === "number") grades.push({ term, grade: judgement });
    else if (judgement !== null) ungraded.push({ term, reason: judgement });
  return { grades, ungraded };
};
