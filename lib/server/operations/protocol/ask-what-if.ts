import "server-only";
import type { DifferingDays, WhatIf, WhatIfQuestion, WhatIfSide } from "@/lib/contracts/what-if";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { localDate, startOfLocalDay } from "@/lib/domain/calendar/local-time";
import { explainEvents } from "@/lib/domain/dose-rules/explain";
import type { DoseEvent } from "@/lib/domain/dose-rules/history";
import { replayAnimal } from "@/lib/domain/dose-rules/replay";
import { parseInstant } from "@/lib/domain/entries/instant";
import type { Instant } from "@/lib/domain/entries/log-entry";
import { cutOffReading, withReading } from "@/lib/domain/protocol/cut-off-readings";
import type { Protocol } from "@/lib/domain/protocol/protocol";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { candidateProtocols } from "@/lib/domain/what-if/candidate-protocols";
import { compareHistories } from "@/lib/domain/what-if/compare-histories";
import type { HistoryDifference, Side } from "@/lib/domain/what-if/compare-histories";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { studyAnimalRows } from "@/lib/server/db/study-animals";
import type { Actor } from "@/lib/server/kernel/actor";
import { replayStored } from "@/lib/server/kernel/stored-log";
import type { ReplayedAnimal } from "@/lib/server/kernel/stored-log";
import { readRules } from "@/lib/server/kernel/study-rules";
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

/** A sentence names the version and criteria that judged: of what nobody signed, another name has to stand there. */
const JUDGED_BY = /(?:CTCAE v[\d.]+, )?protocol version \d+/gu;

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

type Compared = ReplayedAnimal & { readonly difference: HistoryDifference };

const sideOf = (
  { inForce, events }: Side,
  sentences: ReadonlyMap<string, string>,
  key: (event: DoseEvent) => string,
): WhatIfSide => ({
  status: inForce.status,
  dose: Number(inForce.dose),
  events: events.map((event) => ({
    entry: event.entry,
    action: event.action,
    sentence: sentences.get(key(event)) ?? "",
  })),
});

/** An entry leads to one event at most. */
const keyOf = ({ entry, action }: DoseEvent): string => JSON.stringify([entry, action]);

/** The sentences are made only of the animals that differ: they cost another replay. */
const toldDifference = (
  { row, animal, log, difference }: Compared,
  versions: { readonly recorded: readonly Protocol[]; readonly candidate: readonly Protocol[]; readonly by: string },
  timeZone: string,
): WhatIf["differences"][number] => {
  const sentencesBy = (protocols: readonly Protocol[], by: string | null): ReadonlyMap<string, string> =>
    new Map(
      explainEvents(protocols, animal, log, { timeZone }).map(({ event, sentence }) => [
        keyOf(event),
        by === null ? sentence : sentence.replaceAll(JUDGED_BY, `by ${by}`),
      ]),
    );
  const [recorded, candidate] = [sentencesBy(versions.recorded, null), sentencesBy(versions.candidate, versions.by)];
  const dateOf = (epochDay: number): string => localDate(startOfLocalDay(epochDay, timeZone), timeZone);
  return {
    animal: row.tag,
    group: row.group,
    days: difference.days,
    differingDays: difference.differingDays,
    stretches: difference.stretches.map(({ fromDay, toDay, fromEpochDay, toEpochDay, ...sides }): DifferingDays => ({
      fromDay,
      toDay,
      fromDate: dateOf(fromEpochDay),
      toDate: dateOf(toEpochDay),
      days: toEpochDay - fromEpochDay + 1,
      recorded: sideOf(sides.recorded, recorded, keyOf),
      whatIf: sideOf(sides.whatIf, candidate, keyOf),
    })),
  };
};

/** Other requests are answered between two animals: none of them waits for a whole study. */
const letOthersThrough = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const replayStudy = async (
  study: AuthorizedStudy,
  { title, by, shown, candidate, limits, from, tags }: Asked,
): Promise<WhatIf> => {
  const rules = await readRules(connection, study.id);
  const versions = { recorded: rules.protocols, candidate: candidateProtocols(rules.protocols, candidate, from), by };
  const differences: WhatIf["differences"] = [];
  let [entries, animals, animalDays, differing] = [0, 0, 0, 0];
  for await (const replayed of replayStored(connection, rules, tags)) {
    const { animal, log, replayed: recorded } = replayed;
    if (recorded === null) continue;
    const whatIf = replayAnimal(versions.candidate, animal, log).history.events;
    const difference = compareHistories(log, recorded.history.events, whatIf, study.timeZone);
    animals += 1;
    entries += log.length;
    animalDays += difference.days;
    differing += difference.differingDays;
    if (difference.differingDays > 0)
      differences.push(toldDifference({ ...replayed, difference }, versions, study.timeZone));
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
