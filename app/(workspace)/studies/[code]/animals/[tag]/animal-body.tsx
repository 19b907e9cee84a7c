import type { ReactNode } from "react";
import { entryAnchor } from "@/components/animal-page/anchors";
import type { KnownAnimal } from "@/components/animal-page/as-known";
import { type EntryRecord, entryRecords } from "@/components/animal-page/entry-records";
import { type StudyUnits } from "@/components/animal-page/entry-words";
import type { EntryReference } from "@/components/animal-page/explanation-view";
import { measurementTable } from "@/components/animal-page/measurement-rows";
import type { KnownAt } from "@/components/known-at/known-at";
import { atInstant } from "@/components/known-at/known-at-address";
import { knowledgeSteps } from "@/components/known-at/known-at-steps";
import { KnownAtForm } from "@/components/known-at/known-at-form";
import { buildTimeline } from "@/components/timeline/build-timeline";
import { DoseTimeline } from "@/components/timeline/dose-timeline";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import { isClosed } from "@/lib/domain/access/study-life";
import { permits } from "@/lib/domain/access/permissions";
import { localDateText, localDayMonthText } from "@/lib/domain/time/local-time";
import { Decimal } from "@/lib/domain/decimal";
import type { Now } from "@/lib/domain/animal/attention";
import { type AnimalDays, dayWord } from "@/lib/domain/language/day-words";
import { shownWeight } from "@/lib/domain/animal/weight-change";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { animalAddress, changesAddress, recordAddress, studyAddress } from "../../study-address";
import type { OpenAmendment } from "./amendment";
import { EntriesPanel } from "./entries-panel";
import { DecisionsPanel } from "./decisions-panel";
import { groupBand } from "./group-band";
import { MeasurementsPanel } from "./measurements-panel";
import { kindLabel } from "@/lib/domain/language/code-words";

type AnimalBodyProps = {
  readonly study: AuthorizedStudy;
  readonly record: AnimalRecord;
  readonly known: KnownAnimal;
  readonly now: Now;
  readonly query: AddressQuery;
  readonly knownAt: KnownAt;
  /** Who reads the page. */
  readonly userId: string;
  /** The signatures of an entry, or that it waits for one; they stand wherever the entry does. */
  readonly signaturesOf: (entry: string) => ReactNode;
  readonly amending: OpenAmendment | null;
  /** What is known of the animal itself, with what was changed of it. */
  readonly ownRecord: ReactNode;
};

/** So many entries are listed at once; the rest on request. */
const FIRST_ENTRIES = 25;

const referenceTo = (records: readonly EntryRecord[], days: AnimalDays, hrefOf: (record: EntryRecord) => string) => {
  const byEntry = new Map<string, EntryRecord>();
  for (const record of records)
    for (const { entry } of [record.latest, ...record.former]) byEntry.set(entry.id, record);
  return (id: string): EntryReference | null => {
    const record = byEntry.get(id);
    if (record === undefined) return null;
    const { entry } = record.latest;
    const date = days.firstDoseMs === null ? "" : `, ${localDayMonthText(entry.observedAt.ms, days.timeZone)}`;
    return { label: `${kindLabel(entry.kind)} of ${dayWord(entry.observedAt.ms, days)}${date}`, href: hrefOf(record) };
  };
};

const Timeline = ({
  study,
  record,
  known,
  now,
  isPast,
  records,
}: AnimalBodyProps & { readonly isPast: boolean; readonly records: readonly EntryRecord[] }) => {
  if (known.replayed === null || known.log.length === 0) {
    return (
      <EmptyState title="Nothing to draw yet">
        The timeline begins with the first entry: a weight, a count or a dose.
      </EmptyState>
    );
  }
  const signs = records.flatMap(({ latest: { entry, details }, voided }) =>
    voided === null ? details.signs.map(({ text, severity }) => ({ entry: entry.id, text, severity })) : [],
  );
  const data = buildTimeline({
    animal: known.subject,
    protocols: record.protocols,
    log: known.log.map(({ entry }) => entry),
    replayed: known.replayed,
    timeZone: study.timeZone,
    now: { ms: now.ms, text: isPast ? "known at" : "today" },
    signs,
    // What the group had is read as it is known now: beside what was known then it would mislead.
    ...(isPast ? {} : { groupRanges: groupBand(record.groupMates, study.timeZone) }),
  });
  return (
    <div className="px-4 py-3 print:px-0">
      <DoseTimeline data={data} id="dose" />
    </div>
  );
};

const Actions = ({
  study,
  record,
  known,
  knownAt,
}: Pick<AnimalBodyProps, "study" | "record" | "known" | "knownAt">) => {
  const { code, roles } = study;
  const tag = record.animal.id;
  const open = known.overview.status !== "OFF_STUDY" && knownAt.atMs === null && !isClosed(study.status);
  return (
    <>
      {open && permits(roles, "order.withhold") ? (
        <LinkButton
          href={recordAddress(code, tag, "order")}
          tone={permits(roles, "order.any") ? "primary" : "plain"}
          prefetch={false}
        >
          Order…
        </LinkButton>
      ) : null}
      {open && permits(roles, "entry.record.cbc") ? (
        <LinkButton href={recordAddress(code, tag, "cbc")} prefetch={false}>
          Record…
        </LinkButton>
      ) : null}
      {permits(roles, "history.export") ? (
        <LinkButton
          href={atInstant(
            `${studyAddress(code, "histories")}?${new URLSearchParams({ animal: tag }).toString()}`,
            knownAt.text,
          )}
          prefetch={false}
        >
          History
        </LinkButton>
      ) : null}
    </>
  );
};

/** What can be done here, and the instant that is looked at. */
const Tools = (props: Pick<AnimalBodyProps, "study" | "record" | "known" | "knownAt">) => {
  const { study, record, knownAt } = props;
  const address = animalAddress(study.code, record.animal.id);
  return (
    <div className="flex flex-wrap items-end gap-2 print:hidden">
      <Actions {...props} />
      <div className="ml-auto">
        <KnownAtForm
          knownAt={knownAt}
          timeZone={study.timeZone}
          address={address}
          steps={knowledgeSteps(address, knownAt, record.learntMs, study.timeZone)}
          compare={changesAddress(study.code, { animal: record.tagNow, from: knownAt.text, to: null })}
        />
      </div>
    </div>
  );
};

const baselineGramsOf = ({ overview: { summary } }: KnownAnimal): string | null =>
  summary.firstDoseMs === null ? null : (summary.baselineWeight?.value ?? null);

const changeWords = ({ overview: { summary } }: KnownAnimal, days: AnimalDays): string | null => {
  const { baselineWeight, firstDoseMs } = summary;
  if (baselineWeight === null || firstDoseMs === null) return null;
  const { value, unit } = shownWeight(new Decimal(baselineWeight.value));
  return `% of ${value} ${unit}, ${dayWord(baselineWeight.observedMs, days)}`;
};

/** Timeline beside the decisions, then the same numbers as a table, then every entry. */
export const AnimalBody = (props: AnimalBodyProps) => {
  const { study, record, known, query, knownAt } = props;
  const { summary } = known.overview;
  const days: AnimalDays = { firstDoseMs: summary.firstDoseMs, timeZone: study.timeZone };
  const protocol = record.protocols.at(-1);
  const units: StudyUnits = {
    dose: protocol?.doseUnit ?? "",
    bilirubin: protocol?.referenceRanges.bilirubin.unit ?? "",
  };
  const records = entryRecords(known.log);
  const wholePage = queryText(query, "entries") === "all";
  const showAll = wholePage || records.length <= FIRST_ENTRIES;
  const address = animalAddress(study.code, record.animal.id);
  const allAddress = atInstant(`${address}?entries=all`, knownAt.text);
  const listed = showAll ? records : records.slice(0, FIRST_ENTRIES);
  const shown = new Set(listed);
  const referenceOf = referenceTo(
    records,
    days,
    (target) => `${shown.has(target) ? "" : allAddress}#${entryAnchor(target.id)}`,
  );
  const table = measurementTable(records, known.standing, {
    days,
    units,
    history: known.replayed?.history ?? null,
    baselineGrams: baselineGramsOf(known),
  });
  return (
    <div className="space-y-4">
      <Tools study={study} record={record} known={known} knownAt={knownAt} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_23rem]">
        <Panel
          title="Dose and response"
          note={
            days.firstDoseMs === null
              ? "before the first dose"
              : `days from the first dose, ${localDateText(days.firstDoseMs, study.timeZone)}`
          }
          flush
        >
          <Timeline {...props} isPast={knownAt.atMs !== null} records={records} />
        </Panel>
        <DecisionsPanel
          code={study.code}
          tag={record.animal.id}
          known={known}
          days={days}
          why={queryText(query, "why")}
          asKnownAt={knownAt.text}
          referenceOf={referenceOf}
          signaturesOf={props.signaturesOf}
        />
      </div>
      <MeasurementsPanel
        table={table}
        doseUnit={units.dose}
        changeOf={changeWords(known, days)}
        protocolVersion={protocol?.version}
        showsAll={wholePage}
        allHref={allAddress}
      />
      <EntriesPanel
        {...props}
        records={records}
        listed={listed}
        days={days}
        units={units}
        allHref={showAll ? null : `${allAddress}#entries`}
      />
      {props.ownRecord}
    </div>
  );
};
