import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { Refused } from "@/app/(workspace)/refused";
import { knownAnimal } from "@/components/animal-page/as-known";
import { KnownAtBand } from "@/components/known-at/known-at-band";
import { readKnownAt } from "@/components/known-at/known-at";
import { atInstant } from "@/components/known-at/known-at-address";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { requireActor } from "@/lib/server/auth/current-actor";
import { serverNowMs } from "@/lib/server/config/clock";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { readAnimalRecord } from "@/lib/server/operations/studies/animal-record";
import { animalAddress, pathText, studyAddress } from "../../study-address";
import { groupCodes } from "../../group-codes";
import { openAmendment } from "./amendment";
import { AnimalBody } from "./animal-body";
import { AnimalIdentity } from "./animal-identity";
import { entrySignatures } from "./entry-signatures";
import { NotYet } from "./not-yet";
import { OwnRecord } from "./own-record";

type AnimalPageProps = {
  readonly params: Promise<{ readonly code: string; readonly tag: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: AnimalPageProps): Promise<Metadata> => {
  const { code, tag } = await params;
  return { title: `${pathText(tag)} · ${pathText(code)}` };
};

const AnimalPage = async ({ params, searchParams }: AnimalPageProps) => {
  const path = await params;
  const [code, tag] = [pathText(path.code), pathText(path.tag)];
  const query = await searchParams;
  const address = animalAddress(code, tag);
  const actor = await requireActor(atInstant(address, queryText(query, "asKnownAt")));
  const gate = await readStudy(actor, code);
  if (!gate.ok) return <Refused refusal={gate.fault} back="/studies" />;
  const knownAt = readKnownAt(query, gate.value.timeZone, serverNowMs());
  const read = await readAnimalRecord(actor, code, tag, knownAt.atMs);
  if (!read.ok) return <Refused refusal={read.fault} back={studyAddress(code, "board")} />;
  const { study, record } = read.value;
  if (record === null) return <NotYet study={study} tag={tag} later={read.value.later} knownAt={knownAt} />;
  // A tag that it did not have leads on to the one that it has, or had then.
  if (record.animal.id !== tag)
    redirect(atInstant(animalAddress(code, record.animal.id), queryText(query, "asKnownAt")));
  const nowMs = serverNowMs();
  const now = { ms: knownAt.atMs ?? nowMs, timeZone: study.timeZone };
  const known = knownAnimal(record, knownAt.atMs);
  const correct = knownAt.atMs === null ? queryText(query, "correct") : null;
  const listsAll = queryText(query, "entries") === "all";
  const amending = correct === null ? null : await openAmendment(actor, study, record, { id: correct, listsAll });
  const signaturesOf = await entrySignatures(study, record, knownAt.atMs);
  const asks = knownAt.atMs === null && queryText(query, "change") === "record";
  return (
    <>
      <AnimalIdentity
        study={study}
        record={record}
        known={known}
        now={now}
        isPast={knownAt.atMs !== null}
        band={<KnownAtBand knownAt={knownAt} timeZone={study.timeZone} now={animalAddress(code, record.tagNow)} />}
      />
      <PrintLayout
        landscape="wide tables"
        rootPx={12}
        of={`Study ${study.code} · Animal ${record.animal.id}`}
        reader={actor}
        timeZone={study.timeZone}
        knownAtMs={knownAt.atMs}
      />
      <AnimalBody
        study={study}
        record={record}
        known={known}
        now={now}
        query={query}
        knownAt={knownAt}
        userId={actor.userId}
        amending={amending}
        signaturesOf={signaturesOf}
        ownRecord={
          <OwnRecord
            study={study}
            record={record}
            isPast={knownAt.atMs !== null}
            groups={asks ? await groupCodes(actor, code) : null}
          />
        }
      />
    </>
  );
};

export default AnimalPage;
