import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { AnimalRegister } from "@/components/animal/animal-register";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { permits } from "@/lib/domain/access/permissions";
import { requireActor } from "@/lib/server/auth/current-actor";
import { listAnimals } from "@/lib/server/operations/animals/list-animals";
import { readBoard } from "@/lib/server/operations/studies/board";
import { animalAddress, pathText, studyAddress } from "../study-address";

type AnimalsPageProps = { readonly params: Promise<{ readonly code: string }> };

export const generateMetadata = async ({ params }: AnimalsPageProps): Promise<Metadata> => ({
  title: `Animals · ${pathText((await params).code)}`,
});

const AnimalsPage = async ({ params }: AnimalsPageProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(studyAddress(code, "animals"));
  const [listed, board] = await Promise.all([listAnimals(actor, code), readBoard(actor, code)]);
  if (!listed.ok) return <Refused refusal={listed.fault} back="/studies" />;
  if (!board.ok) return <Refused refusal={board.fault} back="/studies" />;
  const { study, doseUnit } = board.value;
  const { compare } = new Intl.Collator("en", { numeric: true });
  const animals = [...listed.value.animals].sort((one, other) => compare(one.id, other.id));
  const statuses = new Map(board.value.animals.map(({ tag, status }) => [tag, status]));
  const register = permits(study.roles, "animal.register") ? (
    <LinkButton href={studyAddress(study.code, "animals", "new")} tone="primary">
      Register animals
    </LinkButton>
  ) : undefined;
  return (
    <>
      <PageHeading title="Animals" actions={animals.length === 0 ? undefined : register} />
      <Panel title="Registered" note={animals.length === 0 ? undefined : String(animals.length)} flush>
        {animals.length === 0 ? (
          <EmptyState title="No animals yet" action={register}>
            {register === undefined
              ? "The study director registers them, one by one or pasted from a spreadsheet."
              : "Register them one by one, or paste them from a spreadsheet."}
          </EmptyState>
        ) : (
          <AnimalRegister
            animals={animals}
            statusOf={(tag) => statuses.get(tag) ?? "NOT_STARTED"}
            addressOf={(tag) => animalAddress(study.code, tag)}
            doseUnit={doseUnit ?? ""}
          />
        )}
      </Panel>
    </>
  );
};

export default AnimalsPage;
