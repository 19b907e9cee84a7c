import { Fragment, useState } from "react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { StatusPill } from "@/components/ui/status-pill";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { DifferingDays, WhatIf, WhatIfSide } from "@/lib/contracts/what-if";
import { localDateText } from "@/lib/domain/time/local-time";
import { studyDayText } from "@/lib/domain/time/study-day";

const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/gu, " ");

const dateText = (date: string): string => localDateText(Date.parse(`${date}T12:00:00Z`), "UTC");

const daysText = ({ fromDay, toDay }: DifferingDays): string =>
  fromDay === toDay
    ? studyDayText(fromDay)
    : `${studyDayText(fromDay).replace(/^day /u, "days ")} to ${studyDayText(toDay).replace(/^day /u, "")}`;

const datesText = ({ fromDate, toDate }: DifferingDays): string =>
  fromDate === toDate ? dateText(fromDate) : `${dateText(fromDate)} to ${dateText(toDate)}`;

const SideCell = ({ side, doseUnit }: { readonly side: WhatIfSide; readonly doseUnit: string }) => (
  <Cell className="min-w-64">
    <StatusPill state={side.status}>
      {side.status === "ON_DOSE" ? `on dose, ${String(side.dose)} ${doseUnit}` : undefined}
    </StatusPill>
    {side.events.map(({ entry, sentence }) => (
      <span key={entry} className="mt-0.5 block text-sm">
        {sentence}
      </span>
    ))}
    {side.events.length > 0 ? null : <span className="mt-0.5 block text-sm text-ink-faint">no decision</span>}
  </Cell>
);

type ResultProps = {
  readonly result: WhatIf;
  readonly animals: readonly { readonly tag: string; readonly href: string }[];
};

const AnimalCell = ({
  difference: { animal, group, days, differingDays },
  href,
  first,
}: {
  readonly difference: WhatIf["differences"][number];
  readonly href: string | undefined;
  readonly first: boolean;
}) => (
  <IdentityCell className="align-top">
    {first ? (
      <>
        {href === undefined ? (
          animal
        ) : (
          <Link
            href={href}
            prefetch={false}
            className="inline-flex min-h-6 items-center font-semibold underline-offset-4 hover:underline"
          >
            {animal}
          </Link>
        )}
        <span className="block text-sm font-normal text-ink-soft">
          {group === null ? "" : `${group} · `}
          {differingDays} of {days} days
        </span>
      </>
    ) : (
      <span className="sr-only">{animal}</span>
    )}
  </IdentityCell>
);

/** A page of a year's study of hundreds of animals holds thousands of rows; they are shown as they are wanted. */
const ANIMALS_AT_ONCE = 25;

const Differences = ({ result: { differences, doseUnit }, animals }: ResultProps) => {
  const [wanted, setWanted] = useState(ANIMALS_AT_ONCE);
  const pages = new Map(animals.map(({ tag, href }) => [tag, href]));
  const more = Math.min(ANIMALS_AT_ONCE, differences.length - wanted);
  return (
    <>
      <Table caption="Days that would differ" maxHeight="most">
        <thead>
          <tr>
            <HeadCell identity>Animal</HeadCell>
            <HeadCell>Study days</HeadCell>
            <HeadCell numeric>Days</HeadCell>
            <HeadCell>As recorded</HeadCell>
            <HeadCell>What if</HeadCell>
          </tr>
        </thead>
        <tbody>
          {differences.slice(0, wanted).map((difference) => (
            <Fragment key={difference.animal}>
              {difference.stretches.map((stretch, place) => (
                <tr key={stretch.fromDay}>
                  <AnimalCell difference={difference} href={pages.get(difference.animal)} first={place === 0} />
                  <Cell className="whitespace-nowrap">
                    {daysText(stretch)}
                    <span className="block text-sm text-ink-soft">{datesText(stretch)}</span>
                  </Cell>
                  <Cell numeric>{stretch.days}</Cell>
                  <SideCell side={stretch.recorded} doseUnit={doseUnit} />
                  <SideCell side={stretch.whatIf} doseUnit={doseUnit} />
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </Table>
      {more <= 0 ? null : (
        <div className="flex flex-wrap items-center gap-3 px-4 print:hidden">
          <Button onClick={() => setWanted(wanted + ANIMALS_AT_ONCE)}>Show {more} more animals</Button>
          <span className="text-ink-soft">
            {wanted} of {grouped(differences.length)} animals that differ are shown.
          </span>
        </div>
      )}
    </>
  );
};

/** How many animal-days would differ, of how many, and which. */
export const WhatIfResult = ({ result, complete, animals: pages }: ResultProps & { readonly complete: boolean }) => {
  const { title, animals, animalsThatDiffer, animalDays, animalDaysThatDiffer, entries, limits } = result;
  return (
    <div className="space-y-3">
      <div className="space-y-3 px-4">
        <Notice
          live={complete}
          tone={animalDaysThatDiffer === 0 ? "accent" : "withheld"}
          title={
            animalDaysThatDiffer === 0
              ? `No day would differ, of ${grouped(animalDays)} animal-days`
              : `${grouped(animalDaysThatDiffer)} of ${grouped(animalDays)} animal-days would differ, in ${grouped(animalsThatDiffer)} of ${grouped(animals)} animals`
          }
        >
          {title}, over {grouped(entries)} recorded entries, as if in force from the beginning.{" "}
          {complete ? "Nothing was stored." : "So far."}
        </Notice>
        {limits.length === 0 ? null : (
          <ul className="list-disc space-y-1 pl-5 text-sm text-ink-soft">
            {limits.map((limit) => (
              <li key={limit} className="max-w-prose">
                {limit}
              </li>
            ))}
          </ul>
        )}
      </div>
      {result.differences.length === 0 ? null : <Differences result={result} animals={pages} />}
    </div>
  );
};
