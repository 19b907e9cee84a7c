import type { Metadata } from "next";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { Refused } from "@/app/(workspace)/refused";
import { entryAnchor } from "@/components/animal-page/anchors";
import { PageHeading } from "@/components/shell/page-heading";
import { SignatureList } from "@/components/signatures/signature-list";
import { StudyLife } from "@/components/signatures/study-life";
import { WaitingList } from "@/components/signatures/waiting-list";
import { CheckpointLine } from "@/components/ui/checkpoint-line";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { permits } from "@/lib/domain/access/permissions";
import type { SubjectKind } from "@/lib/domain/signatures/signing";
import { requireActor } from "@/lib/server/auth/current-actor";
import { signerOf } from "@/lib/server/auth/signer";
import { listSignatures } from "@/lib/server/operations/signatures/list-signatures";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { animalAddress, pathText, studyAddress } from "../study-address";

type SignaturesPageProps = { readonly params: Promise<{ readonly code: string }> };

export const generateMetadata = async ({ params }: SignaturesPageProps): Promise<Metadata> => ({
  title: `Signatures · ${pathText((await params).code)}`,
});

const LIFE: readonly SubjectKind[] = ["lock", "unlock", "archive"];
const PROTOCOL: readonly SubjectKind[] = ["protocol", "amendment"];

const entryAddress = (code: string, animal: string, entry: string): string =>
  `${animalAddress(code, animal)}?entries=all#${entryAnchor(entry)}`;

const ReviewsWaiting = ({ count, address }: { readonly count: number; readonly address: string }) =>
  count === 0 ? null : (
    <div className="px-4 pt-3">
      <Notice
        tone="waiting"
        title={
          count === 1 ? "1 changed decision waits for review." : `${String(count)} changed decisions wait for review.`
        }
        actions={
          <a href={address} className="font-semibold underline underline-offset-2">
            Reviews
          </a>
        }
      >
        They are read, decided and signed on their own page.
      </Notice>
    </div>
  );

const SignaturesPage = async ({ params }: SignaturesPageProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(studyAddress(code, "signatures"));
  const [study, list, signer] = await Promise.all([
    readStudy(actor, code),
    listSignatures(actor, code),
    signerOf(actor),
  ]);
  if (!study.ok) return <Refused refusal={study.fault} back="/studies" />;
  if (!list.ok) return <Refused refusal={list.fault} back="/studies" />;
  const { roles, timeZone, status } = study.value;
  const { waiting, reviewsWaiting, signatures, checkpoint } = list.value;
  const mayLive = permits(roles, "study.lock");
  const maySign = permits(roles, "sign.order") && status !== "ARCHIVED";
  const hrefOf = ({ subjectKind, subject, animal }: ShownSignature): string | null => {
    if (PROTOCOL.includes(subjectKind)) return studyAddress(code, "protocol");
    if (subjectKind === "review") return studyAddress(code, "reviews");
    return animal === null ? null : entryAddress(code, animal, subject);
  };
  return (
    <>
      <PrintLayout
        landscape="as printed"
        rootPx={12.5}
        of={`Study ${study.value.code} · Signatures`}
        reader={actor}
        timeZone={timeZone}
      />
      <PageHeading
        title="Signatures"
        detail="What waits for one, and every one that was given, bound to what it signed."
      />
      <div className="space-y-4">
        <Panel title="Waiting for a signature" note={String(waiting.length)} flush>
          <ReviewsWaiting count={reviewsWaiting} address={studyAddress(code, "reviews")} />
          {waiting.length === 0 ? (
            <EmptyState title="Nothing waits for a signature">
              Orders that were recorded without one and doses off protocol stand here until the study director has read
              and signed them. What was imported is not signed here.
            </EmptyState>
          ) : (
            <WaitingList
              code={code}
              waiting={waiting}
              timeZone={timeZone}
              hrefs={Object.fromEntries(
                waiting.map(({ animal, subject }) => [subject, entryAddress(code, animal, subject)]),
              )}
              signer={maySign ? signer : null}
            />
          )}
        </Panel>
        <Panel title="Life of the study">
          <StudyLife
            study={study.value}
            steps={signatures.filter(({ subjectKind }) => LIFE.includes(subjectKind))}
            signer={mayLive ? signer : null}
            waiting={waiting.length + reviewsWaiting}
          />
        </Panel>
        <Panel title="Signatures" note={`${String(signatures.length)}, latest first`} flush>
          {signatures.length === 0 ? (
            <EmptyState title="Nobody has signed anything yet">
              The protocol is the first thing that is signed, then orders, doses off protocol, reviews and the lock.
            </EmptyState>
          ) : (
            <SignatureList signatures={signatures} timeZone={timeZone} hrefOf={hrefOf} />
          )}
          <CheckpointLine checkpoint={checkpoint} />
        </Panel>
      </div>
    </>
  );
};

export default SignaturesPage;
