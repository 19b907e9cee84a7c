import type { Metadata } from "next";
import Link from "next/link";
import { Refused } from "@/app/(workspace)/refused";
import { InstantsForm } from "@/components/known-at/instants-form";
import { instantWords, readInstants } from "@/components/known-at/known-at";
import { atInstant } from "@/components/known-at/known-at-address";
import { PageHeading } from "@/components/shell/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { writeInstant } from "@/lib/domain/time/instant";
import { requireActor } from "@/lib/server/auth/current-actor";
import { serverNowMs } from "@/lib/server/config/clock";
import { listAnimals } from "@/lib/server/operations/animals/list-animals";
import { readStudy } from "@/lib/server/operations/studies/read-study";
import { readRecordsBetween } from "@/lib/server/operations/studies/study-records";
import { PrintLayout } from "@/app/(workspace)/print-layout";
import { animalAddress, changesAddress, pathText, studyAddress } from "../study-address";
import { type AnimalDifference, animalDifference, differenceWords } from "./animal-difference";
import { DecisionDifferences, OwnDifferences, RecordDifferences } from "./difference-tables";

type ChangesPageProps = {
  readonly params: Promise<{ readonly code: string }>;
  readonly searchParams: Promise<AddressQuery>;
};

export const generateMetadata = async ({ params }: ChangesPageProps): Promise<Metadata> => ({
  title: `What changed · ${pathText((await params).code)}`,
});

type FoundProps = {
  readonly code: string;
  readonly differences: readonly AnimalDifference[];
  readonly from: string;
  /** The later instant in the address; null for now. */
  readonly to: string | null;
  readonly ofOne: boolean;
};

const Found = ({ code, differences, from, to, ofOne }: FoundProps) =>
  differences.map((difference) => {
    const { tag, decisions } = difference;
    const animal = atInstant(animalAddress(code, tag), to);
    const amended = difference.records.some(({ then, now }) => then !== null || now === null);
    return (
      <Panel
        key={tag}
        title={
          <Link href={animal} prefetch={false} className="underline-offset-4 hover:underline">
            {tag}
          </Link>
        }
        note={differenceWords(difference)}
        actions={
          ofOne ? undefined : (
            <LinkButton href={changesAddress(code, { animal: tag, from, to })} tone="quiet" prefetch={false}>
              Every entry
            </LinkButton>
          )
        }
        flush
      >
        {difference.own.length === 0 ? null : <OwnDifferences difference={difference} />}
        {decisions.length === 0 ? null : <DecisionDifferences difference={difference} animal={animal} />}
        {(ofOne || amended) && difference.records.length > 0 ? (
          <RecordDifferences difference={difference} animal={animal} />
        ) : null}
      </Panel>
    );
  });

const ChangesPage = async ({ params, searchParams }: ChangesPageProps) => {
  const code = pathText((await params).code);
  const query = await searchParams;
  const tag = queryText(query, "animal");
  const actor = await requireActor(
    changesAddress(code, { animal: tag, from: queryText(query, "from"), to: queryText(query, "to") }),
  );
  const gate = await readStudy(actor, code);
  if (!gate.ok) return <Refused refusal={gate.fault} back="/studies" />;
  const study = gate.value;
  const { timeZone } = study;
  const instants = readInstants(query, timeZone, serverNowMs());
  const { fromMs, faults } = instants;
  const to = instants.toMs === null ? null : writeInstant(instants.toMs);
  const toMs = instants.toMs ?? serverNowMs();
  const ready = fromMs !== null && faults.to === undefined;
  const [read, listed] = await Promise.all([
    ready ? readRecordsBetween(actor, code, { tag, fromMs, toMs: instants.toMs }) : null,
    listAnimals(actor, code, instants.toMs),
  ]);
  if (read?.ok === false) return <Refused refusal={read.fault} back="/studies" />;
  if (!listed.ok) return <Refused refusal={listed.fault} back="/studies" />;
  const records = read?.value.records ?? [];
  const differences =
    fromMs === null ? [] : records.flatMap((record) => animalDifference(record, { fromMs, toMs, timeZone }) ?? []);
  const quiet = tag === null ? differences.filter(({ decisions }) => decisions.length === 0).length : 0;
  return (
    <>
      <PrintLayout
        landscape="page"
        rootPx={12}
        of={`Study ${study.code} · What changed${tag === null ? "" : ` of animal ${tag}`}`}
        reader={actor}
        timeZone={timeZone}
      />
      <PageHeading
        title="What changed"
        detail={
          fromMs === null
            ? `Between two instants, in ${tag === null ? `study ${study.code}` : `animal ${tag}`}, and through which entry`
            : `${tag === null ? `Study ${study.code}` : `Animal ${tag}`}, from what was known on ${instantWords(fromMs, timeZone)} to ${instants.toMs === null ? "now" : instantWords(toMs, timeZone)}`
        }
      />
      <div className="space-y-4">
        <InstantsForm
          instants={instants}
          animal={tag}
          animals={listed.value.animals.map(({ id }) => id)}
          timeZone={timeZone}
          address={studyAddress(code, "changes")}
        />
        {!ready ? (
          <EmptyState title="Choose the earlier instant">
            What was known then is compared with what was known later, or is known now.
          </EmptyState>
        ) : differences.length === 0 ? (
          <EmptyState
            title={records.length === 0 ? `There is no animal ${tag ?? ""}` : "Nothing became known between the two"}
          >
            {records.length === 0
              ? "Check the tag."
              : "Nothing was recorded, and no animal's own record was changed, after the earlier instant, up to the later one: what is shown at both is the same."}
          </EmptyState>
        ) : (
          <>
            {tag === null ? (
              <p className="text-ink-soft">
                Of {records.length} animals something became known of {differences.length}
                {quiet === 0 ? "." : `; of ${String(quiet)} of them every decision is the same.`}
              </p>
            ) : null}
            <Found
              code={code}
              differences={differences.toSorted((one, other) => other.decisions.length - one.decisions.length)}
              from={writeInstant(fromMs)}
              to={to}
              ofOne={tag !== null}
            />
          </>
        )}
      </div>
    </>
  );
};

export default ChangesPage;
