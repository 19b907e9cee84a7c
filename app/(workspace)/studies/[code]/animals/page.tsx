import type { Metadata } from "next";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { Refused } from "@/app/(workspace)/refused";
import { AnimalRegister } from "@/components/animal-page/animal-register";
import { KnownAtForm } from "@/components/known-at/known-at-form";
import { daySteps } from "@/components/known-at/known-at-steps";
import { PageBand } from "@/components/known-at/known-at-band";
import { readKnownAt } from "@/components/known-at/known-at";
import { atInstant } from "@/components/known-at/known-at-address";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { permits } from "@/lib/domain/access/permissions";
import { isClosed } from "@/lib/domain/access/study-life";
import { requireActor } from "@/lib/server/auth/current-actor";
import { serverNowMs } from "@/lib/server/config/clock";
import { listAnimals } from "@/lib/server/operations/animals/list-animals";
import { readBoard } from "@/lib/server/operations/studies/board";
import { animalAddress, changesAddress, pathText, studyAddress } from "../study-address";
import { knownOverviews, laterText } from "../known-overviews";

type AnimalsPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: AnimalsPageProps): Promise<Metadata> => ({
  title: `Animals · ${pathText((await params).code)}`,
});

const AnimalsPage = async ({ params, searchParams }: AnimalsPageProps) => {
  const code = pathText((await params).code);
  const query = await searchParams;
  const address = studyAddress(code, "animals");
  const actor = await requireActor(atInstant(address, queryText(query, "asKnownAt")));
  const board = await readBoard(actor, code);
  if (!board.ok) return <Refused refusal={board.fault} back="/studies" />;
  const { study, doseUnit } = board.value;
  const knownAt = readKnownAt(query, study.timeZone, serverNowMs());
  const [listed, known] = await Promise.all([
    listAnimals(actor, code, knownAt.atMs),
    knownAt.atMs === null ? null : knownOverviews(actor, code, knownAt.atMs),
  ]);
  if (!listed.ok) return <Refused refusal={listed.fault} back="/studies" />;
  if (known?.ok === false) return <Refused refusal={known.fault} back="/studies" />;
  const { compare } = new Intl.Collator("en", { numeric: true });
  const shown = known === null ? board.value.animals : known.value.animals;
  const statuses = new Map(shown.map(({ tag, status }) => [tag, status]));
  const animals = listed.value.animals.toSorted((one, other) => compare(one.id, other.id));
  const later = known === null ? null : laterText(known.value.later);
  const register =
    permits(study.roles, "animal.register") && known === null && !isClosed(study.status) ? (
      <LinkButton href={studyAddress(study.code, "animals", "new")} tone="primary">
        Register animals
      </LinkButton>
    ) : undefined;
  return (
    <>
      <PageBand knownAt={knownAt} timeZone={study.timeZone} now={address} />
      <PrintLayout
        landscape="page"
        rootPx={12}
        of={`Study ${study.code} · Animals`}
        reader={actor}
        timeZone={study.timeZone}
        knownAtMs={knownAt.atMs}
      />
      <PageHeading
        title="Animals"
        detail={later ?? undefined}
        actions={
          <>
            <KnownAtForm
              knownAt={knownAt}
              timeZone={study.timeZone}
              address={address}
              steps={daySteps(address, knownAt, serverNowMs())}
              compare={changesAddress(study.code, { animal: null, from: knownAt.text, to: null })}
            />
            <div className="self-end">{animals.length === 0 ? null : register}</div>
          </>
        }
      />
      <Panel title="Registered" note={animals.length === 0 ? undefined : String(animals.length)} flush>
        {animals.length === 0 ? (
          <EmptyState title={known === null ? "No animals yet" : "No animals then"} action={register}>
            {known !== null
              ? "None had been registered by then."
              : register === undefined
                ? "The study director registers them, one by one or pasted from a spreadsheet."
                : "Register them one by one, or paste them from a spreadsheet."}
          </EmptyState>
        ) : (
          <AnimalRegister
            animals={animals}
            statusOf={(tag) => statuses.get(tag) ?? "NOT_STARTED"}
            addressOf={(tag) => atInstant(animalAddress(study.code, tag), knownAt.text)}
            doseUnit={doseUnit ?? ""}
          />
        )}
      </Panel>
    </>
  );
};

export default AnimalsPage;
