import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { signedInUser } from "@/app/(workspace)/signed-in-user";
import { AppFrame } from "@/components/shell/app-frame";
import { BackLink } from "@/components/shell/back-link";
import { PageHeading } from "@/components/shell/page-heading";
import { ImportStudyForm } from "@/components/studies/import-study-form";
import { NewStudyForm } from "@/components/studies/new-study-form";
import { Panel } from "@/components/ui/panel";
import { requireActor } from "@/lib/server/auth/current-actor";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";

export const metadata: Metadata = { title: "New study" };

const NewStudyPage = async () => {
  const actor = await requireActor("/studies/new");
  const gate = await authorizeInstallation(actor, "study.create");
  return (
    <AppFrame
      study={null}
      tabs={[]}
      current={null}
      user={await signedInUser(actor, actor.administrator ? ["administrator"] : [])}
    >
      {gate.ok ? (
        <>
          <PageHeading title="New study" back={<BackLink href="/studies">Studies</BackLink>} />
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <Panel title="Start a study">
              <NewStudyForm timeZones={["UTC", ...Intl.supportedValuesOf("timeZone")]} />
            </Panel>
            <Panel title="Import a whole study" note="marked as imported">
              <ImportStudyForm />
            </Panel>
          </div>
        </>
      ) : (
        <Refused refusal={gate.fault} back="/studies" />
      )}
    </AppFrame>
  );
};

export default NewStudyPage;
