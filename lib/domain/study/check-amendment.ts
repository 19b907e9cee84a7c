import { Decimal } from "../decimal";
import { convert, unitAsWritten } from "../units/unit-factors";
import { protocolDifference } from "./difference";
import { error, warning, type ProtocolFinding } from "./finding";
import type { Protocol } from "./protocol";

/** What an amendment changes, why, and who stands where it would change something under their feet. */
export type Amends = {
  readonly before: Protocol;
  readonly reason: string | null;
  /** Animals on dose that follow the protocol's own levels, each with the dose that it is on. */
  readonly onOwnLevels: readonly { readonly animal: string; readonly dose: Decimal }[];
};

const ONE = new Decimal(1);
/** What bilirubin is kept in where a study names neither a limit nor a unit. */
const USUAL_BILIRUBIN_UNIT = "mg/dL";

/** The unit of the bilirubin recorded so far; null where it cannot be told: imported limits without a unit. */
const keptBilirubinUnit = ({ referenceRanges: { bilirubin } }: Protocol): string | null => {
  const { lower, upper, unit } = bilirubin;
  if (unit !== null) return unit;
  return lower === null && upper === null ? USUAL_BILIRUBIN_UNIT : null;
};

/** Recorded numbers carry no unit of their own: a baseline in the one would be compared with a result in the other. */
const bilirubinFindings = (protocol: Protocol, before: Protocol): readonly ProtocolFinding[] => {
  const [kept, { unit }] = [keptBilirubinUnit(before), protocol.referenceRanges.bilirubin];
  if (kept === null || unit === null || unitAsWritten("bilirubin", unit) === null) return [];
  if (convert("bilirubin", ONE, unit, kept)?.eq(ONE) === true) return [];
  const message = `Bilirubin stays in ${kept}: every value and baseline recorded so far is in it. Write the limits in ${kept}; results typed in ${unit} are converted.`;
  return [error("referenceRanges.bilirubin.unit", message)];
};

const NAMED = 5;

const namedAnimals = (tags: readonly string[]): string => {
  const named = tags.slice(0, NAMED).join(", ");
  return tags.length <= NAMED ? named : `${named} and ${String(tags.length - NAMED)} more`;
};

/** Doses that animals are on, and that the amended ladder no longer has. */
const standingFindings = (
  { doseLevels, doseUnit }: Protocol,
  { onOwnLevels }: Pick<Amends, "onOwnLevels">,
): readonly ProtocolFinding[] => {
  const doses = new Map<string, { readonly dose: Decimal; readonly animals: string[] }>();
  for (const { animal, dose } of onOwnLevels) {
    if (doseLevels.some((level) => level.eq(dose))) continue;
    const known = doses.get(dose.toFixed());
    if (known === undefined) doses.set(dose.toFixed(), { dose, animals: [animal] });
    else known.animals.push(animal);
  }
  return [...doses.values()].map(({ dose, animals }) => {
    const lower = doseLevels.find((level) => level.lt(dose));
    const next = lower === undefined ? "discontinued for good" : `restarted at ${lower.toFixed()} ${doseUnit}`;
    const message = `${dose.toFixed()} ${doseUnit} would be no level any more, and ${namedAnimals(animals)} ${animals.length === 1 ? "is" : "are"} on it: ${animals.length === 1 ? "it stays" : "they stay"} there, and after the next hold for a count ${animals.length === 1 ? "is" : "are"} ${next}.`;
    return warning("doseLevels", message);
  });
};

/** What can be said against an amendment beside the version that it amends. */
export const amendmentFindings = (protocol: Protocol, amends: Amends): readonly ProtocolFinding[] => {
  const { before, reason } = amends;
  const findings: ProtocolFinding[] = [];
  if (reason === null || reason.trim() === "")
    findings.push(error("reason", "The reason is missing: say why the protocol is amended. It is kept for good."));
  if (protocol.doseUnit !== before.doseUnit) {
    const message = `The dose unit stays ${before.doseUnit}: the groups’ ladders and every recorded dose are in it.`;
    findings.push(error("doseUnit", message));
  }
  if (protocolDifference(before, protocol).length === 0)
    findings.push(error("$", `Nothing differs from version ${String(before.version)}: there is nothing to sign.`));
  const earliest = before.effectiveFrom;
  if (protocol.effectiveFrom !== null && earliest !== null && protocol.effectiveFrom.ms <= earliest.ms) {
    const message = `It must be in force from later than version ${String(before.version)}, which is from ${earliest.text} on.`;
    findings.push(error("effectiveFrom", message));
  }
  return [...findings, ...bilirubinFindings(protocol, before), ...standingFindings(protocol, amends)];
};
