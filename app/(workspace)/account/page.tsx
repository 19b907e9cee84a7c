import type { Metadata } from "next";
import { OpenSessions } from "@/components/accounts/open-sessions";
import { OwnPasswordForm } from "@/components/accounts/own-password-form";
import { SecondFactorPanel } from "@/components/accounts/second-factor-panel";
import { BackLink } from "@/components/shell/back-link";
import { PageHeading } from "@/components/shell/page-heading";
import { Panel } from "@/components/ui/panel";
import { requireActor } from "@/lib/server/auth/current-actor";
import { readOwnAccount } from "@/lib/server/operations/accounts/read-own-account";
import { InstallationFrame } from "../installation-frame";
import { Refused } from "../refused";

export const metadata: Metadata = { title: "Your account" };

const AccountPage = async () => {
  const actor = await requireActor("/account");
  const read = await readOwnAccount(actor);
  if (!read.ok) return <Refused refusal={read.fault} back="/studies" />;
  const { email, name, secondFactor, sessions, tokens } = read.value;
  return (
    <InstallationFrame actor={actor}>
      <PageHeading
        title="Your account"
        detail={`${name}, ${email}`}
        back={<BackLink href="/studies">Studies</BackLink>}
      />
      <div className="space-y-4">
        <SecondFactorPanel
          secondFactor={secondFactor}
          since={secondFactor === null ? "" : `${secondFactor.setAt.slice(0, 16).replace("T", " ")} UTC`}
        />
        <Panel title="Password" className="print:hidden">
          <OwnPasswordForm hasSecondFactor={secondFactor !== null} />
        </Panel>
        <Panel title="Sessions and tokens" className="print:hidden">
          <OpenSessions sessions={sessions} tokens={tokens} />
        </Panel>
      </div>
    </InstallationFrame>
  );
};

export default AccountPage;
