import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { HistoryFilterForm } from "@/components/histories/history-filter-form";
import { filtersText, historyQueryText, readHistoryFilters } from "@/components/histories/history-filters";
import { HistoryHead } from "@/components/histories/history-head";
import { HistoryTable } from "@/components/histories/history-table";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { AddressQuery } from "@/lib/contracts/address-query";
import { localDateText, localTimeText } from "@/lib/domain/calendar/local-time";
import { requireActor } from "@/lib/server/auth/current-actor";
import { serverNowMs } from "@/lib/server/kernel/clock";
import { listAnimals } from "@/lib/server/operations/animals/list-animals";
import { doseModifications } from "@/lib/server/operations/histories/dose-modifications";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { pathText, studyAddress, whyAddress } from "../study-address";

type HistoriesPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: HistoriesPageProps): Promise<Metadata> => ({
  title: `Histories · ${pathText((await params).code)}`,
});

const distinct = (values: readonly (string | null)[]): readonly string[] =>
  [...new Set(values.flatMap((value) => value ?? []))].sort(new Intl.Collator("en", { numeric: true }).compare);

const HistoriesPage = async ({ params, searchParams }: HistoriesPageProps) => {
  const code = pathText((await params).code);
  const address = studyAddress(code, "histories");
  const actor = await requireActor(address);
  const read = readHistoryFilters(await searchParams);
  const [history, listed] = await Promise.all([
    doseModifications(actor, code, read.filters ?? {}),
    listAnimals(actor, code),
  ]);
  if (!history.ok) return <Refused refusal={history.fault} back={studyAddress(code, "board")} />;
  if (!listed.ok) return <Refused refusal={listed.fault} back={studyAddress(code, "board")} />;
  const { study, rows, sha256, filters } = history.value;
  const { animals } = listed.value;
  const nowMs = serverNowMs();
  const file = `/api/v1/studies/${encodeURIComponent(study.code)}/dose-modifications.csv${historyQueryText(filters)}`;
  return (
    <>
      <PageHeading
        title="Dose-modification history"
        detail={
          read.typed.animal === undefined
            ? `Every decision of study ${study.code}`
            : `Animal ${read.typed.animal} of study ${study.code}`
        }
      />
      <div className="space-y-4">
        <HistoryFilterForm
          read={read}
          animals={animals.map(({ id }) => id)}
          groups={distinct(animals.map(({ group }) => group))}
          address={address}
        />
        <PrintLayout landscape="page" rootPx={10.5} />
        {read.filters === null ? (
          <Notice tone="stopped" title="No rows are shown">
            {read.faults.map(({ path, message }) => `${path} ${message}`).join("; ")}. Correct it, then filter again.
          </Notice>
        ) : (
          <>
            <Panel
              title="These rows"
              actions={
                <a
                  href={file}
                  download
                  className="inline-flex min-h-(--control-height) items-center rounded-control bg-accent px-3.5 font-medium text-on-accent hover:bg-accent-strong print:hidden"
                >
                  Download CSV
                </a>
              }
            >
              <HistoryHead
                filters={filtersText(filters)}
                rows={rows.length}
                sha256={sha256}
                by={`${actor.name} <${actor.email}>`}
                at={`${localDateText(nowMs, study.timeZone)}, ${localTimeText(nowMs, study.timeZone)} ${study.timeZone}`}
              />
            </Panel>
            <Panel title="Decisions" note={String(rows.length)} flush>
              {rows.length === 0 ? (
                <EmptyState
                  title={Object.keys(read.typed).length === 0 ? "No decisions yet" : "No decision fits these filters"}
                  action={
                    Object.keys(read.typed).length === 0 ? undefined : (
                      <LinkButton href={address}>Whole study</LinkButton>
                    )
                  }
                >
                  {Object.keys(read.typed).length === 0
                    ? "The first dose of an animal is its first decision; every hold, resume and end follows it here."
                    : "Check the tag and the dates, or take a filter away."}
                </EmptyState>
              ) : (
                <HistoryTable
                  rows={rows}
                  animalAddress={({ animal, entry }) => whyAddress(study.code, animal, entry)}
                />
              )}
            </Panel>
          </>
        )}
      </div>
    </>
  );
};

export default HistoriesPage;
