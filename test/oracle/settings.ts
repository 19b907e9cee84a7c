import type { CutOffsDocument, EntryDocument, ProtocolDocument, RangedField } from "./document";
import { fractionOf, percentOf, type Fraction } from "./fraction";
import { millisecondsOf } from "./instants";

/** The source's cut-offs, where an absolute block leaves one out. */
const SOURCE_CUT_OFFS = {
  neutrophils: { grade2Below: 1.5, grade3Below: 1, grade4Below: 0.5, recoverAt: 1 },
  platelets: { grade2Below: 75, grade3Below: 50, grade4Below: 25, recoverAt: 50 },
};

export const fractionOrNull = (number: number | null | undefined): Fraction | null =>
  number === null || number === undefined ? null : fractionOf(number);

export const protocolInForce = (protocols: readonly ProtocolDocument[], entry: EntryDocument): ProtocolDocument => {
  const at = millisecondsOf(entry.observedAt ?? "");
  const begun = protocols.filter(
    ({ effectiveFrom }) => effectiveFrom === null || effectiveFrom === undefined || millisecondsOf(effectiveFrom) <= at,
  );
  const last = begun.at(-1);
  if (last === undefined) throw new Error("no protocol from the beginning");
  return last;
};

export const isPercent = (protocol: ProtocolDocument, count: "neutrophils" | "platelets"): boolean =>
  protocol[count]?.basis === "percentOfBaseline";

export type CutOffs = {
  readonly grade2Below: Fraction | null;
  readonly grade3Below: Fraction;
  readonly grade4Below: Fraction | null;
  readonly recoverAt: Fraction;
};

/** The cut-offs in 10⁹/L. Null: they are per cent of a baseline that there is not. */
export const cutOffs = (
  protocol: ProtocolDocument,
  count: "neutrophils" | "platelets",
  baseline: Fraction | null,
): CutOffs | null => {
  const percent = isPercent(protocol, count);
  if (percent && baseline === null) return null;
  const block: CutOffsDocument = protocol[count] ?? {};
  const at = (key: "grade2Below" | "grade3Below" | "grade4Below" | "recoverAt"): Fraction | null => {
    const given = fractionOrNull(block[key]);
    if (!percent) return given ?? fractionOf(SOURCE_CUT_OFFS[count][key]);
    return given === null || baseline === null ? null : percentOf(given, baseline);
  };
  const [grade3Below, recoverAt] = [at("grade3Below"), at("recoverAt")];
  if (grade3Below === null || recoverAt === null) throw new Error("a cut-off that must be there is not");
  return { grade2Below: at("grade2Below"), grade3Below, grade4Below: at("grade4Below"), recoverAt };
};

export const limit = (protocol: ProtocolDocument, field: RangedField, end: "lower" | "upper"): Fraction | null =>
  fractionOrNull(protocol.referenceRanges?.[field]?.[end]);

/** What a protocol lets a laboratory term do; null of one that it does not name. */
export const useOf = (protocol: ProtocolDocument, term: string): string | null =>
  protocol.laboratoryTerms?.[term] ?? null;

const LABORATORY = [
  "ANEMIA",
  "WHITE_BLOOD_CELL_DECREASED",
  "LYMPHOCYTE_COUNT_DECREASED",
  "ALP_INCREASED",
  "GGT_INCREASED",
  "CREATININE_INCREASED",
];

/** A laboratory term counts as a toxicity only where it is to hold; every other term does. */
export const canHold = (protocol: ProtocolDocument, term: string): boolean =>
  !LABORATORY.includes(term) || useOf(protocol, term) === "hold";

/** Term → grades from which a finding discontinues. */
export const discontinues = (protocol: ProtocolDocument, term: string, grade: number): boolean =>
  (
    protocol.discontinueFindings ?? [
      { term: "RASH", grade: 4 },
      { term: "STEVENS_JOHNSON_SYNDROME", grade: 1 },
      { term: "TOXIC_EPIDERMAL_NECROLYSIS", grade: 1 },
      { term: "ANGIOEDEMA", grade: 1 },
      { term: "ANAPHYLAXIS", grade: 1 },
    ]
  ).some((listed) => listed.term === term && grade >= listed.grade);
