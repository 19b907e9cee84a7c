import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { Refused } from "@/app/(workspace)/refused";
import { DifferenceList } from "@/components/protocol/difference-list";
import { DiscardDraft } from "@/components/protocol/discard-draft";
import { FindingList } from "@/components/protocol/finding-list";
import { ProtocolForm } from "@/components/protocol/protocol-form";
import { instantText, sinceText } from "@/components/protocol/version-words";
import { BackLink } from "@/components/shell/back-link";
import { PageHeading } from "@/components/shell/page-heading";
import { Panel } from "@/components/ui/panel";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import type { Study } from "@/lib/contracts/studies";
import { refusal } from "@/lib/contracts/problem";
import { requireActor } from "@/lib/server/auth/current-actor";
import { signerOf } from "@/lib/server/auth/signer";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { readProtocol } from "@/lib/server/operations/protocol/read-protocol";
import { readProtocolDifference } from "@/lib/server/operations/protocol/read-protocol-difference";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { pathText, studyAddress, versionAddress } from "../../study-address";
import { Signing } from "../signing";
import { WhatIf } from "../version-parts";

type AmendPageProps = { readonly params: Promise<{ readonly code: string }> };

export const generateMetadata = async ({ params }: AmendPageProps): Promise<Metadata> => ({
  title: `Amendment · ${pathText((await params).code)}`,
});

type DraftProps = { readonly actor: Actor; readonly study: Study; readonly draft: ProtocolVersion };

/** The saved draft before it is signed: what it changes, what stands against it, and what it would have decided. */
const SavedDraft = async ({ actor, study: { code, timeZone }, draft }: DraftProps) => {
  const difference = await readProtocolDifference(actor, code, draft.version);
  if (!difference.ok) return <p>{difference.fault.detail}</p>;
  const { comparedWith, findings } = difference.value;
  const from = draft.effectiveFrom === null ? "from your signature on" : sinceText(draft, timeZone);
  return (
    <>
      <Panel title="What it changes" note={`against version ${String(comparedWith)}`} flush>
        <DifferenceList difference={difference.value} />
      </Panel>
      <Panel title="Checks" note="an error stops the signature, a warning does not" flush>
        <FindingList findings={findings} linked />
      </Panel>
      <WhatIf actor={actor} code={code} protocol={draft} />
      <Panel title="Sign the amendment" className="print:hidden">
        <Signing
          code={code}
          kind="amendment"
          signer={await signerOf(actor)}
          savedAt={draft.savedAt}
          findings={findings}
          submit="Sign the amendment"
        >
          <p className="max-w-prose">
            Version {draft.version} is in force {from}. What was observed before stays as it was judged; it cannot be
            changed afterwards, only amended again.
          </p>
          {draft.reason === null ? null : (
            <p className="max-w-prose">
              <span className="text-ink-soft">Reason:</span> {draft.reason}
            </p>
          )}
        </Signing>
        <div className="mt-4 border-t border-hairline pt-3">
          <DiscardDraft code={code} savedAt={draft.savedAt} next={studyAddress(code, "protocol")} />
        </div>
      </Panel>
    </>
  );
};

const savedDraft = async (actor: Actor, code: string, now: ProtocolVersion): Promise<ProtocolVersion | null> => {
  const listed = now.versions.find(({ status }) => status === "DRAFT");
  if (listed === undefined) return null;
  const read = await readProtocol(actor, code, listed.version);
  return read.ok ? read.value : null;
};

/** What an amendment starts from: the latest version, also where it is not in force yet. */
const latestVersion = async (actor: Actor, code: string, now: ProtocolVersion): Promise<ProtocolVersion> => {
  const latest = now.versions.findLast(({ status }) => status !== "DRAFT");
  const read = latest === undefined ? null : await readProtocol(actor, code, latest.version);
  return read?.ok === true ? read.value : now;
};

const AmendPage = async ({ params }: AmendPageProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(studyAddress(code, "protocol", "amend"));
  const [study, read] = await Promise.all([readStudy(actor, code), readProtocol(actor, code)]);
  if (!study.ok) return <Refused refusal={study.fault} back="/studies" />;
  const back = studyAddress(code, "protocol");
  const gate = await authorizeStudy(actor, code, "protocol.draft");
  if (!gate.ok && gate.fault.code === "FORBIDDEN") {
    const message = "The study director amends the protocol. Its versions, a draft too, can be read by everybody.";
    return <Refused refusal={refusal("FORBIDDEN", message)} back={back} />;
  }
  if (study.value.status !== "ACTIVE" || !read.ok) redirect(back);
  const now = read.value;
  const [draft, base] = await Promise.all([savedDraft(actor, code, now), latestVersion(actor, code, now)]);
  const { timeZone } = study.value;
  const number = draft?.version ?? base.version + 1;
  const detail =
    draft === null
      ? `It starts from version ${String(base.version)}. Change what is to change and say why; nothing counts until it is signed.`
      : `Draft of version ${String(number)}, saved by ${draft.savedBy ?? "somebody"} on ${instantText(draft.savedAt, timeZone)}. Version ${String(now.version)} is in force.`;
  return (
    <>
      <PrintLayout
        landscape="as printed"
        rootPx={12.5}
        of={`Study ${code} · Amendment: version ${String(number)}${draft === null ? "" : ", draft"}`}
        reader={actor}
        timeZone={timeZone}
      />
      <PageHeading
        back={
          <BackLink href={versionAddress(code, now.version)}>{`Protocol, version ${String(now.version)}`}</BackLink>
        }
        title={`Amendment: version ${String(number)}`}
        detail={detail}
      />
      <div className="space-y-4">
        {draft === null ? null : <SavedDraft actor={actor} study={study.value} draft={draft} />}
        <ProtocolForm key={number} code={code} saved={draft ?? base} amending={{ timeZone, version: number, base }} />
      </div>
    </>
  );
};

export default AmendPage;
