import type { LogEntry } from "../record/log-entry";
import type { StandingVersion } from "../record/record";
import { standingVersions } from "../record/standing-versions";
import { CTCAE_VERSION } from "../grading/criteria";
import { edgesFor } from "../grading/edges";
import { gradeEntry, isClinical } from "../grading/grade-entry";
import { protocolInForce } from "../study/in-force";
import type { Protocol, StudyAnimal } from "../study/protocol";
import { recoveryVerdicts, ruleVerdicts, sceneOf } from "./explain-rules";
import type { ExplainedEvent, Explanation } from "./explanation";
import type { DoseEvent } from "./history";
import { rememberMeasurements } from "./measurements-seen";
import { sentenceOf, studyDayOfEvent } from "../language/sentence";
import { INITIAL_STATE, type AnimalState } from "./state";
import { step, type Judged } from "./step";

/** One event, with the states around its step. */
export type EventInContext = {
  readonly event: DoseEvent;
  readonly version: Pick<StandingVersion, "entry">;
  readonly before: AnimalState;
  readonly after: AnimalState;
};

/** Explains one event: the rows of the decision table as they were judged, and the sentence. Made on demand. */
export const explainEvent = (
  { animal, protocols }: Judged,
  { event, version: { entry }, before, after }: EventInContext,
  timeZone: string,
): ExplainedEvent => {
  const protocol = protocolInForce(protocols, entry.observedAt.ms);
  const hold = after.hold ?? before.hold;
  const studyDay = studyDayOfEvent(event, after, timeZone);
  const bare = {
    protocolVersion: protocol.version,
    ctcaeVersion: CTCAE_VERSION,
    doseBefore: hold?.doseBefore.toFixed() ?? null,
    doseUnit: protocol.doseUnit,
  };
  let explanation: Explanation = { ...bare, rules: [], recovery: [] };
  if (isClinical(entry)) {
    const edges = edgesFor(protocol, before.baseline);
    const judging = { protocol, edges, baseline: before.baseline, entry };
    const state = rememberMeasurements(before, entry, gradeEntry(entry, edges).grades);
    const scene = sceneOf(judging, animal, { before, state }, event);
    explanation = { ...bare, rules: ruleVerdicts(scene), recovery: hold === null ? [] : recoveryVerdicts(scene, hold) };
  }
  const { rules, recovery } = explanation;
  const sentence = sentenceOf({ event, entry, before, after, animal, protocol, rules, recovery, studyDay });
  return { event, studyDay, sentence, explanation };
};

/** The events of what stands, in the order of replay, each with the states around its step: one pass, nothing explained. */
export const eventsOfVersions = (judged: Judged, versions: readonly StandingVersion[]): readonly EventInContext[] => {
  const events: EventInContext[] = [];
  let before = INITIAL_STATE;
  for (const version of versions) {
    const { event, state: after } = step(judged, before, version);
    if (event !== null) events.push({ event, version, before, after });
    before = after;
  }
  return events;
};

/** The standing events of an animal, each explained. */
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
