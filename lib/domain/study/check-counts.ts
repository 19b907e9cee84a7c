import type { Decimal } from "../decimal";
import { error, warning, type ProtocolFinding } from "./finding";
import type { CountCutOffs, Protocol } from "./protocol";

type Count = "neutrophils" | "platelets";
type Edge = "grade2Below" | "grade3Below" | "grade4Below" | "recoverAt";

const EDGES: readonly Edge[] = ["grade4Below", "grade3Below", "grade2Below"];
const GRADES: Readonly<Record<Edge, string>> = {
  grade2Below: "grade 2",
  grade3Below: "grade 3",
  grade4Below: "grade 4",
  recoverAt: "recovery",
};

const text = (value: Decimal, { basis }: CountCutOffs): string =>
  basis === "absolute" ? `${value.toFixed()} × 10⁹/L` : `${value.toFixed()} % of the baseline`;

const numberIn = (block: object, key: Edge): number | null => {
  const value = (block as Readonly<Record<string, unknown>>)[key];
  return typeof value === "number" ? value : null;
};

/**
 * Cut-offs that are out of order, each named where it stands. It looks at the numbers of a document, as the reader of
 * protocols would refuse it at the first such fault.
 */
export const edgeOrderFindings = (count: Count, block: object): readonly ProtocolFinding[] => {
  const findings: ProtocolFinding[] = [];
  const given = EDGES.flatMap((key) => {
    const value = numberIn(block, key);
    return value === null ? [] : [{ key, value }];
  });
  given.forEach((edge, index) => {
    const milder = given[index + 1];
    if (milder === undefined || edge.value <= milder.value) return;
    const message = `${GRADES[edge.key]} begins below ${String(edge.value)}, which is above where ${GRADES[milder.key]} begins, ${String(milder.value)}: a lower count must not be the milder one.`;
    findings.push(error(`${count}.${edge.key}`, message));
  });
  const recoverAt = numberIn(block, "recoverAt");
  const grade3 = numberIn(block, "grade3Below");
  if (recoverAt !== null && grade3 !== null && recoverAt < grade3) {
    const message = `A count of ${String(recoverAt)} would have recovered and be grade 3 at once: recovery must not be below ${String(grade3)}.`;
    findings.push(error(`${count}.recoverAt`, message));
  }
  return findings;
};

/** Two grades that begin at one number: the milder one of them can never be reached. */
const overlaps = (count: Count, block: CountCutOffs): readonly ProtocolFinding[] => {
  const { grade2Below, grade3Below, grade4Below } = block;
  const findings: ProtocolFinding[] = [];
  if (grade4Below?.eq(grade3Below) === true) {
    const message = `Grade 3 and grade 4 both begin below ${text(grade3Below, block)}: the row of grade 3 is never reached.`;
    findings.push(warning(`${count}.grade4Below`, message));
  }
  if (grade2Below?.eq(grade3Below) === true) {
    const message = `Grade 2 and grade 3 both begin below ${text(grade3Below, block)}: a count is never grade 2.`;
    findings.push(warning(`${count}.grade2Below`, message));
  }
  return findings;
};

/** Counts that no row speaks of. */
const gaps = (count: Count, block: CountCutOffs): readonly ProtocolFinding[] => {
  const { grade2Below, grade3Below, grade4Below, recoverAt } = block;
  const findings: ProtocolFinding[] = [];
  if (grade4Below === null) {
    const message = `No count is grade 4: however low it is, it is grade 3, and the row of grade 4 is never reached.`;
    findings.push(warning(`${count}.grade4Below`, message));
  }
  if (grade2Below === null) {
    const message = `There is no grade 2: a count goes from grade 0 to grade 3 at ${text(grade3Below, block)}.`;
    findings.push(warning(`${count}.grade2Below`, message));
  }
  if (recoverAt.gt(grade3Below)) {
    const message = `From ${grade3Below.toFixed()} to below ${text(recoverAt, block)} a count neither withholds nor ends a hold.`;
    findings.push(warning(`${count}.recoverAt`, message));
  }
  return findings;
};

/** Absolute cut-offs beside what is normal for these animals. */
const besideNormal = (count: Count, protocol: Protocol): readonly ProtocolFinding[] => {
  const block = protocol[count];
  const { lower } = protocol.referenceRanges[count];
  const path = `referenceRanges.${count}.lower`;
  if (block.basis === "percentOfBaseline") return [];
  if (lower === null) {
    return [warning(path, "There is no lower limit of normal: grade 1 cannot be told from a normal count.")];
  }
  const normal = `the lower limit of normal, ${text(lower, block)}`;
  if (lower.lt(block.grade3Below)) {
    const message = `An animal at ${normal}, is grade 3 and would be withheld: these cut-offs are human ones.`;
    return [warning(path, message)];
  }
  const findings: ProtocolFinding[] = [];
  if (block.grade2Below !== null && lower.lte(block.grade2Below)) {
    const message = `Grade 1 is never reached: ${normal}, is not above where grade 2 begins, ${text(block.grade2Below, block)}.`;
    findings.push(warning(path, message));
  }
  if (lower.lt(block.recoverAt)) {
    const message = `An animal at ${normal}, would not have recovered: recovery is at ${text(block.recoverAt, block)}.`;
    findings.push(warning(`${count}.recoverAt`, message));
  }
  return findings;
};

const HIGHEST_PERCENT = 100;

const besideBaseline = (count: Count, block: CountCutOffs): readonly ProtocolFinding[] => {
  if (block.basis === "absolute") return [];
  if (block.grade3Below.gt(HIGHEST_PERCENT)) {
    const message = `Every animal would be grade 3 at its own baseline: the cut-off is ${text(block.grade3Below, block)}.`;
    return [error(`${count}.grade3Below`, message)];
  }
  if (!block.recoverAt.gt(HIGHEST_PERCENT)) return [];
  const message = `No animal would have recovered at its own baseline: recovery is at ${text(block.recoverAt, block)}.`;
  return [warning(`${count}.recoverAt`, message)];
};

/** Gaps, overlaps and rows that are never reached, in the cut-offs of one count. */
export const countFindings = (count: Count, protocol: Protocol): readonly ProtocolFinding[] => {
  const block = protocol[count];
  return [
    ...overlaps(count, block),
    ...gaps(count, block),
    ...besideNormal(count, protocol),
    ...besideBaseline(count, block),
  ];
};
