import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { BoardCounts } from "@/components/board/board-counts";
import { BoardFilterForm } from "@/components/board/board-filter-form";
import { filtersQuery, filterTexts, readBoardFilters } from "@/components/board/board-filters";
import { BoardTable } from "@/components/board/board-table";
import { buildBoard } from "@/components/board/board-view";
import { NeedsYou } from "@/components/board/needs-you";
import { KnownAtForm } from "@/components/known-at/known-at-form";
import { daySteps } from "@/components/known-at/known-at-steps";
import { PageBand } from "@/components/known-at/known-at-band";
import { type KnownAt, readKnownAt } from "@/components/known-at/known-at";
import { atInstant } from "@/components/known-at/known-at-address";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { localDateText, localTimeText } from "@/lib/domain/time/local-time";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { permits } from "@/lib/domain/access/permissions";
import { isClosed } from "@/lib/domain/access/study-life";
import { requireActor } from "@/lib/server/auth/current-actor";
import type { Actor } from "@/lib/server/command/actor";
import { serverNowMs } from "@/lib/server/config/clock";
import { readBoard } from "@/lib/server/operations/studies/board";
import type { Board } from "@/lib/server/operations/studies/board";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { animalAddress, changesAddress, pathText, recordAddress, studyAddress, whyAddress } from "../study-address";
import { knownOverviews, laterText } from "../known-overviews";

type BoardPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: BoardPageProps): Promise<Metadata> => ({
  title: `Board · ${pathText((await params).code)}`,
});

type NoAnimalsProps = { readonly code: string; readonly mayRegister: boolean; readonly isPast: boolean };

const NoAnimals = ({ code, mayRegister, isPast }: NoAnimalsProps) => (
  <Panel title="Animals">
    <EmptyState
      title={isPast ? "No animals then" : "No animals yet"}
      action={
        mayRegister ? (
          <LinkButton href={studyAddress(code, "protocol")} tone="primary">
            Protocol and animals
          </LinkButton>
        ) : undefined
      }
    >
      {isPast
        ? "None had been registered by then."
        : mayRegister
          ? "Draft the protocol with its dose groups, then register the animals one by one or paste them from a spreadsheet."
          : "The study director registers them; then every animal stands here, those that need somebody first."}
    </EmptyState>
  </Panel>
);

type BoardBodyProps = {
  readonly board: Board;
  readonly query: AddressQuery;
  readonly nowMs: number;
  readonly knownAt: KnownAt;
};

const BoardBody = ({ board, query, nowMs, knownAt }: BoardBodyProps) => {
  const { study, animals } = board;
  const filters = readBoardFilters(query, knownAt.text);
  const now = { ms: nowMs, timeZone: study.timeZone };
  const view = buildBoard(animals, filters, now);
  const address = studyAddress(study.code, "board");
  // Nothing can be recorded from a page that shows the past, nor in a study that is closed.
  const mayOrder = permits(study.roles, "order.any") && knownAt.atMs === null && !isClosed(study.status);
  const addresses = {
    board: address,
    animal: (tag: string) => atInstant(animalAddress(study.code, tag), knownAt.text),
    why: (tag: string, entry: string) => atInstant(whyAddress(study.code, tag, entry), knownAt.text),
    order: (tag: string) => (mayOrder ? recordAddress(study.code, tag, "order") : null),
  };
  const doseUnit = board.doseUnit ?? "";
  const checkedAt = localTimeText(nowMs, study.timeZone);
  const hidden =
    view.counts.OFF_STUDY - (view.sections.find(({ section }) => section === "off-study")?.rows.length ?? 0);
  return (
    <>
      <BoardCounts view={view} total={animals.length} filters={filters} address={address} now={now} />
      <NeedsYou
        rows={view.needing}
        showsAll={queryText(query, "needs") === "all"}
        allHref={`${address}?${new URLSearchParams({ ...filterTexts(filters), needs: "all" }).toString()}`}
        doseUnit={doseUnit}
        addresses={addresses}
        now={now}
        checkedAt={checkedAt}
        reviews={{
          waiting: knownAt.atMs === null ? board.reviewsWaiting : 0,
          href: studyAddress(study.code, "reviews"),
        }}
      />
      <Panel title="Every animal" note={`${String(view.shown)} of ${String(animals.length)}`} flush>
        <BoardFilterForm animals={animals} filters={filters} address={address} />
        {view.shown === 0 ? (
          <EmptyState
            title="No animal fits these filters"
            action={<LinkButton href={atInstant(address, knownAt.text)}>Show all</LinkButton>}
          >
            The study has {animals.length} animals.
          </EmptyState>
        ) : (
          <BoardTable
            view={view}
            doseUnit={doseUnit}
            animals={`${studyAddress(study.code, "animals")}/`}
            query={atInstant("", knownAt.text)}
            now={now}
          />
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

/** What the board is made of: the states as stored, or those of an instant of the past. */
const boardAt = async (actor: Actor, board: Board, { atMs }: KnownAt): Promise<Board & { readonly later: number }> => {
  if (atMs === null) return { ...board, later: 0 };
  const known = await knownOverviews(actor, board.study.code, atMs);
  if (!known.ok) throw new Error("a study that may be read may not be read as it was known");
  return { ...board, ...known.value };
};

const BoardPage = async ({ params, searchParams }: BoardPageProps) => {
  const code = pathText((await params).code);
  const query = await searchParams;
  const address = studyAddress(code, "board");
  const actor = await requireActor(atInstant(address, queryText(query, "asKnownAt")));
  const stored = await readBoard(actor, code);
  if (!stored.ok) return <Refused refusal={stored.fault} back="/studies" />;
  const { study } = stored.value;
  const knownAt = readKnownAt(query, study.timeZone, serverNowMs());
  const board = await boardAt(actor, stored.value, knownAt);
  const nowMs = knownAt.atMs ?? serverNowMs();
  const filters = readBoardFilters(query, null);
  const ofNow = `${address}${filtersQuery(filters)}`;
  const checked = `${localDateText(nowMs, study.timeZone)}, checked ${localTimeText(nowMs, study.timeZone)} ${study.timeZone}`;
  return (
    <>
      <PageBand knownAt={knownAt} timeZone={study.timeZone} now={ofNow} />
      <PrintLayout
        landscape="page"
        rootPx={11}
        of={`Study ${study.code} · Board`}
        reader={actor}
        timeZone={study.timeZone}
        knownAtMs={knownAt.atMs}
      />
      <PageHeading
        title="Board"
        detail={
          knownAt.atMs === null
            ? checked
            : ["As it was known then.", laterText(board.later)].filter((part) => part !== null).join(" ")
        }
        actions={
          <KnownAtForm
            knownAt={knownAt}
            timeZone={study.timeZone}
            address={address}
            keep={filterTexts(filters)}
            steps={daySteps(ofNow, knownAt, serverNowMs())}
            compare={changesAddress(study.code, { animal: null, from: knownAt.text, to: null })}
          />
        }
      />
      {board.animals.length === 0 ? (
        <NoAnimals
          code={study.code}
          mayRegister={permits(study.roles, "animal.register") && knownAt.atMs === null && !isClosed(study.status)}
          isPast={knownAt.atMs !== null}
        />
      ) : (
        <BoardBody board={board} query={query} nowMs={nowMs} knownAt={knownAt} />
      )}
    </>
  );
};

export default BoardPage;
