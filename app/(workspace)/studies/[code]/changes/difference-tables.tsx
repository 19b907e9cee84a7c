import { entryAnchor } from "@/components/animal-page/anchors";
import { OWN_FIELD_WORDS, ownValueText } from "@/components/animal-page/own-record-words";
import { entryParts, reasonText } from "@/components/animal-page/entry-words";
import { Badge } from "@/components/ui/badge";
import { LateMark } from "@/components/ui/late-mark";
import { numberText } from "@/components/ui/quantity";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { RecordedEntry, StoredDecision } from "@/lib/contracts/animal-record";
import { localDateText, localTimeText } from "@/lib/domain/time/local-time";
import { lateText } from "@/lib/domain/record/late";
import type { ObservedEntry } from "@/lib/domain/record/log-entry";
import { dayAndDate } from "@/lib/domain/language/day-words";
import { withUnit } from "@/lib/domain/language/with-unit";
import type { AnimalDifference } from "./animal-difference";
import { kindLabel, kindNoun } from "@/lib/domain/language/code-words";

type DifferenceProps = { readonly difference: AnimalDifference; readonly animal: string };

/** So many records are listed of one animal; those with a decision, a correction or a void come first. */
const MOST_RECORDS = 200;

const Sentence = ({ decision, gone }: { readonly decision: StoredDecision | null; readonly gone: boolean }) =>
  decision === null ? (
    <span className="text-ink-faint">no decision</span>
  ) : gone ? (
    <s className="text-ink-soft">{decision.sentence}</s>
  ) : (
    decision.sentence
  );

const entryWords = ({ entry }: RecordedEntry): string => {
  if (entry.kind === "void") return "Void";
  if (entry.corrects === null) return kindLabel(entry.kind);
  const kind = kindNoun(entry.kind);
  return `Correction of ${/^[aeiou]/u.test(kind) ? "an" : "a"} ${kind}`;
};

/** The version that says what a record is of: the one that stands; of what came and was voided in between, its first. */
const shownVersion = (
  difference: AnimalDifference,
  record: AnimalDifference["records"][number],
): ObservedEntry | null => {
  if (record.now !== null || record.then !== null) return record.now ?? record.then;
  for (const { id } of record.learnt) {
    const entry = difference.recordedEntry(id)?.entry;
    if (entry !== undefined && entry.kind !== "void") return entry;
  }
  return null;
};

/** Where an entry stands on its animal's page: with its record. */
const anchorOf = ({ records }: AnimalDifference, id: string): string =>
  entryAnchor(records.find(({ learnt }) => learnt.some((entry) => entry.id === id))?.id ?? id);

const Through = ({ difference, animal, ids }: DifferenceProps & { readonly ids: readonly string[] }) => (
  <ul>
    {ids.map((id) => {
      const recorded = difference.recordedEntry(id);
      if (recorded === undefined) return null;
      const { entry, recordedBy } = recorded;
      const late =
        entry.kind === "void" || entry.corrects !== null ? null : lateText(entry.observedAt.ms, entry.recordedAt.ms);
      return (
        <li key={id}>
          <a href={`${animal}#${anchorOf(difference, id)}`} className="font-medium underline-offset-4 hover:underline">
            {entryWords(recorded)}
          </a>{" "}
          {late === null ? null : <LateMark late={late} />}
          <span className="block text-xs text-ink-soft">
            {localDateText(entry.recordedAt.ms, difference.days.timeZone)},{" "}
            {localTimeText(entry.recordedAt.ms, difference.days.timeZone)}
            {recordedBy === null ? "" : `, ${recordedBy}`}
          </span>
        </li>
      );
    })}
  </ul>
);

/** What of the animal's own record is another at the later instant, and through which change, with its reason. */
export const OwnDifferences = ({ difference: { tag, own, days } }: Pick<DifferenceProps, "difference">) => (
  <Table caption={`Values of the own record of ${tag} that differ`}>
    <thead>
      <tr>
        <HeadCell identity>Own record</HeadCell>
        <HeadCell>Then</HeadCell>
        <HeadCell>Now</HeadCell>
        <HeadCell>Through</HeadCell>
      </tr>
    </thead>
    <tbody>
      {own.map(({ field, then, now, through }) => (
        <tr key={field}>
          <IdentityCell>{OWN_FIELD_WORDS[field]}</IdentityCell>
          <Cell className="min-w-40">
            {then === now ? ownValueText(field, then) : <s className="text-ink-soft">{ownValueText(field, then)}</s>}
          </Cell>
          <Cell className="min-w-40">{ownValueText(field, now)}</Cell>
          <Cell className="min-w-48">
            <ul>
              {through.map(({ id, changedAt, changedBy, reason }) => (
                <li key={id}>
                  {reason}
                  <span className="block text-xs text-ink-soft">
                    {localDateText(Date.parse(changedAt), days.timeZone)},{" "}
                    {localTimeText(Date.parse(changedAt), days.timeZone)}, {changedBy}
                  </span>
                </li>
              ))}
            </ul>
          </Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);

/** Which decisions stood at one of the two instants only, side by side, and through which entry. */
export const DecisionDifferences = ({ difference, animal }: DifferenceProps) => (
  <Table caption={`Decisions of ${difference.tag} that differ`}>
    <thead>
      <tr>
        <HeadCell identity>Observed</HeadCell>
        <HeadCell>Then</HeadCell>
        <HeadCell>Now</HeadCell>
        <HeadCell>Through</HeadCell>
      </tr>
    </thead>
    <tbody>
      {difference.decisions.map(({ observedMs, then, now, through }) => (
        <tr key={`${then?.entry ?? ""} ${now?.entry ?? ""}`}>
          <IdentityCell>{dayAndDate(observedMs, difference.days)}</IdentityCell>
          <Cell className="min-w-56">
            <Sentence decision={then} gone />
          </Cell>
          <Cell className="min-w-56">
            <Sentence decision={now} gone={false} />
          </Cell>
          <Cell className="min-w-48">
            <Through difference={difference} animal={animal} ids={through} />
          </Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);

const partsText = (difference: AnimalDifference, version: ObservedEntry | null): string | null => {
  const recorded = version === null ? undefined : difference.recordedEntry(version.id);
  if (version === null || recorded === undefined) return null;
  const parts = entryParts(version, recorded.details, {
    dose: difference.doseUnit,
    bilirubin: difference.bilirubinUnit,
  });
  return parts
    .map(({ name, value, unit }) => [name, withUnit(numberText(value), unit ?? "")].filter(Boolean).join(" "))
    .join(" · ");
};

const Version = ({ text, none }: { readonly text: string | null; readonly none: string }) =>
  text === null ? <span className="text-ink-faint">{none}</span> : text === "" ? "nothing noted" : text;

const lastReason = (difference: AnimalDifference, ids: readonly string[]): string | null => {
  const recorded = ids.flatMap((id) => difference.recordedEntry(id) ?? []).at(-1);
  return recorded === undefined ? null : reasonText(recorded.details);
};

const importance = (difference: AnimalDifference, record: AnimalDifference["records"][number]): number =>
  record.learnt.some(({ id }) => difference.decisions.some(({ through }) => through.includes(id)))
    ? 0
    : record.then !== null || record.now === null
      ? 1
      : 2;

/** The records of which something became known: what stood then, what stands now, through whom. */
export const RecordDifferences = ({ difference, animal }: DifferenceProps) => {
  const records = difference.records.toSorted(
    (one, other) => importance(difference, one) - importance(difference, other),
  );
  return (
    <>
      <Table caption={`Records of ${difference.tag} that differ`} maxHeight="most">
        <thead>
          <tr>
            <HeadCell identity>Observed</HeadCell>
            <HeadCell>Entry</HeadCell>
            <HeadCell>Then</HeadCell>
            <HeadCell>Now</HeadCell>
            <HeadCell>Through</HeadCell>
          </tr>
        </thead>
        <tbody>
          {records.slice(0, MOST_RECORDS).map((record) => {
            const version = shownVersion(difference, record);
            const ids = record.learnt.map(({ id }) => id);
            const reason = lastReason(difference, ids);
            return (
              <tr key={record.id}>
                <IdentityCell>
                  {version === null ? "" : dayAndDate(version.observedAt.ms, difference.days)}
                </IdentityCell>
                <Cell className="whitespace-nowrap">
                  {version === null ? "" : kindLabel(version.kind)}{" "}
                  {importance(difference, record) === 0 ? <Badge tone="withheld">changed a decision</Badge> : null}
                </Cell>
                <Cell className="min-w-40">
                  <Version text={partsText(difference, record.then)} none="not known" />
                </Cell>
                <Cell className="min-w-40">
                  <Version text={partsText(difference, record.now)} none="voided" />
                </Cell>
                <Cell className="min-w-48">
                  <Through difference={difference} animal={animal} ids={ids} />
                  {reason === null ? null : <p className="text-xs">{reason}</p>}
                </Cell>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {records.length > MOST_RECORDS ? (
        <p className="px-4 py-2 text-sm text-ink-soft">
          And {records.length - MOST_RECORDS} more, which are new and changed no decision. Choose instants that are
          closer together to see them.
        </p>
      ) : null}
    </>
  );
};
