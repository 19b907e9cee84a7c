import type { Metadata } from "next";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { Refused } from "@/app/(workspace)/refused";
import { DifferenceList } from "@/components/protocol/difference-list";
import { FindingList } from "@/components/protocol/finding-list";
import { ProtocolView } from "@/components/protocol/protocol-view";
import { VersionList } from "@/components/protocol/version-list";
import { inForceText, originText } from "@/components/protocol/version-words";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import type { Study } from "@/lib/contracts/studies";
import { permits } from "@/lib/domain/access/permissions";
import { requireActor } from "@/lib/server/auth/current-actor";
import type { Actor } from "@/lib/server/command/actor";
import { readProtocol } from "@/lib/server/operations/protocol/read-protocol";
import { readProtocolDifference } from "@/lib/server/operations/protocol/read-protocol-difference";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { pathText, studyAddress, versionAddress } from "../study-address";
import { FirstDraft } from "./first-draft";
import { VersionSignature, WhatIf } from "./version-parts";

type ProtocolPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: ProtocolPageProps): Promise<Metadata> => ({
  title: `Protocol · ${pathText((await params).code)}`,
});

const detailOf = (protocol: ProtocolVersion, timeZone: string): string =>
  `Version ${String(protocol.version)}, ${originText(protocol, timeZone)}; ${inForceText(protocol, timeZone)}. CTCAE v5.0.`;

const Actions = ({ study, protocol }: { readonly study: Study; readonly protocol: ProtocolVersion }) => {
  const { code, roles, status } = study;
  const drafted = protocol.versions.some((version) => version.status === "DRAFT");
  return (
    <>
      {permits(roles, "animal.register") && status === "ACTIVE" ? (
        <LinkButton href={studyAddress(code, "animals", "new")}>Register animals</LinkButton>
      ) : null}
      {permits(roles, "protocol.draft") && status === "ACTIVE" ? (
        <LinkButton href={studyAddress(code, "protocol", "amend")} tone="primary">
          {drafted ? "Go on with the amendment" : "Amend the protocol"}
        </LinkButton>
      ) : null}
    </>
  );
};

type VersionProps = { readonly actor: Actor; readonly study: Study; readonly protocol: ProtocolVersion };

/** One version, whole: its signature and reason, what it changed, what it would have decided, and every setting. */
const Version = async ({ actor, study, protocol }: VersionProps) => {
  const { code, timeZone } = study;
  const difference = await readProtocolDifference(actor, code, protocol.version);
  return (
    <>
      <PrintLayout
        landscape="as printed"
        rootPx={12.5}
        of={`Study ${code} · Protocol, version ${String(protocol.version)}${protocol.status === "DRAFT" ? ", draft" : ""}`}
        reader={actor}
        timeZone={timeZone}
      />
      <PageHeading
        title="Protocol"
        detail={detailOf(protocol, timeZone)}
        actions={<Actions study={study} protocol={protocol} />}
      />
      <div className="space-y-4">
        <Panel title="Versions" flush>
          <VersionList
            protocol={protocol}
            timeZone={timeZone}
            versionAddress={(version) => versionAddress(code, version)}
          />
          <div className="space-y-2 px-4 py-3">
            {protocol.reason === null ? null : (
              <p className="max-w-prose">
                <span className="text-ink-soft">Reason of version {protocol.version}:</span> {protocol.reason}
              </p>
            )}
            <VersionSignature protocol={protocol} timeZone={timeZone} />
          </div>
        </Panel>
        {difference.ok && difference.value.comparedWith !== null ? (
          <Panel title="What it changes" note={`against version ${String(difference.value.comparedWith)}`} flush>
            <DifferenceList difference={difference.value} />
          </Panel>
        ) : null}
        {difference.ok && protocol.status === "DRAFT" ? (
          <Panel title="Checks" flush>
            <FindingList findings={difference.value.findings} linked={false} />
          </Panel>
        ) : null}
        <WhatIf actor={actor} code={code} protocol={protocol} />
        <ProtocolView protocol={protocol} />
      </div>
    </>
  );
};

const NUMBER = /^\d{1,9}$/u;

const ProtocolPage = async ({ params, searchParams }: ProtocolPageProps) => {
  const code = pathText((await params).code);
  const asked = queryText(await searchParams, "version");
  const version = asked !== null && NUMBER.test(asked) ? Number(asked) : null;
  const actor = await requireActor(version === null ? studyAddress(code, "protocol") : versionAddress(code, version));
  const [study, read] = await Promise.all([readStudy(actor, code), readProtocol(actor, code, version)]);
  if (!study.ok) return <Refused refusal={study.fault} back="/studies" />;
  if (!read.ok && version !== null) return <Refused refusal={read.fault} back={studyAddress(code, "protocol")} />;
  const protocol = read.ok ? read.value : null;
  if (permits(study.value.roles, "protocol.draft") && study.value.status === "DRAFT")
    return <FirstDraft actor={actor} study={study.value} protocol={protocol} />;
  if (protocol !== null) return <Version actor={actor} study={study.value} protocol={protocol} />;
  return (
    <>
      <PageHeading title="Protocol" />
      <Panel title="Settings">
        <EmptyState title="No protocol yet">
          The study director drafts it and signs it; the study is active from then on.
        </EmptyState>
      </Panel>
    </>
  );
};

export default ProtocolPage;
