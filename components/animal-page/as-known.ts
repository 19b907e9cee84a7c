import type { RecordedEntry, RecordOfAnimal, StoredDecision } from "@/lib/contracts/animal-record";
import { Decimal } from "@/lib/domain/decimal";
import { type Replayed, replayAnimal } from "@/lib/domain/rules/replay";
import { EMPTY_SUMMARY, summaryOfLog } from "@/lib/domain/animal/animal-summary";
import type { OverviewAnimal } from "@/lib/domain/animal/overview-animal";
import type { StudyAnimal } from "@/lib/domain/study/protocol";

/** One animal as it was known at an instant: everything on its page follows from this. */
export type KnownAnimal = {
  readonly overview: OverviewAnimal;
  readonly log: readonly RecordedEntry[];
  /** Those that stood then, in the order of replay. */
  readonly standing: readonly StoredDecision[];
  /** Those that had stood before and did no longer. */
  readonly superseded: readonly StoredDecision[];
  /** What the rules need of the animal. */
  readonly subject: StudyAnimal;
  /** What the log comes to; null without a protocol. */
  readonly replayed: Replayed | null;
};

/** The animal from what had been recorded by an instant; `atMs` null for everything. */
export const knownAnimal = (
  { animal, protocols, log, decisions }: RecordOfAnimal,
  atMs: number | null,
): KnownAnimal => {
  const until = atMs ?? Number.POSITIVE_INFINITY;
  const known = log.filter(({ entry }) => entry.recordedAt.ms <= until);
  const entries = known.map(({ entry }) => entry);
  const made = decisions.filter(({ recordedMs }) => recordedMs <= until);
  const stood = ({ untilMs }: StoredDecision): boolean => untilMs === null || untilMs > until;
  const standing = made.filter(stood);
  const { id, sex, group, room, cage, control } = animal;
  const subject: StudyAnimal = {
    id,
    control,
    startingDose: new Decimal(animal.startingDose),
    doseLevels: animal.doseLevels?.map((level) => new Decimal(level)) ?? null,
  };
  const replayed = protocols.length === 0 ? null : replayAnimal(protocols, subject, entries);
  const last = standing.at(-1);
  return {
    log: known,
    standing,
    superseded: made.filter((decision) => !stood(decision)),
    subject,
    replayed,
    overview: {
      tag: id,
      sex,
      group,
      room,
      cage,
      control,
      status: replayed?.history.status ?? "NOT_STARTED",
      dose: replayed?.history.dose.toFixed() ?? "0",
      openToxicities: replayed?.history.openToxicities ?? [],
      said: last === undefined ? null : { entry: last.entry, sentence: last.sentence, toDose: last.toDose },
      summary: replayed === null ? EMPTY_SUMMARY : summaryOfLog(entries, replayed),
      decisions: standing,
    },
  };
};
