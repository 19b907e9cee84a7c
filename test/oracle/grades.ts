import type { AnimalDocument, EntryDocument, MeasuredField, ProtocolDocument } from "./document";
import { below, compareFractions, fractionOf, minus, percentOf, times, type Fraction } from "./fraction";
import { cutOffs, fractionOrNull, isPercent, limit, protocolInForce } from "./settings";
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
  order.findIndex(({ entry }) => entry.kind === "dose" && (animal.control === true || (entry.amount ?? 0) > 0));

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
  const isCount = field === "neutrophils" || field === "platelets";
  return last !== null && isCount && last.over === 0n ? null : last;
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

const MULTIPLES = { alt: [3, 5, 20], ast: [3, 5, 20], bilirubin: [1.5, 3, 10] } as const;

const judgeLiver = (
  place: Place,
  protocol: ProtocolDocument,
  entry: EntryDocument,
  field: "alt" | "ast" | "bilirubin",
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
  if (high && field !== "bilirubin") return compareValue(value, times(fractionOf(1.5), unit)) >= 0 ? 1 : 0;
  return above(1) ? 1 : 0;
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
  if (entry.kind === "cbc")
    return [
      ["NEUTROPENIA", judgeCount(place, protocol, entry, "neutrophils")],
      ["THROMBOCYTOPENIA", judgeCount(place, protocol, entry, "platelets")],
    ];
  if (entry.kind === "lft")
    return [
      ["ALT_INCREASED", judgeLiver(place, protocol, entry, "alt")],
      ["AST_INCREASED", judgeLiver(place, protocol, entry, "ast")],
      ["BILIRUBIN_INCREASED", judgeLiver(place, protocol, entry, "bilirubin")],
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
