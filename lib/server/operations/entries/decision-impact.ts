import "server-only";
import { decisionSentence } from "@/lib/domain/language/decision-sentence";
import { eventKey, keptEvent } from "@/lib/domain/rules/event-key";
import type { DecisionImpact as ImpactDocument } from "@/lib/contracts/entries/answer";
import type { Action } from "@/lib/domain/rules/history";
import { writeInstant } from "@/lib/domain/time/instant";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import { decisionOf, impactOf } from "@/lib/domain/study/impact";
import type { Decision, DoseMeanwhile } from "@/lib/domain/study/impact";
import type { StoredEvent } from "@/lib/server/store/read-runs";
import type { Judgement } from "@/lib/server/judging/judge-entries";

export type DecisionImpact = ImpactDocument;

type Replayed = {
  /** The events that stood, in no particular order. */
  readonly before: readonly StoredEvent[];
  readonly judgement: Judgement;
  readonly log: readonly LogEntry[];
  readonly added: readonly LogEntry[];
  readonly knownMs: number;
};

type Told = Decision & { readonly at: string; readonly sentence: string };

const toldOfStored = (event: StoredEvent): Told => ({ ...event, action: event.action as Action });

const isAmending = (entry: LogEntry): boolean => entry.kind === "void" || entry.corrects !== null;

/** The entry that changes the history: of several of one run the first that corrects or voids, else the first. */
const causeOf = (added: readonly LogEntry[]): Pick<ImpactDocument, "cause" | "entry"> | null => {
  const entry = added.find(isAmending) ?? added[0];
  if (entry === undefined) return null;
  if (entry.kind === "void") return { cause: "void", entry: entry.id };
  return { cause: entry.corrects === null ? "late" : "correction", entry: entry.id };
};

const eventDocument = ({
  at,
  entry,
  action,
  rules,
  fromDose,
  toDose,
  toxicities,
  sentence,
}: Told): ImpactDocument["now"][number] => ({
  at,
  entry,
  action,
  rules: [...rules],
  fromDose: Number(fromDose),
  toDose: Number(toDose),
  toxicities: toxicities.map(({ term, grade }) => ({ term, grade })),
  sentence,
});

const doseDocument = ({ entry, observedMs, amount, inForceThen, inForceNow }: DoseMeanwhile) => ({
  entry,
  at: writeInstant(observedMs),
  amount: Number(amount),
  inForceThen: Number(inForceThen),
  inForceNow: Number(inForceNow),
});

/** What a run of one animal that had to be replayed changes of its decisions; null where nobody has to look again. */
export const decisionImpact = ({ before, judgement, log, added, knownMs }: Replayed): ImpactDocument | null => {
  const cause = causeOf(added);
  if (cause === null || judgement.events === null) return null;
  const sentences = new Map(
    judgement.written.map(({ event, explanation }) => [
      eventKey(event),
      decisionSentence(keptEvent(event), explanation),
    ]),
  );
  const impact = impactOf<Told>({
    before: [...before].sort((left, right) => left.observedMs - right.observedMs).map(toldOfStored),
    after: judgement.events.map((event) => ({
      ...decisionOf(event),
      at: event.at.text,
      sentence: sentences.get(eventKey(event)) ?? "",
    })),
    log,
    knownMs,
    amends: added.some(isAmending),
  });
  if (impact === null) return null;
  return {
    ...cause,
    from: writeInstant(impact.fromMs),
    then: impact.then.map(eventDocument),
    now: impact.now.map(eventDocument),
    doses: impact.doses.map(doseDocument),
  };
};
