import "server-only";
import type { DifferingDays, WhatIf, WhatIfQuestion, WhatIfSide } from "@/lib/contracts/what-if";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { decisionSentence } from "@/lib/domain/language/decision-sentence";
import { localDate, startOfLocalDay } from "@/lib/domain/time/local-time";
import { keptEvent } from "@/lib/domain/rules/event-key";
import { eventsOfVersions, explainEvent } from "@/lib/domain/rules/explain";
import type { EventInContext } from "@/lib/domain/rules/explain";
import type { Judged } from "@/lib/domain/rules/step";
import { parseInstant } from "@/lib/domain/time/instant";
import type { Instant } from "@/lib/domain/record/log-entry";
import { standingVersions } from "@/lib/domain/record/standing-versions";
import { cutOffReading, withReading } from "@/lib/domain/study/cut-off-readings";
import type { Protocol } from "@/lib/domain/study/protocol";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { candidateProtocols } from "@/lib/domain/study/candidate-protocols";
import { compareHistories } from "@/lib/domain/study/compare-histories";
import type { Decision, HistoryDifference, Side } from "@/lib/domain/study/compare-histories";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { readJudgedLogs } from "@/lib/server/store/read-judged-logs";
import { standingEventsOf } from "@/lib/server/store/read-runs";
import type { StoredEvent } from "@/lib/server/store/read-runs";
import { streamFromSnapshot } from "@/lib/server/db/stream-rows";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { animalWithLog, inPartsReadAhead } from "@/lib/server/judging/stored-log";
import type { AnimalWithLog } from "@/lib/server/judging/stored-log";
import { readRules } from "@/lib/server/judging/study-rules";
import { draftOf, storedProtocols, versionNow } from "./protocol-rows";
import type { StoredProtocol } from "./protocol-rows";

type Asked = {
  readonly title: string;
  /** By what the sentences of the other history say that they judged. */
  readonly by: string;
  readonly shown: StoredProtocol;
  /** What is laid over the data. */
  readonly candidate: Protocol;
  readonly limits: readonly string[];
  readonly from: Instant | null;
  /** Null: every animal. */
  readonly tags: readonly string[] | null;
};

const titleOf = ({ row }: StoredProtocol): string =>
  row.status === "draft" ? `The draft of version ${String(row.version)}` : `Version ${String(row.version)}`;

const inSentence = (title: string): string => title.replace(/^(?:The|Version)\b/u, (word) => word.toLowerCase());

const readQuestion = (
  { reading, version, from, animals }: WhatIfQuestion,
  code: string,
  stored: readonly StoredProtocol[],
): Result<Asked, Refusal> => {
  const wanted = version ?? null;
  const shown =
    wanted === null ? (draftOf(stored) ?? versionNow(stored)) : stored.find(({ row }) => row.version === wanted);
  if (shown === undefined) {
    const missing = wanted === null ? "no protocol yet" : `no protocol version ${String(wanted)}`;
    return refused(refusal("NOT_FOUND", `Study ${code} has ${missing}.`));
  }
  const instant = (from ?? null) === null ? null : parseInstant(from ?? "");
  if ((from ?? null) !== null && instant === null)
    return refused(fieldRefusal("INVALID_INPUT", "from", "must be an instant, such as 2026-03-02T09:00:00Z"));
  const asked = { shown, from: instant, tags: animals ?? null };
  if (reading === "version") {
    const own = titleOf(shown);
    return ok({ ...asked, title: own, by: inSentence(own), candidate: shown.protocol, limits: [] });
  }
  const { title, limits } = cutOffReading(reading);
  const candidate = withReading(shown.protocol, reading);
  return ok({
    ...asked,
    title: `${title}, all else as ${inSentence(titleOf(shown))}`,
    by: inSentence(title),
    candidate,
    limits,
  });
};

type RecordedDecision = Decision & Pick<StoredEvent, "sentence">;
/** Its sentence is made only where the decision is told. */
type OtherDecision = Decision & { readonly context: EventInContext };
type Difference = HistoryDifference<RecordedDecision, OtherDecision>;

const sideOf = <Event extends Decision>(
  { inForce, events }: Side<Event>,
  sentence: (event: Event) => string,
): WhatIfSide => ({
  status: inForce.status,
  dose: Number(inForce.dose),
  events: events.map((event) => ({ entry: event.entry, action: event.action, sentence: sentence(event) })),
});

type Told = { readonly judged: Judged; readonly by: string; readonly timeZone: string };

const toldDifference = (
  { tag, group }: AnimalWithLog["row"],
  { days, differingDays, stretches }: Difference,
  { judged, by, timeZone }: Told,
): WhatIf["differences"][number] => {
  const dateOf = (epochDay: number): string => localDate(startOfLocalDay(epochDay, timeZone), timeZone);
  const said = ({ context }: OtherDecision): string =>
    decisionSentence(keptEvent(context.event), explainEvent(judged, context, timeZone).explanation, `by ${by}`);
  return {
    animal: tag,
    group,
    days,
    differingDays,
    stretches: stretches.map(({ fromDay, toDay, fromEpochDay, toEpochDay, recorded, whatIf }): DifferingDays => ({
      fromDay,
      toDay,
      fromDate: dateOf(fromEpochDay),
      toDate: dateOf(toEpochDay),
      days: toEpochDay - fromEpochDay + 1,
      recorded: sideOf(recorded, ({ sentence }) => sentence),
      whatIf: sideOf(whatIf, said),
    })),
  };
};

/** Other requests are answered between two animals: none of them waits for a whole study. */
const letOthersThrough = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Replayed = AnimalWithLog & { readonly recorded: readonly StoredEvent[] };

/** Log and decisions of one moment: what was decided of the log that is replayed, and of no other. */
async function* readAnimals(
  transaction: Transaction,
  studyId: number,
  tags: Asked["tags"],
): AsyncGenerator<Replayed, void, undefined> {
  const animals = await studyAnimalRows(transaction, studyId, tags);
  const read = (ids: readonly number[]) =>
    Promise.all([readJudgedLogs(transaction, studyId, ids), standingEventsOf(transaction, studyId, ids)]);
  for await (const { rows, read: known } of inPartsReadAhead(animals, read)) {
    const [logs, events] = known;
    for (const row of rows) yield { ...animalWithLog(row, logs), recorded: events.get(row.animalId) ?? [] };
  }
}

/** What stands was decided by the versions in force, and is stored; only what the candidate says of the log is replayed. */
const compareAnimal = ({ log, recorded }: Replayed, judged: Judged, timeZone: string): Difference => {
  const versions = standingVersions(log);
  return compareHistories(
    { lastObservedMs: versions.at(-1)?.entry.observedAt.ms ?? null, timeZone },
    recorded.map((event) => ({ ...event, action: event.action as Decision["action"] })),
    eventsOfVersions(judged, versions).map((context) => ({
      ...keptEvent(context.event),
      observedMs: context.event.at.ms,
      context,
    })),
  );
};

const replayStudy = async (
  study: AuthorizedStudy,
  { title, by, shown, candidate, limits, from, tags }: Asked,
): Promise<WhatIf> => {
  const { timeZone } = study;
  const protocols = candidateProtocols((await readRules(connection, study.id)).protocols, candidate, from);
  const differences: WhatIf["differences"] = [];
  let [entries, animals, animalDays, differing] = [0, 0, 0, 0];
  for await (const replayed of streamFromSnapshot((snapshot) => readAnimals(snapshot, study.id, tags))) {
    const judged: Judged = { animal: replayed.animal, protocols };
    const difference = compareAnimal(replayed, judged, timeZone);
    animals += 1;
    entries += replayed.log.length;
    animalDays += difference.days;
    differing += difference.differingDays;
    if (difference.differingDays > 0)
      differences.push(toldDifference(replayed.row, difference, { judged, by, timeZone }));
    await letOthersThrough();
  }
  return {
    title,
    version: shown.row.version,
    from: from?.text ?? null,
    doseUnit: candidate.doseUnit,
    limits: [...limits],
    entries,
    animals,
    animalsThatDiffer: differences.length,
    animalDays,
    animalDaysThatDiffer: differing,
    differences,
  };
};

const unknownAnimal = async (study: AuthorizedStudy, { tags }: Asked): Promise<Refusal | null> => {
  if (tags === null) return null;
  const known = new Set((await studyAnimalRows(connection, study.id, tags)).map(({ tag }) => tag));
  const index = tags.findIndex((tag) => !known.has(tag));
  const message = `is ${tags[index] ?? ""}, and study ${study.code} has no animal of that tag`;
  return index < 0 ? null : fieldRefusal("UNKNOWN_ANIMAL", `animals[${String(index)}]`, message);
};

/**
 * Replays the study's recorded data by other rules and tells, animal by animal, the days that would differ from what
 * stands. Nothing is stored: it is asked before anybody signs.
 */
export const askWhatIf = async (
  actor: Actor,
  code: string,
  question: WhatIfQuestion,
): Promise<Result<WhatIf, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const asked = readQuestion(question, code, await storedProtocols(connection, gate.value));
  if (!asked.ok) return asked;
  const unknown = await unknownAnimal(gate.value, asked.value);
  return unknown === null ? ok(await replayStudy(gate.value, asked.value)) : refused(unknown);
};
