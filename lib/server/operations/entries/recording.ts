import "server-only";
import type { EntryAnswer, RecordingAnswer } from "@/lib/contracts/entries/answer";
import type { EntriesInput } from "@/lib/contracts/entries/entry";
import type { Refusal } from "@/lib/contracts/problem";
import type { DeviationCode } from "@/lib/domain/rules/history";
import { writeInstant } from "@/lib/domain/time/instant";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy, closedRefusal } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { database } from "@/lib/server/db/database";
import { findEntries } from "@/lib/server/store/known-entries";
import type { KnownEntry } from "@/lib/server/store/known-entries";
import { tagNow } from "@/lib/server/store/animal-changes";
import { lockAnimals } from "@/lib/server/store/lock-animals";
import type { LockedAnimal } from "@/lib/server/store/lock-animals";
import { retrying } from "@/lib/server/db/retrying";
import { inTransaction } from "@/lib/server/db/transaction";
import type { Outcome, Transaction } from "@/lib/server/db/transaction";
import { writeStatement } from "@/lib/server/store/write-log";
import type { Actor } from "@/lib/server/command/actor";
import { readRules, rulesAt } from "@/lib/server/judging/study-rules";
import type { StudyRules } from "@/lib/server/judging/study-rules";
import { amendedIds, findAmended } from "./amended-records";
import { answerOfRun, firstAnswers, inOrderSent, storedAnswer } from "./answers";
import { checkEntry } from "./check-entry";
import type { CheckedEntry } from "./check-entry";
import { judgeAnimal, summaryOf } from "./judge-animal";
import type { AnimalRun } from "./judge-animal";
import { confirmSignatures, signOrders } from "./order-signatures";
import { logWrite } from "./recorded-rows";
import type { Judged } from "./recorded-rows";
import { recordRefused } from "./refused-recording";
import { isFaulty, refusalOf, repeatedIds, sentEntries } from "./sent-entries";
import type { EntryFault, SentEntry } from "./sent-entries";

export type Recorded = {
  /** Whether anything was stored that was not before. */
  readonly created: boolean;
  readonly answer: RecordingAnswer;
};

type Recording = {
  readonly actor: Actor;
  readonly study: AuthorizedStudy;
  readonly sent: readonly SentEntry[];
  /** False: everything is done but kept. */
  readonly keep: boolean;
};

type Locked = {
  readonly animals: ReadonlyMap<string, LockedAnimal>;
  readonly rules: StudyRules;
  /** The entries that are stored already, of those that the request sends or names. */
  readonly stored: ReadonlyMap<string, KnownEntry>;
};

/** The two go out together, and the second is done after the first: it sees what was stored while that waited. */
const lockAndFind = async (transaction: Transaction, { study, sent }: Recording): Promise<Locked> => {
  const tags = [...new Set(sent.map(({ input }) => input.animal))];
  const ids = sent.map(({ input }) => input.id);
  const [rows, entries] = await Promise.all([
    lockAnimals(transaction, study.id, tags),
    findEntries(transaction, study.id, [...ids, ...amendedIds(sent)]),
  ]);
  const revision = rows.reduce((newest, row) => Math.max(newest, row.studyRevision, row.stateRevision), 0);
  // Sent again after its animal got another tag: what was answered then is found by the tag it has now.
  const sentIds = new Set(ids);
  const locked = new Set(rows.map(({ tag }) => tag));
  const renamed = entries.filter(({ id, tag }) => sentIds.has(id) && !locked.has(tag)).map(({ tag }) => tag);
  const also = renamed.length === 0 ? [] : await lockAnimals(transaction, study.id, [...new Set(renamed)]);
  // Without a state the rules may have changed while this waited for the lock: they are read anew.
  const isCertain = rows.every(({ state }) => state !== null);
  const rules = isCertain
    ? await rulesAt(database(), transaction, study.id, revision)
    : await readRules(transaction, study.id);
  return {
    animals: new Map([...rows, ...also].map((row) => [row.tag, row])),
    rules,
    stored: new Map(entries.map((entry) => [entry.id, entry])),
  };
};

/** A known id with other content is a conflict, whatever else the request holds. */
const conflictFaults = (sent: readonly SentEntry[], stored: ReadonlyMap<string, KnownEntry>): readonly EntryFault[] =>
  sent.flatMap(({ input, path, hash }) => {
    const known = stored.get(input.id);
    if (known === undefined || known.contentHash === hash) return [];
    return [
      {
        path: path("id"),
        code: "ENTRY_CONFLICT" as const,
        message: `is ${input.id}, under which another entry is recorded already: correct that one, or make a new id`,
      },
    ];
  });

/** All entries of a request become known at one instant of the database's clock, later than anything of the animal. */
const instantsOf = (animals: Iterable<LockedAnimal>): ReadonlyMap<string, number> => {
  const rows = [...animals];
  const clockMs = rows.reduce((latest, row) => Math.max(latest, row.clockMs), 0);
  return new Map(rows.map(({ tag, lastRecordedMs }) => [tag, Math.max(clockMs, (lastRecordedMs ?? -Infinity) + 1)]));
};

const unknownAnimal = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  { input, path }: SentEntry,
): Promise<EntryFault> => {
  const now = await tagNow(transaction, study.id, input.animal);
  const message =
    now === null
      ? `is ${input.animal}, and study ${study.code} has no animal of that tag`
      : `is ${input.animal}, a tag that was wrong: the animal is ${now}. Record it for ${now}`;
  return { path: path("animal"), code: "UNKNOWN_ANIMAL", message };
};

const check = async (
  transaction: Transaction,
  { actor, study }: Recording,
  { animals, rules, stored }: Locked,
  fresh: readonly SentEntry[],
): Promise<Result<readonly CheckedEntry[], readonly [EntryFault, ...EntryFault[]]>> => {
  const { amended, faults } = await findAmended(transaction, study.id, fresh, stored);
  const all: EntryFault[] = [...faults];
  const checked: CheckedEntry[] = [];
  const instants = instantsOf(animals.values());
  for (const sent of fresh) {
    const animal = animals.get(sent.input.animal);
    const recordedMs = instants.get(sent.input.animal);
    if (animal === undefined || recordedMs === undefined) {
      all.push(await unknownAnimal(transaction, study, sent));
      continue;
    }
    const result = checkEntry(sent, {
      actor,
      study,
      rules,
      animal,
      summary: summaryOf(animal),
      recordedMs,
      amended: amended.get(sent),
    });
    if (result.ok) checked.push(result.value);
    else all.push(...result.fault);
  }
  return isFaulty(all) ? refused(all) : ok(checked);
};

/** The five that need a reason; exposure before a result was known is none of anybody's doing. */
const NEEDS_REASON: ReadonlySet<DeviationCode> = new Set([
  "BASELINE_INCOMPLETE",
  "STARTED_WITH_TOXICITY",
  "DOSED_WHILE_WITHHELD",
  "DOSED_AFTER_DISCONTINUATION",
  "WRONG_DOSE",
]);

const judgedFaults = ({ sent: { input, path }, entry }: CheckedEntry, run: AnimalRun): readonly EntryFault[] => {
  if (input.kind === "void" || entry.kind === "void") return [];
  const { tag } = run.animal;
  if (run.offStudyMs !== null && entry.observedAt.ms > run.offStudyMs) {
    return [
      {
        path: path("observedAt"),
        code: "ANIMAL_OFF_STUDY",
        message: `is after ${tag} left the study at ${writeInstant(run.offStudyMs)}: give the right time, or correct the disposition first`,
      },
    ];
  }
  if (input.kind !== "dose" || (input.deviation ?? null) !== null) return [];
  const codes = (run.ofEntry.get(input.id)?.deviations ?? [])
    .map(({ code }) => code)
    .filter((code) => NEEDS_REASON.has(code));
  if (codes.length === 0) return [];
  return [
    {
      path: path("deviation"),
      code: "REASON_REQUIRED",
      message: `is missing: this dose would be ${codes.join(" and ")}. Say why it was given in deviation.reason`,
    },
  ];
};

const judgeAll = async (
  transaction: Transaction,
  { study }: Recording,
  { animals, rules }: Locked,
  checked: readonly CheckedEntry[],
): Promise<readonly Judged[]> => {
  const instants = instantsOf(animals.values());
  const judged: Judged[] = [];
  for (const [tag, animal] of animals) {
    const entries = checked.filter(({ entry }) => entry.animal === tag);
    const recordedMs = instants.get(tag);
    if (entries.length === 0 || recordedMs === undefined) continue;
    const run = await judgeAnimal(
      transaction,
      { animal, rules, timeZone: study.timeZone, recordedMs },
      entries.map(({ entry }) => entry),
    );
    judged.push({ run, entries });
  }
  return judged;
};

const answerOf = (judged: readonly Judged[]): RecordingAnswer => ({
  entries: judged.flatMap(({ run, entries }) =>
    entries.map((checked): EntryAnswer => ({
      id: checked.entry.id,
      recordedAt: writeInstant(run.run.recordedMs),
      ...storedAnswer(checked, run),
    })),
  ),
  animals: Object.fromEntries(judged.map(({ run }) => [run.animal.tag, answerOfRun(run)])),
});

const attempt = async (transaction: Transaction, recording: Recording): Promise<Outcome<Result<Recorded, Refusal>>> => {
  const { sent, keep } = recording;
  const refuse = (faults: readonly [EntryFault, ...EntryFault[]]): Outcome<Result<Recorded, Refusal>> => ({
    keep: false,
    value: refused(refusalOf(faults)),
  });
  const locked = await lockAndFind(transaction, recording);
  const { stored } = locked;
  const ids = sent.map(({ input }) => input.id);
  const conflicts = conflictFaults(sent, stored);
  if (isFaulty(conflicts)) return refuse(conflicts);

  const fresh = sent.filter(({ input }) => !stored.has(input.id));
  const known = sent.flatMap(({ input }) => stored.get(input.id) ?? []);
  const before =
    known.length === 0
      ? { entries: [], animals: {} }
      : await firstAnswers(transaction, known, locked.animals, locked.rules);
  if (fresh.length === 0) return { keep: false, value: ok({ created: false, answer: before }) };
  const closed = closedRefusal(recording.study);
  if (closed !== null) return { keep: false, value: refused(closed) };

  const checked = await check(transaction, recording, locked, fresh);
  if (!checked.ok) return refuse(checked.fault);
  const judged = await judgeAll(transaction, recording, locked, checked.value);
  const faults = judged.flatMap(({ run, entries }) => entries.flatMap((entry) => judgedFaults(entry, run)));
  if (isFaulty(faults)) return refuse(faults);
  const signed = keep ? await signOrders(transaction, recording, locked.rules, judged) : ok(null);
  if (!signed.ok) return { keep: false, value: signed };
  const now = answerOf(judged);
  const answer = {
    entries: inOrderSent(ids, [...before.entries, ...now.entries]),
    animals: { ...before.animals, ...now.animals },
  };
  const value = ok({ created: true, answer });
  return keep ? { keep, value, last: writeStatement(await logWrite(transaction, recording, judged)) } : { keep, value };
};

/**
 * Records entries, all or none, in one transaction: locks their animals, answers again what is known already, checks,
 * judges, stores entries, runs, events and states. With `keep` false the same is done and nothing is stored.
 */
export const recordInStudy = async (
  actor: Actor,
  code: string,
  body: EntriesInput,
  keep: boolean,
): Promise<Result<Recorded, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const sent = sentEntries(body);
  const repeated = repeatedIds(sent);
  if (isFaulty(repeated)) return refused(refusalOf(repeated));
  const confirmed = keep ? await confirmSignatures(actor, gate.value, sent) : ok(null);
  if (!confirmed.ok) return confirmed;
  const recording: Recording = { actor, study: gate.value, sent, keep };
  const result = await retrying(() => inTransaction(database(), (transaction) => attempt(transaction, recording)));
  if (keep && !result.ok) await recordRefused(recording, result.fault);
  return result;
};
