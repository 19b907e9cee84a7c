import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { decisionAnchor, entryAnchor } from "@/components/animal-page/anchors";
import { Coverage, coverageOf } from "@/components/trail/coverage";
import { ExceptionFilterForm } from "@/components/trail/exception-filter-form";
import { exceptionQueryText, pageOfExceptions, readExceptionFilters } from "@/components/trail/exception-filters";
import type { ListedException } from "@/components/trail/exception-table";
import { BackLink } from "@/components/shell/back-link";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { AddressQuery } from "@/lib/contracts/address-query";
import { permits } from "@/lib/domain/access/permissions";
import { localDateText, localTimeText } from "@/lib/domain/time/local-time";
import { writeInstant } from "@/lib/domain/time/instant";
import { meaningText } from "@/lib/domain/language/signature-words";
import { requireActor } from "@/lib/server/auth/current-actor";
import { signerOf } from "@/lib/server/auth/signer";
import { readExceptions } from "@/lib/server/operations/audit/read-exceptions";
import type { ReviewedException, StudyExceptions } from "@/lib/server/operations/audit/read-exceptions";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { animalAddress, pathText, studyAddress } from "../../study-address";
import { ReviewList } from "./review-list";

type ExceptionsPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: ExceptionsPageProps): Promise<Metadata> => ({
  title: `Review by exception · ${pathText((await params).code)}`,
});

/** So many stand on a page, and can be signed for at once. */
const ON_A_PAGE = 100;

const timeWords = (ms: number, timeZone: string): string =>
  `${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)}`;

/** What an exception is about: the decision, the entry, or where what somebody did is listed. */
const hrefOf = (code: string, { kind, animal, entry, by }: ReviewedException): string | null => {
  if (animal === null)
    return by === null ? null : `${studyAddress(code, "audit")}?${new URLSearchParams({ person: by }).toString()}`;
  if (entry === null) return animalAddress(code, animal);
  return kind === "OVERRIDE"
    ? `${animalAddress(code, animal)}?why=${encodeURIComponent(entry)}#${decisionAnchor(entry)}`
    : `${animalAddress(code, animal)}?entries=all#${entryAnchor(entry)}`;
};

const reviewWords = ({ review }: ReviewedException, timeZone: string): string | null =>
  review === null
    ? null
    : `${review.signerName}, ${timeWords(Date.parse(review.signedAt), timeZone)}: ${meaningText(review.meaning)}${review.intact ? "" : " (signature broken)"}`;

const listed =
  (code: string, timeZone: string) =>
  (exception: ReviewedException): ListedException => ({
    key: exception.key,
    kind: exception.kind,
    says: exception.says,
    about: exception.animal ?? exception.by,
    href: hrefOf(code, exception),
    at: timeWords(exception.atMs, timeZone),
    changedAt: writeInstant(exception.changedMs),
    by: exception.by,
    standing: exception.standing,
    review: reviewWords(exception, timeZone),
  });

/** "12 of 345 exceptions reviewed, 2 to be followed up, of all recorded since 3 Mar 2026, 14:05 Asia/Kolkata". */
const coverageWords = ({ study, exceptions, sinceMs }: StudyExceptions): string => {
  const count = (standing: ReviewedException["standing"]): string =>
    String(exceptions.filter((exception) => exception.standing === standing).length);
  const since = `${timeWords(sinceMs, study.timeZone)} ${study.timeZone}`;
  return `${count("reviewed")} of ${String(exceptions.length)} exceptions reviewed, ${count("follow-up")} to be followed up, of all that study ${study.code} recorded since ${since}`;
};

const ExceptionsPage = async ({ params, searchParams }: ExceptionsPageProps) => {
  const code = pathText((await params).code);
  const address = studyAddress(code, "audit", "exceptions");
  const actor = await requireActor(address);
  const filters = readExceptionFilters(await searchParams);
  const read = await readExceptions(actor, code);
  if (!read.ok) return <Refused refusal={read.fault} back={studyAddress(code, "board")} />;
  const { study, exceptions } = read.value;
  const page = pageOfExceptions(exceptions, filters, ON_A_PAGE);
  const pageAddress = (after: string | null): string | null =>
    after === null ? null : `${address}${exceptionQueryText(filters, after === "" ? null : after)}`;
  const animals = [...new Set(exceptions.flatMap(({ animal }) => animal ?? []))];
  const last = page.first + page.items.length - 1;
  return (
    <>
      <PrintLayout
        landscape="page"
        rootPx={12}
        of={`Study ${study.code} · Review by exception`}
        reader={actor}
        timeZone={study.timeZone}
      />
      <PageHeading
        title="Review by exception"
        detail={coverageWords(read.value)}
        back={<BackLink href={studyAddress(code, "audit")}>Audit trail</BackLink>}
      />
      <div className="space-y-4">
        <Panel title="Coverage" note="the gravest kind first" flush>
          <Coverage
            lines={coverageOf(exceptions)}
            hrefOf={(kind) => `${address}${exceptionQueryText({ ...filters, kind })}`}
          />
        </Panel>
        <ExceptionFilterForm read={filters} animals={animals} address={address} />
        {filters.faults.length === 0 ? null : (
          <Notice tone="stopped" title="The address was not understood">
            {filters.faults.join(" ")}
          </Notice>
        )}
        {page.items.length === 0 ? (
          <Panel title="Exceptions">
            <EmptyState
              title={exceptions.length === 0 ? "No exceptions" : "Nothing here with these filters"}
              action={
                exceptions.length === 0 ? undefined : (
                  <LinkButton href={`${address}${exceptionQueryText({ kind: null, animal: null, show: "all" })}`}>
                    Show all
                  </LinkButton>
                )
              }
            >
              {exceptions.length === 0
                ? "Nothing in this study's record asks for a second look so far."
                : "What was reviewed is listed under “Reviewed”, each with who signed for it."}
            </EmptyState>
          </Panel>
        ) : (
          <ReviewList
            exceptions={page.items.map(listed(study.code, study.timeZone))}
            timeZone={study.timeZone}
            note={`${String(page.first)} to ${String(last)} of ${String(page.total)}, the gravest first`}
            previous={pageAddress(page.previous)}
            next={pageAddress(page.next)}
            review={
              permits(study.roles, "sign.audit_review")
                ? {
                    address: `/api/v1/studies/${encodeURIComponent(study.code)}/audit/reviews`,
                    signer: await signerOf(actor),
                  }
                : null
            }
          />
        )}
      </div>
    </>
  );
};

export default ExceptionsPage;
