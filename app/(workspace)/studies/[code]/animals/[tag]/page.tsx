import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { knownAnimal } from "@/components/animal/as-known";
import { readKnownAt } from "@/components/animal/known-at";
import { Notice } from "@/components/ui/notice";
import type { AddressQuery } from "@/lib/contracts/address-query";
import { requireActor } from "@/lib/server/auth/current-actor";
import { serverNowMs } from "@/lib/server/kernel/clock";
import { readAnimalRecord } from "@/lib/server/operations/studies/animal-record";
import { localDateText, localTimeText } from "@/lib/domain/calendar/local-time";
import { animalAddress, pathText, studyAddress } from "../../study-address";
import { AnimalBody } from "./animal-body";
import { AnimalIdentity } from "./animal-identity";

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
  const actor = await requireActor(animalAddress(code, tag));
  const read = await readAnimalRecord(actor, code, tag);
  if (!read.ok) return <Refused refusal={read.fault} back={studyAddress(code, "board")} />;
  const { study, record } = read.value;
  const query = await searchParams;
  const knownAt = readKnownAt(query, study.timeZone);
  const nowMs = serverNowMs();
  const now = { ms: knownAt.atMs ?? nowMs, timeZone: study.timeZone };
  const known = knownAnimal(record, knownAt.atMs);
  return (
    <>
      <AnimalIdentity study={study} record={record} known={known} now={now} isPast={knownAt.atMs !== null} />
      {knownAt.fault === null ? null : (
        <div className="mb-4">
          <Notice tone="stopped" title="Not a time">
            {knownAt.fault}
          </Notice>
        </div>
      )}
      {knownAt.atMs === null ? null : (
        <div className="mb-4">
          <Notice
            tone="ink"
            title={`What was known on ${localDateText(knownAt.atMs, study.timeZone)}, ${localTimeText(knownAt.atMs, study.timeZone)}`}
          >
            Nothing that was recorded later is on this page.
          </Notice>
        </div>
      )}
      <AnimalBody study={study} record={record} known={known} now={now} query={query} knownAt={knownAt} />
    </>
  );
};

export default AnimalPage;
