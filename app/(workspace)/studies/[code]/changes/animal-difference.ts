import { knownAnimal } from "@/components/animal/as-known";
import type { RecordedEntry, RecordOfAnimal, StoredDecision } from "@/lib/contracts/animal-record";
import { compareKnown, type KnownDifference } from "@/lib/domain/known-at/compare-known";
import type { AnimalDays } from "@/lib/domain/overview/day-words";

/** What changed of one animal between two instants, with what its words need. */
export type AnimalDifference = KnownDifference<StoredDecision> & {
  readonly tag: string;
  readonly doseUnit: string;
  readonly bilirubinUnit: string;
  readonly control: boolean;
  /** As known at the later instant. */
  readonly days: AnimalDays;
  readonly recordedEntry: (id: string) => RecordedEntry | undefined;
};

/** Null where nothing became known of the animal between the two. */
export const animalDifference = (
  record: RecordOfAnimal,
  { fromMs, toMs, timeZone }: { readonly fromMs: number; readonly toMs: number; readonly timeZone: string },
): AnimalDifference | null => {
  const learnt = record.log.some(({ entry: { recordedAt } }) => recordedAt.ms > fromMs && recordedAt.ms <= toMs);
  if (!learnt) return null;
  const [before, after] = [knownAnimal(record, fromMs), knownAnimal(record, toMs)];
  const side = ({ overview: { status, dose, openToxicities }, standing }: typeof before) => ({
    status,
    dose,
    openToxicities,
    decisions: standing,
  });
  const difference = compareKnown({
    log: record.log.map(({ entry }) => entry),
    fromMs,
    toMs,
    before: side(before),
    after: side(after),
  });
  const recorded = new Map(record.log.map((entry) => [entry.entry.id, entry]));
  const protocol = record.protocols.at(-1);
  return {
    ...difference,
    tag: record.animal.id,
    doseUnit: protocol?.doseUnit ?? "",
    bilirubinUnit: protocol?.referenceRanges.bilirubin.unit ?? "",
    control: record.animal.control,
    days: { firstDoseMs: after.overview.summary.firstDoseMs, timeZone },
    recordedEntry: (id) => recorded.get(id),
  };
};

const STATUS_WORDS = {
  NOT_STARTED: "not started",
  ON_DOSE: "on dose",
  WITHHELD: "withheld",
  DISCONTINUED: "discontinued",
  OFF_STUDY: "off study",
} as const;

const stateWords = (
  { status, dose }: AnimalDifference["before"],
  { control, doseUnit }: Pick<AnimalDifference, "control" | "doseUnit">,
): string => (status === "ON_DOSE" && !control ? `on dose at ${dose} ${doseUnit}` : STATUS_WORDS[status]);

const counted = (count: number, one: string, more: string): string => `${String(count)} ${count === 1 ? one : more}`;

/** "Was withheld, is on dose at 3 mg/kg: 1 decision differs, through 2 entries." */
export const differenceWords = (difference: AnimalDifference): string => {
  const [was, is] = [stateWords(difference.before, difference), stateWords(difference.after, difference)];
  const learnt = difference.records.reduce((sum, record) => sum + record.learnt.length, 0);
  const through = new Set(difference.decisions.flatMap((decision) => decision.through)).size;
  const state = was === is ? `Was and is ${is}` : `Was ${was}, is ${is}`;
  const known = counted(learnt, "entry became known", "entries became known");
  if (difference.decisions.length === 0) return `${state}; no decision differs. ${known}.`;
  const decisions = counted(difference.decisions.length, "decision differs", "decisions differ");
  return `${state}: ${decisions}, through ${counted(through, "entry", "entries")}. ${known}.`;
};
