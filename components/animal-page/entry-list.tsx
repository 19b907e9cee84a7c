import { Fragment, type ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { LateMark } from "@/components/ui/late-mark";
import { LinkButton } from "@/components/ui/link-button";
import { numberText, Unit } from "@/components/ui/quantity";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { RecordedEntry } from "@/lib/contracts/animal-record";
import { localDateText, localDayMonthText, localTimeText } from "@/lib/domain/time/local-time";
import { lateText } from "@/lib/domain/record/late";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import type { Deviation } from "@/lib/domain/rules/history";
import { type AnimalDays, dayWord } from "@/lib/domain/language/day-words";
import { entryAnchor } from "./anchors";
import type { EntryRecord, RecordedVersion } from "./entry-records";
import { entryParts, reasonText, type StudyUnits } from "./entry-words";
import { capitalized, DEVIATION_WORDS, kindLabel } from "@/lib/domain/language/code-words";

type EntryListProps = {
  readonly records: readonly EntryRecord[];
  readonly deviations: readonly Deviation[];
  readonly days: AnimalDays;
  readonly units: StudyUnits;
  /** The signatures of an entry, or that it waits for one. */
  readonly signaturesOf: (entry: string) => ReactNode;
  /** Where what an entry changed is told. */
  readonly changesOf: (entry: LogEntry) => string;
  /** The animal as it was known just before an entry. */
  readonly beforeOf: (entry: LogEntry) => string;
  /** Where an entry is corrected in place; null where the reader may not. */
  readonly amendHref: (record: EntryRecord) => string | null;
  /** The entry that is being corrected, and its form. */
  readonly amending: { readonly id: string; readonly form: ReactNode } | null;
};

const LINK = "text-xs whitespace-nowrap text-accent-strong underline-offset-2 hover:underline print:hidden";

/** What an entry changed, and the page as it was known before it. */
const Changed = ({ href, before }: { readonly href: string; readonly before: string }) => (
  <>
    <a href={href} className={LINK}>
      What did it change?
    </a>{" "}
    <a href={before} className={`ml-1.5 ${LINK}`}>
      Before it
    </a>
  </>
);

const Parts = ({
  version,
  units,
  struck = false,
}: {
  readonly version: RecordedVersion;
  readonly units: StudyUnits;
  readonly struck?: boolean;
}) => {
  const parts = entryParts(version.entry, version.details, units);
  const Line = struck ? "s" : "span";
  return (
    <Line className={`flex flex-wrap gap-x-4 ${struck ? "text-ink-faint" : ""}`}>
      {parts.length === 0 ? <span className="text-ink-faint">nothing noted</span> : null}
      {parts.map(({ key, name, value, unit, typed }) => (
        <span key={key} className="inline-block">
          {name === null ? null : <span className="text-ink-soft">{name} </span>}
          {numberText(value)}
          {unit === null ? null : (
            <>
              {" "}
              <Unit>{unit}</Unit>
            </>
          )}
          {typed === null ? null : <span className="text-xs text-ink-faint"> ({typed})</span>}
        </span>
      ))}
    </Line>
  );
};

/** "12 Jan 2026, 11:05": to the minute, in the study's time zone. */
const instantText = (ms: number, timeZone: string): string =>
  `${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)}`;

const Amendment = ({
  by,
  recorded,
  timeZone,
  words,
  changesOf,
  beforeOf,
}: {
  readonly by: RecordedEntry;
  readonly recorded: number;
  readonly timeZone: string;
  readonly words: string;
} & Pick<EntryListProps, "changesOf" | "beforeOf">) => {
  const reason = reasonText(by.details);
  return (
    <p className="text-xs text-ink-soft">
      {words} {instantText(recorded, timeZone)}
      {by.recordedBy === null ? "" : ` by ${by.recordedBy}`}
      {reason === null ? "" : `: ${reason}`} <Changed href={changesOf(by.entry)} before={beforeOf(by.entry)} />
    </p>
  );
};

const Revisions = ({
  record,
  days,
  units,
  changesOf,
  beforeOf,
}: { readonly record: EntryRecord } & Pick<EntryListProps, "days" | "units" | "changesOf" | "beforeOf">) => {
  const { latest, former, voided } = record;
  const versions = [latest, ...former];
  return (
    <>
      {former.map((version, place) => {
        const by = versions[place];
        return (
          <div key={version.entry.id} className="mt-1">
            <Parts version={version} units={units} struck />
            {version.entry.observedAt.ms === latest.entry.observedAt.ms ? null : (
              <p className="text-xs text-ink-faint">
                observed at {instantText(version.entry.observedAt.ms, days.timeZone)}
              </p>
            )}
            {by === undefined ? null : (
              <Amendment
                by={by}
                recorded={by.entry.recordedAt.ms}
                timeZone={days.timeZone}
                words="corrected"
                changesOf={changesOf}
                beforeOf={beforeOf}
              />
            )}
          </div>
        );
      })}
      {voided === null ? null : (
        <Amendment
          by={voided}
          recorded={voided.entry.recordedAt.ms}
          timeZone={days.timeZone}
          words="voided"
          changesOf={changesOf}
          beforeOf={beforeOf}
        />
      )}
    </>
  );
};

const Remarks = ({ record, deviations }: { readonly record: EntryRecord } & Pick<EntryListProps, "deviations">) => {
  const { latest, former, voided } = record;
  const { comment, source, deviationReason } = latest.details;
  const own = deviations.filter(({ entry }) => entry === latest.entry.id);
  const { entry: first } = former.at(-1) ?? latest;
  const late = lateText(first.observedAt.ms, first.recordedAt.ms);
  const orderReason = latest.entry.kind === "order" ? latest.details.reason : null;
  // An entry that corrects nothing and has a reason was recorded for another animal first.
  const movedReason =
    latest.entry.kind !== "order" && latest.entry.corrects === null ? reasonText(latest.details) : null;
  return (
    <>
      <span className="flex flex-wrap gap-1">
        {voided === null ? null : <Badge tone="stopped">voided</Badge>}
        {former.length === 0 ? null : <Badge>corrected</Badge>}
        {late === null ? null : <LateMark late={late} />}
        {own.map(({ code }) => (
          <Badge key={code} tone={code === "EXPOSED_BEFORE_RESULT" ? "withheld" : "stopped"}>
            {capitalized(DEVIATION_WORDS[code])}
          </Badge>
        ))}
      </span>
      {[deviationReason, orderReason, movedReason, comment].map((text, place) =>
        text === null ? null : (
          <p key={place} className="max-w-prose text-sm whitespace-pre-line">
            {place < 3 ? "Reason: " : ""}
            {text}
          </p>
        ),
      )}
      {source === null ? null : <p className="text-xs text-ink-faint">from {source}</p>}
    </>
  );
};

const Row = ({
  record,
  deviations,
  days,
  units,
  signaturesOf,
  changesOf,
  beforeOf,
  amendHref,
  amending,
}: { readonly record: EntryRecord } & Omit<EntryListProps, "records">) => {
  const { latest, voided } = record;
  const isOpen = amending?.id === record.id;
  const href = isOpen ? null : amendHref(record);
  const { entry, recordedBy } = latest;
  const { timeZone } = days;
  const first = record.former.at(-1) ?? latest;
  return (
    <>
      <tr id={entryAnchor(record.id)} className="scroll-mt-44 target:[&>*]:bg-accent-soft">
        <IdentityCell>
          {dayWord(entry.observedAt.ms, days)}
          <span className="ml-2 text-xs font-normal text-ink-faint">
            {days.firstDoseMs === null ? "" : `${localDayMonthText(entry.observedAt.ms, timeZone)}, `}
            {localTimeText(entry.observedAt.ms, timeZone)}
          </span>
        </IdentityCell>
        <Cell className="whitespace-nowrap">
          {kindLabel(entry.kind)}
          {href === null ? null : (
            <span className="mt-1 block print:hidden">
              <LinkButton
                href={href}
                prefetch={false}
                scroll={false}
                aria-label={`Correct ${kindLabel(entry.kind)} of ${dayWord(entry.observedAt.ms, days)}`}
              >
                Correct…
              </LinkButton>
            </span>
          )}
        </Cell>
        <Cell className="min-w-64">
          <Parts version={latest} units={units} struck={voided !== null} />
          <Revisions record={record} days={days} units={units} changesOf={changesOf} beforeOf={beforeOf} />
        </Cell>
        <Cell className="text-sm whitespace-nowrap">
          {instantText(first.entry.recordedAt.ms, timeZone)}
          {(first.recordedBy ?? recordedBy) === null ? null : (
            <span className="block text-xs text-ink-faint">{first.recordedBy ?? recordedBy}</span>
          )}
          <span className="block">
            <Changed href={changesOf(first.entry)} before={beforeOf(first.entry)} />
          </span>
        </Cell>
        <Cell className="min-w-40">
          <Remarks record={record} deviations={deviations} />
          {[record.latest, ...record.former].map((version) => (
            <Fragment key={version.entry.id}>{signaturesOf(version.entry.id)}</Fragment>
          ))}
        </Cell>
      </tr>
      {isOpen ? (
        <tr className="print:hidden">
          <td colSpan={5} className="border-b border-hairline bg-ground px-4 py-3">
            {amending.form}
          </td>
        </tr>
      ) : null}
    </>
  );
};

/** Every entry with what became of it: nothing is taken away, what was replaced is struck through. */
export const EntryList = ({ records, ...rest }: EntryListProps) =>
  records.length === 0 ? (
    <EmptyState title="No entries yet">
      Whatever is recorded of this animal stands here, with who recorded it and when.
    </EmptyState>
  ) : (
    <Table caption="Entries" {...(rest.amending === null ? { maxHeight: "most" } : {})}>
      <thead>
        <tr>
          <HeadCell identity>Observed</HeadCell>
          <HeadCell>Entry</HeadCell>
          <HeadCell>What was recorded</HeadCell>
          <HeadCell>Recorded</HeadCell>
          <HeadCell>Remarks</HeadCell>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <Row key={record.id} record={record} {...rest} />
        ))}
      </tbody>
    </Table>
  );
