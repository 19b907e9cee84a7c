import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Refused } from "@/app/(workspace)/refused";
import { BoardCounts } from "@/components/board/board-counts";
import { BoardFilterForm } from "@/components/board/board-filter-form";
import { filtersQuery, readBoardFilters } from "@/components/board/board-filters";
import { BoardTable } from "@/components/board/board-table";
import { type BoardRow, buildBoard } from "@/components/board/board-view";
import { NeedsYou } from "@/components/board/needs-you";
import { PageHeading } from "@/components/shell/page-heading";
import { DoseStrip } from "@/components/timeline/dose-strip";
import { doseStripData } from "@/components/timeline/dose-strip-data";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { localDateText, localTimeText } from "@/lib/domain/calendar/local-time";
import type { AddressQuery } from "@/lib/contracts/address-query";
import { permits } from "@/lib/domain/access/permissions";
import { requireActor } from "@/lib/server/auth/current-actor";
import { serverNowMs } from "@/lib/server/kernel/clock";
import { readBoard } from "@/lib/server/operations/studies/board";
import type { Board } from "@/lib/server/operations/studies/board";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { animalAddress, pathText, recordAddress, studyAddress, whyAddress } from "../study-address";
import { stripLabel } from "./strip-label";

type BoardPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: BoardPageProps): Promise<Metadata> => ({
  title: `Board · ${pathText((await params).code)}`,
});

type StripSetting = { readonly nowMs: number; readonly doseUnit: string; readonly timeZone: string };

/** The dose of each animal over time, all on the scale of the longest. */
const drawnStrips = (
  rows: readonly BoardRow[],
  { nowMs, doseUnit, timeZone }: StripSetting,
): ReadonlyMap<string, ReactNode> => {
  const strips = rows.map(({ animal }) => {
    const events = animal.decisions.map(({ action, observedMs, toDose }) => ({
      action,
      atMs: observedMs,
      toDose: Number(toDose),
    }));
    return { animal, strip: doseStripData(events, animal.control, nowMs) };
  });
  const days = Math.max(1, ...strips.map(({ strip }) => strip.days));
  return new Map(
    strips
      .filter(({ strip }) => strip.segments.length > 0)
      .map(({ animal, strip }) => [
        animal.tag,
        <DoseStrip key={animal.tag} strip={strip} days={days} label={stripLabel(animal, doseUnit, timeZone)} />,
      ]),
  );
};

const NoAnimals = ({ code, mayRegister }: { readonly code: string; readonly mayRegister: boolean }) => (
  <Panel title="Animals">
    <EmptyState
      title="No animals yet"
      action={
        mayRegister ? (
          <LinkButton href={studyAddress(code, "protocol")} tone="primary">
            Protocol and animals
          </LinkButton>
        ) : undefined
      }
    >
      {mayRegister
        ? "Draft the protocol with its dose groups, then register the animals one by one or paste them from a spreadsheet."
        : "The study director registers them; then every animal stands here, those that need somebody first."}
    </EmptyState>
  </Panel>
);

const BoardBody = ({
  board,
  query,
  nowMs,
}: {
  readonly board: Board;
  readonly query: AddressQuery;
  readonly nowMs: number;
}) => {
  const { study, animals } = board;
  const filters = readBoardFilters(query);
  const now = { ms: nowMs, timeZone: study.timeZone };
  const view = buildBoard(animals, filters, now);
  const address = studyAddress(study.code, "board");
  const mayOrder = permits(study.roles, "order.any");
  const addresses = {
    board: address,
    animal: (tag: string) => animalAddress(study.code, tag),
    why: (tag: string, entry: string) => whyAddress(study.code, tag, entry),
    order: (tag: string) => (mayOrder ? recordAddress(study.code, tag, "order") : null),
  };
  const doseUnit = board.doseUnit ?? "";
  const strips = drawnStrips(
    view.sections.flatMap(({ rows }) => rows),
    { nowMs, doseUnit, timeZone: study.timeZone },
  );
  const checkedAt = localTimeText(nowMs, study.timeZone);
  const hidden =
    view.counts.OFF_STUDY - (view.sections.find(({ section }) => section === "off-study")?.rows.length ?? 0);
  return (
    <>
      <PrintLayout landscape="page" rootPx={10.5} />
      <BoardCounts view={view} total={animals.length} filters={filters} address={address} now={now} />
      <NeedsYou rows={view.needing} doseUnit={doseUnit} addresses={addresses} now={now} checkedAt={checkedAt} />
      <Panel title="Every animal" note={`${String(view.shown)} of ${String(animals.length)}`} flush>
        <BoardFilterForm animals={animals} filters={filters} address={address} />
        {view.shown === 0 ? (
          <EmptyState title="No animal fits these filters" action={<LinkButton href={address}>Show all</LinkButton>}>
            The study has {animals.length} animals.
          </EmptyState>
        ) : (
          <BoardTable view={view} doseUnit={doseUnit} addresses={addresses} now={now} strips={strips} />
        )}
        {hidden > 0 && view.shown > 0 && filters.status === null ? (
          <p className="border-t border-hairline px-4 py-2 text-sm print:hidden">
            <LinkButton href={`${address}${filtersQuery({ ...filters, all: true })}`} tone="quiet">
              Show {hidden} off study as well
            </LinkButton>
          </p>
        ) : null}
      </Panel>
    </>
  );
};

const BoardPage = async ({ params, searchParams }: BoardPageProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(studyAddress(code, "board"));
  const board = await readBoard(actor, code);
  if (!board.ok) return <Refused refusal={board.fault} back="/studies" />;
  const { study, animals } = board.value;
  const nowMs = serverNowMs();
  return (
    <>
      <PageHeading
        title="Board"
        detail={`${localDateText(nowMs, study.timeZone)}, checked ${localTimeText(nowMs, study.timeZone)} ${study.timeZone}`}
      />
      {animals.length === 0 ? (
        <NoAnimals code={study.code} mayRegister={permits(study.roles, "animal.register")} />
      ) : (
        <BoardBody board={board.value} query={await searchParams} nowMs={nowMs} />
      )}
    </>
  );
};

export default BoardPage;
