import { Decimal } from "../decimal";
import { toxicityWord } from "../language/animal-words";
import { gradingLimit, laboratoryTermOf, RANGED_MEASUREMENTS } from "../grading/criteria";
import { analyteRow } from "../record/analytes";
import { canonicalUnit, convert } from "../units/unit-factors";
import { amendmentFindings, type Amends } from "./check-amendment";
import { countFindings } from "./check-counts";
import type { DoseGroup } from "./dose-group";
import { error, warning, type ProtocolFinding } from "./finding";
import type { Protocol } from "./protocol";

/** What of a dose group the checks look at. */
type CheckedGroup = Pick<DoseGroup, "code" | "control" | "doseLevels">;

export type CheckedDraft = {
  readonly protocol: Protocol;
  readonly groups: readonly CheckedGroup[];
  /** False while nobody has chosen how dosing resumes. */
  readonly resumePolicyChosen: boolean;
  /** Null for a study's first version. */
  readonly amends: Amends | null;
};

const ladderText = (levels: readonly Decimal[], unit: string): string =>
  `${levels.map((level) => level.toFixed()).join(", ")} ${unit}`;

/** Where a ladder leads: to a next level for counts, and by the decrement for everything else. */
const ladderFindings = (
  path: string,
  whose: string,
  levels: readonly Decimal[],
  { restartDecrement, doseUnit }: Protocol,
): readonly ProtocolFinding[] => {
  const [highest] = levels;
  const lowest = levels[levels.length - 1];
  if (highest === undefined || lowest === undefined) {
    return [error(path, `${whose} has no dose level: its ladder leads nowhere. Give it at least one.`)];
  }
  if (levels.length === 1) {
    const message = `${whose} has one level, ${ladderText(levels, doseUnit)}: the first toxicity of an animal discontinues it for good.`;
    return [warning(path, message)];
  }
  if (highest.minus(restartDecrement).lt(lowest)) {
    const message = `Less ${restartDecrement.toFixed()} ${doseUnit}, even the highest level of ${whose}, ${highest.toFixed()}, is below its lowest, ${lowest.toFixed()}: any toxicity that is not of the counts discontinues for good.`;
    return [warning("restartDecrement", message)];
  }
  const offLadder = levels.find((level) => {
    const reduced = level.minus(restartDecrement);
    return reduced.gte(lowest) && !levels.some((other) => other.eq(reduced));
  });
  if (offLadder === undefined) return [];
  const message = `From ${offLadder.toFixed()} ${doseUnit}, ${restartDecrement.toFixed()} less is no level of ${whose} (${ladderText(levels, doseUnit)}): the animal restarts between two levels.`;
  return [warning("restartDecrement", message)];
};

const groupFindings = ({ groups, protocol }: CheckedDraft): readonly ProtocolFinding[] =>
  groups.flatMap(({ code, control, doseLevels }, index) => {
    if (control) return [];
    const own = doseLevels.length > 0;
    const path = own ? `groups[${String(index)}].doseLevels` : "doseLevels";
    return ladderFindings(path, `group ${code}`, own ? doseLevels : protocol.doseLevels, protocol);
  });

/** Levels so near each other that the tolerance takes one for the next. */
const toleranceFindings = ({ protocol, groups }: CheckedDraft): readonly ProtocolFinding[] => {
  const { doseTolerancePercent } = protocol;
  const ladders = groups.flatMap(({ control, doseLevels }) =>
    control ? [] : [doseLevels.length > 0 ? doseLevels : protocol.doseLevels],
  );
  for (const levels of ladders) {
    for (const [index, level] of levels.entries()) {
      const next = levels[index + 1];
      if (next === undefined || level.minus(next).times(100).gt(level.times(doseTolerancePercent))) continue;
      const message = `With ${doseTolerancePercent.toFixed()} % of tolerance a dose of ${next.toFixed()} ${protocol.doseUnit} passes for ${level.toFixed()}: two levels overlap.`;
      return [warning("doseTolerancePercent", message)];
    }
  }
  return [];
};

const ONE = new Decimal(1);

/** The numbers of a range are compared as they are: they must be in the unit in which the values are kept. */
const unitFindings = ({ referenceRanges }: Protocol): readonly ProtocolFinding[] =>
  RANGED_MEASUREMENTS.flatMap((measurement) => {
    const { lower, upper, unit } = referenceRanges[measurement];
    if (lower === null && upper === null) return [];
    const path = `referenceRanges.${measurement}.unit`;
    if (measurement === "bilirubin") {
      return unit === null
        ? [error(path, "The unit is missing: bilirubin is recorded and judged in the unit of its range.")]
        : [];
    }
    if (unit === null) return [];
    const kept = canonicalUnit(measurement);
    return convert(measurement, ONE, unit, kept)?.eq(ONE) === true
      ? []
      : [error(path, `The limits are compared in ${kept}, and “${unit}” is another unit: write them in ${kept}.`)];
  });

/** Values that are graded and have no limit; of neutrophils and platelets the checks of their cut-offs say it. */
const rangeFindings = ({ laboratoryTerms, referenceRanges }: Protocol): readonly ProtocolFinding[] =>
  RANGED_MEASUREMENTS.filter((measurement) => measurement !== "neutrophils" && measurement !== "platelets").flatMap(
    (measurement) => {
      const term = laboratoryTermOf(measurement);
      const limit = gradingLimit(measurement);
      if (term !== null && !laboratoryTerms.has(term)) return [];
      if (referenceRanges[measurement][limit] !== null) return [];
      const { label } = analyteRow(measurement);
      const message =
        limit === "upper"
          ? `${label} has no upper limit of normal: its values cannot be graded.`
          : `${label} has no lower limit of normal: grade 1 cannot be distinguished from a normal value.`;
      return [warning(`referenceRanges.${measurement}.${limit}`, message)];
    },
  );

const COLDEST_FEVER = 37;
const HOTTEST_FEVER = 43;
const HIGHEST_RASH_GRADE = 3;

const otherFindings = ({
  feverCelsius,
  febrileWindowMs,
  discontinueFindings,
}: Protocol): readonly ProtocolFinding[] => {
  const findings: ProtocolFinding[] = [];
  if (feverCelsius.gt(HOTTEST_FEVER)) {
    const message = `No animal reaches ${feverCelsius.toFixed()} °C alive: febrile neutropenia is never found. Is it in °F?`;
    findings.push(warning("feverCelsius", message));
  } else if (feverCelsius.lt(COLDEST_FEVER)) {
    const message = `${feverCelsius.toFixed()} °C is a normal temperature: every low count would be febrile neutropenia.`;
    findings.push(warning("feverCelsius", message));
  }
  if (febrileWindowMs === 0) {
    const message = "Count and temperature must be of one instant: febrile neutropenia is hardly ever found.";
    findings.push(warning("febrileWindowHours", message));
  }
  const terms = [...discontinueFindings];
  terms.forEach(([term, grade], index) => {
    const path = `discontinueFindings[${String(index)}].grade`;
    if (grade === 0)
      findings.push(warning(path, `${toxicityWord(term)} recorded as grade 0, which is absent, would discontinue.`));
    if (term === "RASH" && grade > HIGHEST_RASH_GRADE) {
      const message = `Rash from grade ${String(grade)} is the source’s; CTCAE v5.0 ends maculo-papular rash at grade 3, so whoever grades by it never reaches this row.`;
      findings.push(warning(path, message));
    }
  });
  return findings;
};

/**
 * What can be said against a draft that can be read: errors that stop its signature, and warnings for whoever signs, each
 * with the path of its setting. Errors first.
 */
export const checkDraft = (draft: CheckedDraft): readonly ProtocolFinding[] => {
  const { protocol } = draft;
  const found = [
    ...(draft.resumePolicyChosen
      ? []
      : [error("resumePolicy", "Choose how dosing resumes before signing: automatic, or on-order.")]),
    ...(draft.amends === null ? [] : amendmentFindings(protocol, draft.amends)),
    ...(protocol.doseUnit.trim() === "" ? [error("doseUnit", "The unit of the doses is missing.")] : []),
    ...countFindings("neutrophils", protocol),
    ...countFindings("platelets", protocol),
    ...groupFindings(draft),
    ...toleranceFindings(draft),
    ...unitFindings(protocol),
    ...rangeFindings(protocol),
    ...otherFindings(protocol),
  ];
  return [
    ...found.filter(({ severity }) => severity === "error"),
    ...found.filter(({ severity }) => severity === "warning"),
  ];
};
