import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { signedInUser } from "@/app/(workspace)/signed-in-user";
import type { FinderItem } from "@/components/ui/find-items";
import type { Animal } from "@/lib/contracts/animals";
import { sexWord } from "@/lib/domain/language/animal-words";
import { requireActor } from "@/lib/server/auth/current-actor";
import { listAnimals } from "@/lib/server/operations/animals/list-animals";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { ClosedBanner, isClosedWord } from "./closed-study";
import { animalAddress, pathText, studyAddress, tabsFor } from "./study-address";
import { StudyFrame } from "./study-frame";

type StudyLayoutProps = { readonly children: ReactNode; readonly params: Promise<{ readonly code: string }> };

const finderItem = (code: string, { id, sex, group, cage }: Animal): FinderItem => ({
  id,
  label: id,
  detail: [sexWord(sex), group === null ? null : `group ${group}`, cage === null ? null : `cage ${cage}`]
    .filter((part) => part !== null)
    .join(" · "),
  href: animalAddress(code, id),
});

/** The frame around a study's pages. It lets nobody in: each page asks for itself. */
const StudyLayout = async ({ children, params }: StudyLayoutProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(studyAddress(code, "board"));
  const [study, listed] = await Promise.all([readStudy(actor, code), listAnimals(actor, code)]);
  if (!study.ok || !listed.ok) notFound();
  const { roles, title, status } = study.value;
  return (
    <StudyFrame
      study={{ code, title, href: studyAddress(code, "board") }}
      tabs={tabsFor(code, roles)}
      user={await signedInUser(actor, roles)}
      banner={isClosedWord(status) ? <ClosedBanner code={code} status={status} /> : undefined}
      finder={listed.value.animals.map((animal) => finderItem(code, animal))}
    >
      {children}
    </StudyFrame>
  );
};

export default StudyLayout;
