import { RANGED_MEASUREMENTS, type RangedMeasurement } from "../grading/criteria";
import { MS_PER_HOUR } from "../time/instant";
import type { CountCutOffs, Protocol, ReferenceRange } from "../study/protocol";
import { Decimal } from "../decimal";

const numberOf = (value: Decimal | null): number | null => value?.toNumber() ?? null;

const cutOffsDocument = ({ basis, grade2Below, grade3Below, grade4Below, recoverAt }: CountCutOffs) => ({
  basis,
  grade2Below: numberOf(grade2Below),
  grade3Below: grade3Below.toNumber(),
  grade4Below: numberOf(grade4Below),
  recoverAt: recoverAt.toNumber(),
});

const rangeDocument = ({ lower, upper, unit }: ReferenceRange) => ({
  lower: numberOf(lower),
  upper: numberOf(upper),
  unit,
});

/**
 * A protocol version as dose-history/1 holds it, with every default written out: what is stored so is judged the same
 * by a later version of the product, whatever its defaults are then.
 */
export const protocolDocument = (protocol: Protocol) => {
  const { referenceRanges } = protocol;
  return {
    version: protocol.version,
    effectiveFrom: protocol.effectiveFrom?.text ?? null,
    ruleSet: protocol.ruleSet,
    doseUnit: protocol.doseUnit,
    doseLevels: protocol.doseLevels.map((level) => level.toNumber()),
    restartDecrement: protocol.restartDecrement.toNumber(),
    feverCelsius: protocol.feverCelsius.toNumber(),
    febrileWindowHours: new Decimal(protocol.febrileWindowMs).div(MS_PER_HOUR).toNumber(),
    neutrophils: cutOffsDocument(protocol.neutrophils),
    platelets: cutOffsDocument(protocol.platelets),
    otherRecoverGrade: protocol.otherRecoverGrade,
    resumePolicy: protocol.resumePolicy,
    doseTolerancePercent: protocol.doseTolerancePercent.toNumber(),
    discontinueFindings: [...protocol.discontinueFindings].map(([term, grade]) => ({ term, grade })),
    laboratoryTerms: Object.fromEntries(protocol.laboratoryTerms),
    referenceRanges: Object.fromEntries(
      RANGED_MEASUREMENTS.map((measurement) => [measurement, rangeDocument(referenceRanges[measurement])]),
    ) as Record<RangedMeasurement, ReturnType<typeof rangeDocument>>,
  };
};
