import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { BaselineCheck } from "@/components/protocol/baseline-check";
import { ProtocolForm } from "@/components/protocol/protocol-form";
import { ProtocolView } from "@/components/protocol/protocol-view";
import { SignForm } from "@/components/protocol/sign-form";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { permits } from "@/lib/domain/access/permissions";
import { localDateText, localTimeText } from "@/lib/domain/calendar/local-time";
import { requireActor } from "@/lib/server/auth/current-actor";
import { checkBaselines } from "@/lib/server/operations/protocol/check-baselines";
import { readProtocol } from "@/lib/server/operations/protocol/read-protocol";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { studyAddress } from "../study-address";

type ProtocolPageProps = { readonly params: Promise<{ readonly code: string }> };

export const generateMetadata = async ({ params }: ProtocolPageProps): Promise<Metadata> => ({
  title: `Protocol · ${decodeURIComponent((await params).code)}`,
});

const instantText = (instant: string, timeZone: string): string => {
  const ms = Date.parse(instant);
  return `${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)} ${timeZone}`;
};

const detailOf = (protocol: ProtocolVersion, imported: boolean, timeZone: string): string => {
  if (protocol.signedAt !== null) {
    return `Version ${String(protocol.version)}, signed by ${protocol.signedBy ?? "somebody"} on ${instantText(protocol.signedAt, timeZone)}. CTCAE v5.0.`;
  }
  return imported
    ? `Version ${String(protocol.version)}, imported, not signed here. CTCAE v5.0.`
    : `Draft, saved by ${protocol.savedBy ?? "somebody"} on ${instantText(protocol.savedAt, timeZone)}. Nothing counts until it is signed.`;
};

const obstacleTo = (draft: ProtocolVersion): string | null =>
  draft.resumePolicy === null ? "Choose below how dosing resumes and save the draft; then it can be signed." : null;

const ProtocolPage = async ({ params }: ProtocolPageProps) => {
  const code = decodeURIComponent((await params).code);
  const actor = await requireActor(studyAddress(code, "protocol"));
  const [study, read] = await Promise.all([readStudy(actor, code), readProtocol(actor, code)]);
  if (!study.ok) return <Refused refusal={study.fault} back="/studies" />;
  const { roles, timeZone, status, imported } = study.value;
  const protocol = read.ok ? read.value : null;
  const mayDraft = permits(roles, "protocol.draft") && status === "DRAFT";
  const actions = permits(roles, "animal.register") ? (
    <LinkButton href={studyAddress(code, "animals", "new")}>Register animals</LinkButton>
  ) : undefined;

  if (!mayDraft) {
    return (
      <>
        <PageHeading
          title="Protocol"
          detail={protocol === null ? undefined : detailOf(protocol, imported, timeZone)}
          actions={actions}
        />
        {protocol === null ? (
          <Panel title="Settings">
            <EmptyState title="No protocol yet">
              The study director drafts it and signs it; the study is active from then on.
            </EmptyState>
          </Panel>
        ) : (
          <ProtocolView protocol={protocol} />
        )}
      </>
    );
  }

  const check = protocol === null ? null : await checkBaselines(actor, code);
  return (
    <>
      <PageHeading
        title="Protocol"
        detail={
          protocol === null
            ? "Not drafted yet. The numbers below are the source’s; keep or change them, then save."
            : detailOf(protocol, imported, timeZone)
        }
        actions={protocol === null ? undefined : actions}
      />
      <div className="space-y-4">
        {protocol === null ? null : (
          <Panel title="Before signing" note="what the rules would say of untreated animals">
            {check?.ok === true ? <BaselineCheck check={check.value} /> : <p>{check?.fault.detail}</p>}
            <div className="mt-4 border-t border-hairline pt-4">
              <SignForm code={code} savedAt={protocol.savedAt} obstacle={obstacleTo(protocol)} />
            </div>
          </Panel>
        )}
        <ProtocolForm key={protocol?.savedAt ?? "new"} code={code} saved={protocol} />
      </div>
    </>
  );
};

export default ProtocolPage;
