import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { Refused } from "@/app/(workspace)/refused";
import { entryAnchor } from "@/components/animal-page/anchors";
import { ImpactView } from "@/components/record/impact-view";
import { KnownAtForm } from "@/components/known-at/known-at-form";
import { daySteps } from "@/components/known-at/known-at-steps";
import { PageBand } from "@/components/known-at/known-at-band";
import { readKnownAt } from "@/components/known-at/known-at";
import { atInstant } from "@/components/known-at/known-at-address";
import { ReviewForm } from "@/components/reviews/review-form";
import { type LaterChange, laterChange } from "@/components/reviews/later-changes";
import { ChangedSince, daysOf, reviewAnchor, ReviewHead, reviewName } from "@/components/reviews/review-head";
import { PageHeading } from "@/components/shell/page-heading";
import { SignatureLine } from "@/components/signatures/signature-line";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import type { ReviewItem } from "@/lib/contracts/reviews";
import { permits } from "@/lib/domain/access/permissions";
import { parseInstant } from "@/lib/domain/time/instant";
import { requireActor } from "@/lib/server/auth/current-actor";
import { signerOf } from "@/lib/server/auth/signer";
import { serverNowMs } from "@/lib/server/config/clock";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { listReviews } from "@/lib/server/operations/reviews/list-reviews";
import {
  animalAddress,
  changesAddress,
  entryChangesAddress,
  pathText,
  studyAddress,
  versionAddress,
} from "../study-address";

type ReviewsPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: ReviewsPageProps): Promise<Metadata> => ({
  title: `Reviews · ${pathText((await params).code)}`,
});

type BodyProps = {
  readonly item: ReviewItem;
  readonly later: LaterChange | null;
  readonly code: string;
  readonly timeZone: string;
  readonly doseUnit: string | null;
  /** The instant of the past that is shown; null for now. */
  readonly asKnownAt: string | null;
};

const ItemBody = ({ item, later, code, timeZone, doseUnit, asKnownAt }: BodyProps) => (
  <div id={reviewAnchor(item)} className="scroll-mt-24 space-y-2">
    <ReviewHead
      item={item}
      timeZone={timeZone}
      href={atInstant(`${animalAddress(code, item.animal)}?entries=all#${entryAnchor(item.record)}`, asKnownAt)}
      compareHref={entryChangesAddress(code, item.animal, parseInstant(item.recordedAt)?.ms ?? 0)}
    />
    {later === null ? null : <ChangedSince change={later} timeZone={timeZone} />}
    <ImpactView
      impact={item.impact}
      days={daysOf(item, timeZone)}
      doseUnit={doseUnit}
      tense="did"
      protocolAddress={(version) => versionAddress(code, version)}
    />
  </div>
);

const Decided = ({
  item,
  timeZone,
  children,
}: Pick<BodyProps, "item" | "timeZone"> & { readonly children: ReactNode }) => (
  <li className="keep-together space-y-2 border-b border-hairline px-4 py-3 last:border-b-0">
    {children}
    <p className="max-w-prose whitespace-pre-line">
      <strong className="font-semibold">Decided:</strong> {item.decision}
    </p>
    {item.signature === null ? null : <SignatureLine signature={item.signature} timeZone={timeZone} />}
  </li>
);

/** What had been decided and signed by an instant; `atMs` null for everything. */
const asKnown = (items: readonly ReviewItem[], atMs: number | null): readonly ReviewItem[] =>
  atMs === null
    ? items
    : items.map((item) =>
        item.signature === null || Date.parse(item.signature.signedAt) <= atMs
          ? item
          : { ...item, signature: null, decision: null },
      );

/** Corrections, voids and late entries that changed what had been decided: then and now, and the director's decision. */
const ReviewsPage = async ({ params, searchParams }: ReviewsPageProps) => {
  const code = pathText((await params).code);
  const address = studyAddress(code, "reviews");
  const query = await searchParams;
  const actor = await requireActor(atInstant(address, queryText(query, "asKnownAt")));
  const gate = await readStudy(actor, code);
  if (!gate.ok) return <Refused refusal={gate.fault} back="/studies" />;
  const knownAt = readKnownAt(query, gate.value.timeZone, serverNowMs());
  const read = await listReviews(actor, code, knownAt.atMs);
  if (!read.ok) return <Refused refusal={read.fault} back={studyAddress(code, "board")} />;
  const { study, doseUnit } = read.value;
  const { timeZone } = study;
  const items = asKnown(read.value.items, knownAt.atMs);
  const waiting = items.filter(({ signature }) => signature === null);
  const decided = items.filter(({ signature }) => signature !== null);
  const maySign = permits(study.roles, "sign.review") && study.status !== "archived" && knownAt.atMs === null;
  const bodyOf = (item: ReviewItem): ReactNode => (
    <ItemBody
      item={item}
      later={laterChange(item, items)}
      code={code}
      timeZone={timeZone}
      doseUnit={doseUnit}
      asKnownAt={knownAt.text}
    />
  );
  return (
    <>
      <PageBand knownAt={knownAt} timeZone={timeZone} now={address} />
      <PrintLayout
        landscape="page"
        rootPx={12}
        of={`Study ${study.code} · Reviews`}
        reader={actor}
        timeZone={timeZone}
        knownAtMs={knownAt.atMs}
      />
      <PageHeading
        title="Reviews"
        detail="What a correction, a void or a late entry changed of what had been decided."
        actions={
          <KnownAtForm
            knownAt={knownAt}
            timeZone={timeZone}
            address={address}
            steps={daySteps(address, knownAt, serverNowMs())}
            compare={changesAddress(study.code, { animal: null, from: knownAt.text, to: null })}
          />
        }
      />
      <div className="space-y-4">
        <Panel title="Waiting for the study director" note={String(waiting.length)} flush>
          {waiting.length === 0 ? (
            <EmptyState title="Nothing waits for a decision">
              When a correction, a void or a late entry changes a decision, it stands here until the study director has
              decided and signed. What was dosed meanwhile is never rewritten.
            </EmptyState>
          ) : (
            <ReviewForm
              code={code}
              items={waiting.map((item) => ({ id: item.id, name: reviewName(item, timeZone), body: bodyOf(item) }))}
              signer={maySign ? await signerOf(actor) : null}
            />
          )}
        </Panel>
        {decided.length === 0 ? null : (
          <Panel title="Decided" note={`${String(decided.length)}, the latest change first`} flush>
            <ul>
              {decided.map((item) => (
                <Decided key={item.id} item={item} timeZone={timeZone}>
                  {bodyOf(item)}
                </Decided>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </>
  );
};

export default ReviewsPage;
