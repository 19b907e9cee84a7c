import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { PageHeading } from "@/components/shell/page-heading";
import { MembersForm } from "@/components/studies/members-form";
import { Panel } from "@/components/ui/panel";
import { requireActor } from "@/lib/server/auth/current-actor";
import { listMembers } from "@/lib/server/operations/accounts/list-members";
import { listUsers } from "@/lib/server/operations/accounts/list-users";
import { studyAddress } from "../study-address";

type MembersPageProps = { readonly params: Promise<{ readonly code: string }> };

export const generateMetadata = async ({ params }: MembersPageProps): Promise<Metadata> => ({
  title: `People · ${decodeURIComponent((await params).code)}`,
});

const MembersPage = async ({ params }: MembersPageProps) => {
  const code = decodeURIComponent((await params).code);
  const actor = await requireActor(studyAddress(code, "members"));
  const [members, users] = await Promise.all([listMembers(actor, code), listUsers(actor)]);
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
        <MembersForm code={code} people={people} />
      </Panel>
    </>
  );
};

export default MembersPage;
