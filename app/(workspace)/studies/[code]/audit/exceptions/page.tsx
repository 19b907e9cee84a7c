import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { decisionAnchor, entryAnchor } from "@/components/animal/anchors";
import { Coverage, type CoverageLine } from "@/components/audit/coverage";
import type { ListedException } from "@/components/audit/exception-table";
import { BackLink } from "@/components/shell/back-link";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { permits } from "@/lib/domain/access/permissions";
import { EXCEPTION_KINDS, type ExceptionKind } from "@/lib/domain/audit-reading/exceptions";
import { localDateText, localTimeText } from "@/lib/domain/calendar/local-time";
import { meaningText } from "@/lib/domain/signatures/signing";
import { requireActor } from "@/lib/server/auth/current-actor";
import { readExceptions } from "@/lib/server/operations/audit/read-exceptions";
import type { ReviewedException } from "@/lib/server/operations/audit/read-exceptions";
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

/** So many are listed at once: what is reviewed leaves the list, and the next come. */
const MOST_LISTED = 200;

const KINDS = Object.keys(EXCEPTION_KINDS) as readonly ExceptionKind[];

const coverageOf = (exceptions: readonly ReviewedException[]): readonly CoverageLine[] =>
  KINDS.map((kind) => {
    const own = exceptions.filter((exception) => exception.kind === kind);
    const by = new Map<string, number>();
    for (const { review } of own) if (review !== null) by.set(review.signerName, (by.get(review.signerName) ?? 0) + 1);
    return {
      kind,
      total: own.length,
      reviewed: own.filter(({ review }) => review !== null).length,
      by: [...by].map(([name, count]) => `${name} ${String(count)}`).join(", "),
    };
  });

const listed =
  (code: string, timeZone: string) =>
  ({ key, kind, says, animal, entry, atMs, by, review }: ReviewedException): ListedException => ({
    key,
    kind,
    says,
    animal,
    href:
      animal === null
        ? null
        : `${animalAddress(code, animal)}${entry === null ? "" : kind === "OVERRIDE" ? `?why=${encodeURIComponent(entry)}#${decisionAnchor(entry)}` : `?entries=all#${entryAnchor(entry)}`}`,
    at: `${localDateText(atMs, timeZone)}, ${localTimeText(atMs, timeZone)}`,
    by,
    review:
      review === null
        ? null
        : `${review.signerName}, ${localDateText(Date.parse(review.signedAt), timeZone)}: ${meaningText(review.meaning)}${review.intact ? "" : " (signature broken)"}`,
  });

const ExceptionsPage = async ({ params, searchParams }: ExceptionsPageProps) => {
  const code = pathText((await params).code);
  const address = studyAddress(code, "audit", "exceptions");
  const actor = await requireActor(address);
  const query = await searchParams;
  const read = await readExceptions(actor, code);
  if (!read.ok) return <Refused refusal={read.fault} back={studyAddress(code, "board")} />;
  const { study, exceptions } = read.value;
  const kind = KINDS.find((candidate) => candidate === queryText(query, "kind")) ?? null;
  const all = queryText(query, "all") === "1";
  const shown = exceptions.filter(
    (exception) => (kind === null || exception.kind === kind) && (all || exception.review === null),
  );
  const reviewed = exceptions.filter(({ review }) => review !== null).length;
  const addressOf = (asked: { readonly kind: string | null; readonly all: boolean }): string => {
    const text = new URLSearchParams({
      ...(asked.kind === null ? {} : { kind: asked.kind }),
      ...(asked.all ? { all: "1" } : {}),
    }).toString();
    return text === "" ? address : `${address}?${text}`;
  };
  const mayMark = permits(study.roles, "sign.audit_review");
  return (
    <>
      <PrintLayout landscape="page" rootPx={10.5} />
      <PageHeading
        title="Review by exception"
        detail={`${String(reviewed)} of ${String(exceptions.length)} exceptions of study ${study.code} reviewed`}
        back={<BackLink href={studyAddress(code, "audit")}>Audit trail</BackLink>}
        actions={
          <>
            {kind === null ? null : <LinkButton href={addressOf({ kind: null, all })}>Every kind</LinkButton>}
            <LinkButton href={addressOf({ kind, all: !all })}>{all ? "Hide reviewed" : "Show reviewed too"}</LinkButton>
          </>
        }
      />
      <div className="space-y-4">
        <Panel title="Coverage" flush>
          <Coverage lines={coverageOf(exceptions)} hrefOf={(one) => addressOf({ kind: one, all })} />
        </Panel>
        {shown.length === 0 ? (
          <Panel title="Exceptions">
            <EmptyState title={exceptions.length === 0 ? "No exceptions" : "Nothing left to review here"}>
              {exceptions.length === 0
                ? "Nothing in this study's record asks for a second look so far."
                : "What was reviewed is shown with “Show reviewed too”, each with who signed for it."}
            </EmptyState>
          </Panel>
        ) : (
          <ReviewList
            exceptions={shown.slice(0, MOST_LISTED).map(listed(study.code, study.timeZone))}
            total={shown.length}
            review={
              mayMark
                ? {
                    address: `/api/v1/studies/${encodeURIComponent(study.code)}/audit/reviews`,
                    signerName: actor.name,
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
