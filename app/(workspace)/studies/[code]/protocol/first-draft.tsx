import { BaselineCheck } from "@/components/protocol/baseline-check";
import { FindingList } from "@/components/protocol/finding-list";
import { ProtocolForm } from "@/components/protocol/protocol-form";
import { instantText } from "@/components/protocol/version-words";
import { PageHeading } from "@/components/shell/page-heading";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import type { Study } from "@/lib/contracts/studies";
import { permits } from "@/lib/domain/access/permissions";
import { signerOf } from "@/lib/server/auth/signer";
import type { Actor } from "@/lib/server/command/actor";
import { checkBaselines } from "@/lib/server/operations/protocol/check-baselines";
import { readProtocolDifference } from "@/lib/server/operations/protocol/read-protocol-difference";
import { studyAddress } from "../study-address";
import { Signing } from "./signing";

type FirstDraftProps = {
  readonly actor: Actor;
  readonly study: Study;
  readonly protocol: ProtocolVersion | null;
};

const BeforeSigning = async ({ actor, study, protocol }: FirstDraftProps & { readonly protocol: ProtocolVersion }) => {
  const { code } = study;
  const [check, difference] = await Promise.all([
    checkBaselines(actor, code),
    readProtocolDifference(actor, code, protocol.version),
  ]);
  const findings = difference.ok ? difference.value.findings : [];
  return (
    <>
      <Panel title="Checks" note="an error stops the signature, a warning does not" flush>
        <FindingList findings={findings} linked />
      </Panel>
      <Panel title="Before signing" note="what the rules would say of untreated animals">
        {check.ok ? <BaselineCheck check={check.value} /> : <p>{check.fault.detail}</p>}
        <div className="mt-4 border-t border-hairline pt-4">
          <Signing
            code={code}
            kind="protocol"
            signer={await signerOf(actor)}
            savedAt={protocol.savedAt}
            findings={findings}
            submit="Sign the protocol"
          >
            <p className="text-ink-soft">
              Signed, version 1 is in force from the beginning of the study, and can only be amended.
            </p>
          </Signing>
        </div>
      </Panel>
    </>
  );
};

/** A study's first version while it is being set up: what the checks and the baselines say, the signature, and the form. */
export const FirstDraft = ({ actor, study, protocol }: FirstDraftProps) => {
  const { code, roles, timeZone } = study;
  const detail =
    protocol === null
      ? "Not drafted yet. The numbers below are the source’s; keep or change them, then save."
      : `Draft, saved by ${protocol.savedBy ?? "somebody"} on ${instantText(protocol.savedAt, timeZone)}. Nothing counts until it is signed.`;
  return (
    <>
      <PageHeading
        title="Protocol"
        detail={detail}
        actions={
          protocol !== null && permits(roles, "animal.register") ? (
            <LinkButton href={studyAddress(code, "animals", "new")}>Register animals</LinkButton>
          ) : undefined
        }
      />
      <div className="space-y-4">
        {protocol === null ? null : <BeforeSigning actor={actor} study={study} protocol={protocol} />}
        <ProtocolForm code={code} saved={protocol} amending={null} />
      </div>
    </>
  );
};
