import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { RegisterAnimalsForm } from "@/components/animals/register-animals-form";
import { OnlyNow } from "@/components/known-at/only-now";
import { BackLink } from "@/components/shell/back-link";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { refusal } from "@/lib/contracts/problem";
import { requireActor } from "@/lib/server/auth/current-actor";
import { readProtocol } from "@/lib/server/operations/protocol/read-protocol";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { ClosedStudy, isClosedWord } from "../../closed-study";
import { pathText, studyAddress } from "../../study-address";

type NewAnimalsPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: NewAnimalsPageProps): Promise<Metadata> => ({
  title: `Register animals · ${pathText((await params).code)}`,
});

const NewAnimalsPage = async ({ params, searchParams }: NewAnimalsPageProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(studyAddress(code, "animals", "new"));
  const [study, protocol] = await Promise.all([readStudy(actor, code), readProtocol(actor, code)]);
  if (!study.ok) return <Refused refusal={study.fault} back="/studies" />;
  const gate = await authorizeStudy(actor, code, "animal.register");
  if (!gate.ok) {
    const isRole = gate.fault.code === "FORBIDDEN";
    const fault = isRole ? refusal("FORBIDDEN", "The study director registers animals.") : gate.fault;
    return <Refused refusal={fault} back={studyAddress(code, "board")} />;
  }
  const past = queryText(await searchParams, "asKnownAt") !== null;
  const groups = protocol.ok ? protocol.value.groups : [];
  return (
    <>
      <PageHeading
        title="Register animals"
        detail="Its group gives each animal its ladder, starting dose and whether it is a control; they are fixed at its first dose."
        back={<BackLink href={studyAddress(code, "animals")}>Animals</BackLink>}
      />
      <Panel title="Animals">
        {past ? (
          <OnlyNow now={studyAddress(code, "animals", "new")} />
        ) : isClosedWord(study.value.status) ? (
          <ClosedStudy code={code} status={study.value.status} />
        ) : groups.length === 0 ? (
          <EmptyState
            title="No dose groups yet"
            action={<LinkButton href={studyAddress(code, "protocol")}>Draft the protocol</LinkButton>}
          >
            Every animal belongs to a dose group, and the groups stand in the protocol.
          </EmptyState>
        ) : (
          <RegisterAnimalsForm code={code} groups={groups.map((group) => group.code)} />
        )}
      </Panel>
    </>
  );
};

export default NewAnimalsPage;
