import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { TagFilter } from "@/components/animals/tag-filter";
import { HistoryFilterForm, messageOf } from "@/components/histories/history-filter-form";
import {
  filtersText,
  historyPlace,
  historyPlaceText,
  historyQueryText,
  type ReadFilters,
  readHistoryFilters,
} from "@/components/histories/history-filters";
import { HistoryHead } from "@/components/histories/history-head";
import { HistoryTable } from "@/components/histories/history-table";
import { KnownAtForm } from "@/components/known-at/known-at-form";
import { daySteps } from "@/components/known-at/known-at-steps";
import { PageBand } from "@/components/known-at/known-at-band";
import { readKnownAt } from "@/components/known-at/known-at";
import { atInstant } from "@/components/known-at/known-at-address";
import { PageHeading } from "@/components/shell/page-heading";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { localDateText, localTimeText } from "@/lib/domain/time/local-time";
import { requireActor } from "@/lib/server/auth/current-actor";
import { serverNowMs } from "@/lib/server/config/clock";
import { type DoseModifications, doseModifications } from "@/lib/server/operations/histories/dose-modifications";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { groupCodes } from "../group-codes";
import { changesAddress, pathText, studyAddress, whyAddress, versionAddress } from "../study-address";

type HistoriesPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: HistoriesPageProps): Promise<Metadata> => ({
  title: `Histories · ${pathText((await params).code)}`,
});

type HistoryRowsProps = {
  readonly history: DoseModifications;
  readonly typed: ReadFilters["typed"];
  readonly address: string;
  readonly by: string;
};

/** The whole study: with what proves it, or as it was known then. */
const bundleFile = (code: string, asKnownAt: string | null): string => {
  const query = asKnownAt === null ? { proof: "with" } : { asKnownAt };
  return `/api/v1/studies/${encodeURIComponent(code)}/bundle?${new URLSearchParams(query).toString()}`;
};

const Turning = ({ history, address }: Pick<HistoryRowsProps, "history" | "address">) => {
  const { rows, filters, hasMore } = history;
  const last = rows.at(-1);
  const at = (place: Readonly<Record<string, string>>): string =>
    `${address}?${new URLSearchParams([...new URLSearchParams(historyQueryText(filters)), ...Object.entries(place)]).toString()}`;
  return (
    <nav aria-label="Pages" className="flex gap-2 border-t border-hairline px-4 py-2 print:hidden">
      <LinkButton href={at({})} prefetch={false}>
        First
      </LinkButton>
      {last === undefined || !hasMore ? null : (
        <LinkButton href={at({ after: historyPlaceText(last) })} prefetch={false}>
          Next
        </LinkButton>
      )}
      <LinkButton href={at({ rows: "all" })} prefetch={false} tone="quiet">
        Show all
      </LinkButton>
    </nav>
  );
};

/** Which rows these are, the file of them, and the rows. */
const HistoryRows = ({ history, typed, address, by }: HistoryRowsProps) => {
  const { study, rows, count, sha256, filters, checkpoint } = history;
  const nowMs = serverNowMs();
  const asKnownAt = filters.asKnownAt ?? null;
  const whole = Object.keys(typed).length === 0;
  const file = `/api/v1/studies/${encodeURIComponent(study.code)}/dose-modifications.csv${historyQueryText(filters)}`;
  return (
    <>
      <Panel
        title="These rows"
        actions={
          <div className="flex flex-wrap gap-2 print:hidden">
            <a href={bundleFile(study.code, asKnownAt)} download className={buttonLook("plain")}>
              Download bundle
            </a>
            <a href={file} download className={buttonLook("primary")}>
              Download CSV
            </a>
          </div>
        }
      >
        <HistoryHead
          filters={filtersText(filters)}
          rows={rows.length === count ? String(count) : `${String(rows.length)} of ${String(count)} on this page`}
          sha256={sha256}
          checkpoint={checkpoint}
          by={by}
          at={`${localDateText(nowMs, study.timeZone)}, ${localTimeText(nowMs, study.timeZone)} ${study.timeZone}`}
        />
      </Panel>
      <Panel title="Decisions" note={String(count)} flush>
        {rows.length === 0 ? (
          <EmptyState
            title={whole ? "No decisions yet" : "No decision fits these filters"}
            action={whole ? undefined : <LinkButton href={atInstant(address, asKnownAt)}>Whole study</LinkButton>}
          >
            {whole
              ? "The first dose of an animal is its first decision; every hold, resume and end follows it here."
              : "Check the tag and the dates, or take a filter away."}
          </EmptyState>
        ) : (
          <HistoryTable
            rows={rows}
            animalAddress={({ animal, entry }) => atInstant(whyAddress(study.code, animal, entry), asKnownAt)}
            protocolAddress={({ protocolVersion }) => versionAddress(study.code, protocolVersion)}
          />
        )}
        {rows.length === count ? null : <Turning history={history} address={address} />}
      </Panel>
    </>
  );
};

const HistoriesPage = async ({ params, searchParams }: HistoriesPageProps) => {
  const code = pathText((await params).code);
  const address = studyAddress(code, "histories");
  const query = await searchParams;
  const actor = await requireActor(atInstant(address, queryText(query, "asKnownAt")));
  const gate = await readStudy(actor, code);
  if (!gate.ok) return <Refused refusal={gate.fault} back="/studies" />;
  const { timeZone } = gate.value;
  const knownAt = readKnownAt(query, timeZone, serverNowMs());
  const read = readHistoryFilters(query, knownAt.text);
  const [history, groups] = await Promise.all([
    doseModifications(
      actor,
      code,
      read.filters ?? {},
      queryText(query, "rows") === "all" ? "all" : historyPlace(query),
    ),
    groupCodes(actor, code),
  ]);
  if (!history.ok) return <Refused refusal={history.fault} back={studyAddress(code, "board")} />;
  const { study, filters } = history.value;
  const ofNow = `${address}${historyQueryText({ ...filters, asKnownAt: undefined })}`;
  return (
    <>
      <PageBand knownAt={knownAt} timeZone={timeZone} now={ofNow} />
      <PrintLayout
        landscape="page"
        rootPx={11}
        of={`Study ${study.code} · Dose-modification history${read.typed.animal === undefined ? "" : ` of animal ${read.typed.animal}`}`}
        reader={actor}
        timeZone={timeZone}
        knownAtMs={knownAt.atMs}
      />
      <PageHeading
        title="Dose-modification history"
        detail={
          read.typed.animal === undefined
            ? `Every decision of study ${study.code}`
            : `Animal ${read.typed.animal} of study ${study.code}`
        }
        actions={
          <KnownAtForm
            knownAt={knownAt}
            timeZone={timeZone}
            address={address}
            keep={read.typed}
            steps={daySteps(ofNow, knownAt, serverNowMs())}
            compare={changesAddress(study.code, { animal: read.typed.animal ?? null, from: knownAt.text, to: null })}
          />
        }
      />
      <div className="space-y-4">
        <HistoryFilterForm
          read={read}
          animalField={
            <TagFilter study={code} defaultValue={read.typed.animal ?? ""} error={messageOf(read, "animal")} />
          }
          groups={groups}
          address={address}
          asKnownAt={knownAt.text}
        />
        {read.filters === null ? (
          <Notice tone="stopped" title="No rows are shown">
            {read.faults.map(({ path, message }) => `${path} ${message}`).join("; ")}. Correct it, then filter again.
          </Notice>
        ) : (
          <HistoryRows
            history={history.value}
            typed={read.typed}
            address={address}
            by={`${actor.name} <${actor.email}>`}
          />
        )}
      </div>
    </>
  );
};

export default HistoriesPage;
