import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { PageHeading } from "@/components/shell/page-heading";
import { MembersForm } from "@/components/studies/members-form";
import { Panel } from "@/components/ui/panel";
import { requireActor } from "@/lib/server/auth/current-actor";
import { listMembers } from "@/lib/server/operations/accounts/list-members";
import { listUsers } from "@/lib/server/operations/accounts/list-users";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { isClosedWord } from "../closed-study";
import { pathText, studyAddress } from "../study-address";

type MembersPageProps = { readonly params: Promise<{ readonly code: string }> };

export const generateMetadata = async ({ params }: MembersPageProps): Promise<Metadata> => ({
  title: `People · ${pathText((await params).code)}`,
});

const MembersPage = async ({ params }: MembersPageProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(studyAddress(code, "members"));
  const [study, members, users] = await Promise.all([
    readStudy(actor, code),
    listMembers(actor, code),
    listUsers(actor),
  ]);
  if (!study.ok) return <Refused refusal={study.fault} back="/studies" />;
  if (!members.ok) return <Refused refusal={members.fault} back={studyAddress(code, "board")} />;
  if (!users.ok) return <Refused refusal={users.fault} back={studyAddress(code, "board")} />;
  const people = users.value.users
    .filter(({ disabled }) => !disabled)
    .map(({ email, name, auditor, everyStudyRoles }) => ({
      email,
      name,
      everywhere: [...everyStudyRoles, ...(auditor ? (["auditor"] as const) : [])],
      roles: members.value.members.find((member) => member.email === email)?.roles ?? [],
    }));
  return (
    <>
      <PageHeading
        title="People"
        detail={`Who works in study ${code}, and as what. A change holds from the next request on.`}
      />
      <Panel title="Roles in this study" note="nobody is technician and auditor of one study" flush>
        {isClosedWord(study.value.status) ? (
          <p className="px-4 pt-3 text-ink-soft">
            Who writes in it is settled while the study is {study.value.status.toLowerCase()}. Auditors still come and
            go
            {study.value.status === "LOCKED" ? "; a director can be named only where none is left to unlock it" : ""}.
          </p>
        ) : null}
        <MembersForm code={code} people={people} />
      </Panel>
    </>
  );
};

export default MembersPage;
