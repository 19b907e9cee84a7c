import type { Metadata } from "next";
import { AppFrame } from "@/components/shell/app-frame";
import { PageHeading } from "@/components/shell/page-heading";
import { StudiesTable } from "@/components/board/studies-table";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { ROLES } from "@/lib/domain/access/permissions";
import { requireActor } from "@/lib/server/auth/current-actor";
import { serverNowMs } from "@/lib/server/config/clock";
import { studiesOverview } from "@/lib/server/operations/studies/studies-overview";
import { signedInUser } from "../signed-in-user";
import { studyAddress } from "./[code]/study-address";

export const metadata: Metadata = { title: "Studies" };

const NoStudies = ({ administrator }: { readonly administrator: boolean }) =>
  administrator ? (
    <EmptyState
      title="There is no study yet"
      action={
        <LinkButton href="/studies/new" tone="primary">
          New study
        </LinkButton>
      }
    >
      Make one here, or import a whole study from a dose-history/1 bundle on the server's console:{" "}
      <code className="font-mono text-[0.95em]">npm run import:bundle -- FILE --code CODE</code>. Then say who works in
      it.
    </EmptyState>
  ) : (
    <EmptyState title="You have no part in any study">
      An administrator makes a study and says who works in it. Ask for the study by its code and for your role:
      technician, study director or auditor.
    </EmptyState>
  );

const StudiesPage = async () => {
  const actor = await requireActor("/studies");
  const overviews = await studiesOverview(actor, serverNowMs());
  const held = new Set(overviews.flatMap(({ study }) => study.roles));
  if (actor.administrator) held.add("administrator");
  if (actor.auditor) held.add("auditor");
  return (
    <AppFrame
      study={null}
      tabs={[]}
      current={null}
      user={await signedInUser(
        actor,
        ROLES.filter((role) => held.has(role)),
      )}
    >
      <PageHeading
        title="Studies"
        actions={
          actor.administrator && overviews.length > 0 ? (
            <LinkButton href="/studies/new" tone="primary">
              New study
            </LinkButton>
          ) : undefined
        }
      />
      <Panel title="Your studies" note={overviews.length === 0 ? undefined : String(overviews.length)} flush>
        {overviews.length === 0 ? (
          <NoStudies administrator={actor.administrator} />
        ) : (
          <StudiesTable overviews={overviews} addressOf={(code) => studyAddress(code, "board")} />
        )}
      </Panel>
    </AppFrame>
  );
};

export default StudiesPage;
