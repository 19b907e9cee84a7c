import type { Metadata } from "next";
import { Refused } from "@/app/(workspace)/refused";
import { RecordScreen } from "@/components/record/record-screen";
import { OnlyNow } from "@/components/known-at/only-now";
import { PageHeading } from "@/components/shell/page-heading";
import { queryText } from "@/lib/contracts/address-query";
import { requireActor } from "@/lib/server/auth/current-actor";
import { signerOf } from "@/lib/server/auth/signer";
import { readRecordingSheet } from "@/lib/server/operations/entries/read-recording-sheet";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { ClosedStudy, isClosedWord } from "../closed-study";
import { pathText, studyAddress } from "../study-address";

type RecordPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

export const generateMetadata = async ({ params }: RecordPageProps): Promise<Metadata> => ({
  title: `Record · ${pathText((await params).code)}`,
});

/** Where a person who has to sign in first comes back to: the same animal and kind. */
const addressOf = (code: string, query: Awaited<RecordPageProps["searchParams"]>): string => {
  const kept = Object.entries(query).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  return kept.length === 0
    ? studyAddress(code, "record")
    : `${studyAddress(code, "record")}?${new URLSearchParams(kept.map(([name, value]) => [name, value])).toString()}`;
};

const RecordPage = async ({ params, searchParams }: RecordPageProps) => {
  const code = pathText((await params).code);
  const actor = await requireActor(addressOf(code, await searchParams));
  const [sheet, study] = await Promise.all([readRecordingSheet(actor, code), readStudy(actor, code)]);
  if (!sheet.ok) return <Refused refusal={sheet.fault} back={studyAddress(code, "board")} />;
  if (queryText(await searchParams, "asKnownAt") !== null) {
    return (
      <>
        <PageHeading title="Record" />
        <OnlyNow now={studyAddress(code, "record")} />
      </>
    );
  }
  if (study.ok && isClosedWord(study.value.status)) {
    return (
      <>
        <PageHeading title="Record" />
        <ClosedStudy code={code} status={study.value.status} />
      </>
    );
  }
  return <RecordScreen sheet={sheet.value} person={actor.userId} signer={await signerOf(actor)} />;
};

export default RecordPage;
