import { knownAnimal } from "@/components/animal-page/as-known";
import { OWN_FIELDS, ownValue } from "@/components/animal-page/own-record-words";
import type { ChangeableField, MadeChange } from "@/lib/contracts/animal-changes";
import type { RecordedEntry, StoredDecision } from "@/lib/contracts/animal-record";
import { compareKnown, type KnownDifference } from "@/lib/domain/animal/compare-known";
import type { AnimalDays } from "@/lib/domain/language/day-words";
import type { RecordBetween } from "@/lib/server/operations/studies/study-records";
import { STATUS_WORDS } from "@/lib/domain/language/code-words";

/** A value of the animal's own record that was changed between the two instants, through which changes, the latest first. */
export type OwnDifference = {
  readonly field: ChangeableField;
  readonly then: string | null;
  readonly now: string | null;
  readonly through: readonly MadeChange[];
};

/** What changed of one animal between two instants, with what its words need. */
export type AnimalDifference = KnownDifference<StoredDecision> & {
  readonly tag: string;
  readonly doseUnit: string;
  readonly bilirubinUnit: string;
  readonly control: boolean;
  /** As known at the later instant. */
  readonly days: AnimalDays;
  readonly recordedEntry: (id: string) => RecordedEntry | undefined;
  /** It was registered between the two. */
  readonly registered: boolean;
  readonly own: readonly OwnDifference[];
};

const ownDifferences = ({ animal, before, changes }: RecordBetween): readonly OwnDifference[] =>
  before === null
    ? []
    : OWN_FIELDS.flatMap((field) => {
        const through = changes.filter(({ fields }) => fields.some((one) => one.field === field));
        return through.length === 0
          ? []
          : [{ field, then: ownValue(before, field), now: ownValue(animal, field), through }];
      });

/** Null where nothing became known of the animal between the two. */
export const animalDifference = (
  record: RecordBetween,
  { fromMs, toMs, timeZone }: { readonly fromMs: number; readonly toMs: number; readonly timeZone: string },
): AnimalDifference | null => {
  const learnt = record.log.some(({ entry: { recordedAt } }) => recordedAt.ms > fromMs && recordedAt.ms <= toMs);
  if (!learnt && record.before !== null && record.changes.length === 0) return null;
  const [before, after] = [
    knownAnimal({ ...record, animal: record.before ?? record.animal }, fromMs),
    knownAnimal(record, toMs),
  ];
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
    registered: record.before === null,
    own: ownDifferences(record),
  };
};

const stateWords = (
  { status, dose }: AnimalDifference["before"],
  { control, doseUnit }: Pick<AnimalDifference, "control" | "doseUnit">,
): string => (status === "ON_DOSE" && !control ? `on dose at ${dose} ${doseUnit}` : STATUS_WORDS[status]);

const counted = (count: number, one: string, more: string): string => `${String(count)} ${count === 1 ? one : more}`;

/** "Was withheld, is on dose at 3 mg/kg: 1 decision differs, through 2 entries." */
export const differenceWords = (difference: AnimalDifference): string => {
  const { own, registered, decisions, records } = difference;
  const [was, is] = [stateWords(difference.before, difference), stateWords(difference.after, difference)];
  const learnt = records.reduce((sum, record) => sum + record.learnt.length, 0);
  const through = new Set(decisions.flatMap((decision) => decision.through)).size;
  const state = registered ? `Was not registered, is ${is}` : was === is ? `Was and is ${is}` : `Was ${was}, is ${is}`;
  const decided =
    decisions.length === 0
      ? "; no decision differs."
      : `: ${counted(decisions.length, "decision differs", "decisions differ")}, through ${counted(through, "entry", "entries")}.`;
  const known = learnt === 0 ? [] : [`${counted(learnt, "entry became known", "entries became known")}.`];
  const changed = own.length === 0 ? [] : [`${counted(own.length, "value", "values")} of its own record changed.`];
  return [`${state}${decided}`, ...known, ...changed].join(" ");
};
