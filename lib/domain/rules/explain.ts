import { CTCAE_VERSION } from "../grading/criteria";
import type { LogEntry, ObservedEntry } from "../record/log-entry";
import type { StandingVersion } from "../record/record";
import { standingVersions } from "../record/standing-versions";
import { protocolInForce } from "../study/in-force";
import type { StudyAnimal, Protocol } from "../study/protocol";
import { studyDayOf } from "../time/study-day";
import type { ExplainedEvent, Explanation, RuleVerdict } from "./explanation";
import type { DoseEvent } from "./history";
import type { Recorder } from "./recorder";
import { restartDoseOfHold } from "./restart-dose";
import { rulesOf } from "./sets/rule-sets";
import type { RuleSet } from "./sets/rule-set";
import { INITIAL_STATE, type AnimalState, type Hold } from "./state";
import { step, type Judged } from "./step";

/** One event, with the version that led to it and the state before it: enough to judge it again and explain it. */
export type EventInContext = {
  readonly event: DoseEvent;
  readonly version: Pick<StandingVersion, "entry" | "originalId" | "originalRecordedMs">;
  readonly before: AnimalState;
};

const inTableOrder = (verdicts: readonly RuleVerdict[], { rows }: RuleSet): readonly RuleVerdict[] =>
  rows.flatMap(({ rule }) => verdicts.filter((verdict) => verdict.rule === rule));

const holdOf = (hold: Hold | null, { animal }: Judged, protocol: Protocol): Explanation["hold"] =>
  hold === null
    ? null
    : {
        doseBefore: hold.doseBefore.toFixed(),
        byOrder: hold.byOrder,
        restartDose: restartDoseOfHold(hold, rulesOf(protocol.ruleSet), animal, protocol)?.toFixed() ?? null,
      };

const outcomeOf = (entry: ObservedEntry): Explanation["outcome"] =>
  entry.kind === "disposition" ? entry.outcome : null;

/** Explains one event: judges its entry once more, and takes down what the rules find. */
export const explainEvent = (
  judged: Judged,
  { event, version, before }: EventInContext,
  timeZone: string,
): ExplainedEvent => {
  const recorder: Recorder = { rules: [], recovery: new Map() };
  const { state: after } = step(judged, before, version, recorder);
  const protocol = protocolInForce(judged.protocols, event.at.ms);
  const rules = inTableOrder(recorder.rules, rulesOf(protocol.ruleSet));
  return {
    event,
    explanation: {
      ruleSet: protocol.ruleSet,
      protocolVersion: protocol.version,
      ctcaeVersion: CTCAE_VERSION,
      doseUnit: protocol.doseUnit,
      resumePolicy: protocol.resumePolicy,
      control: judged.animal.control,
      studyDay: after.firstDoseMs === null ? null : studyDayOf(event.at.ms, after.firstDoseMs, timeZone),
      outcome: outcomeOf(version.entry),
      hold: holdOf(after.hold ?? before.hold, judged, protocol),
      recovery: [...recorder.recovery.values()],
      met: rules.filter(({ verdict }) => verdict === "MET"),
      unmet: rules.filter(({ verdict }) => verdict !== "MET"),
    },
  };
};

/** The events of the current versions, in the order of replay, each with the state before it: one pass, nothing explained. */
export const eventsOfVersions = (judged: Judged, versions: readonly StandingVersion[]): readonly EventInContext[] => {
  const events: EventInContext[] = [];
  let before = INITIAL_STATE;
  for (const version of versions) {
    const { event, state: after } = step(judged, before, version);
    if (event !== null) events.push({ event, version, before });
    before = after;
  }
  return events;
};

/** The current events of an animal, each explained. */
export const explainEvents = (
  protocols: readonly Protocol[],
  animal: StudyAnimal,
  log: readonly LogEntry[],
  { asKnownAtMs = Infinity, timeZone }: { readonly asKnownAtMs?: number; readonly timeZone: string },
): readonly ExplainedEvent[] => {
  const judged: Judged = { animal, protocols };
  const known = log.filter(({ recordedAt }) => recordedAt.ms <= asKnownAtMs);
  return eventsOfVersions(judged, standingVersions(known)).map((event) => explainEvent(judged, event, timeZone));
};
