import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { signedInUser } from "@/app/(workspace)/signed-in-user";
import { requireActor } from "@/lib/server/auth/current-actor";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { ClosedBanner, isClosedWord } from "./closed-study";
import { pathText, studyAddress, tabsFor } from "./study-address";
import { StudyFrame } from "./study-frame";

type StudyLayoutProps = { readonly children: ReactNode; readonly params: Promise<{ readonly code: string }> };

/** The frame around a study's pages. It lets nobody in: each page asks for itself. */
const StudyLayout = async ({ children, params }: StudyLayoutProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(studyAddress(code, "board"));
  const study = await readStudy(actor, code);
  if (!study.ok) notFound();
  const { roles, title, status } = study.value;
  return (
    <StudyFrame
      study={{ code, title, href: studyAddress(code, "board") }}
      tabs={tabsFor(code, roles)}
      user={await signedInUser(actor, roles)}
      banner={isClosedWord(status) ? <ClosedBanner code={code} status={status} /> : undefined}
    >
      {children}
    </StudyFrame>
  );
};

export default StudyLayout;
