"use client";

import Link from "next/link";
import { usePathname, useSearchParams, useSelectedLayoutSegment } from "next/navigation";
import type { ComponentProps } from "react";
import { atInstant } from "@/components/known-at/known-at-address";
import { AppFrame } from "@/components/shell/app-frame";
import type { FinderItem } from "@/components/ui/find-items";
import { useAnimals } from "@/lib/client/use-animals";
import type { Animal } from "@/lib/contracts/animals";
import { sexWord } from "@/lib/domain/language/animal-words";
import { animalAddress } from "./study-address";

/** Pages that show the past themselves, and say so, or refuse to be opened in it. */
const SHOW_THE_PAST: ReadonlySet<string> = new Set(["board", "animals", "record", "reviews", "histories", "changes"]);

/** The list of animals to find is of now: in the past it says so, and nothing of them that was another. */
const OF_NOW = "by its tag of now";

const placeOf = ({ sex, group, cage }: Animal): string =>
  [sexWord(sex), group === null ? null : `group ${group}`, cage === null ? null : `cage ${cage}`]
    .filter((part) => part !== null)
    .join(" · ");

const OnlyNowLine = ({ now }: { readonly now: string }) => (
  <p className="flex flex-wrap items-baseline gap-x-2.5">
    <strong className="font-semibold">This page shows what is known now</strong>
    <span className="text-ink-soft">Board, animals, reviews and histories show the earlier instant.</span>
    <Link
      href={now}
      className="ml-auto inline-flex min-h-6 items-center font-semibold underline underline-offset-4 print:hidden pointer-coarse:min-h-11"
    >
      Back to now
    </Link>
  </p>
);

/**
 * The frame of a study's pages, which marks the tab that the address is in. Its links keep the instant of the past that is
 * looked at.
 */
export const StudyFrame = ({
  study,
  tabs,
  banner,
  ...rest
}: Omit<ComponentProps<typeof AppFrame>, "current" | "finder" | "study"> & {
  readonly study: NonNullable<ComponentProps<typeof AppFrame>["study"]>;
}) => {
  const asKnownAt = useSearchParams().get("asKnownAt");
  const current = useSelectedLayoutSegment();
  const address = usePathname();
  const onlyNow = asKnownAt !== null && !SHOW_THE_PAST.has(current ?? "");
  const kept = <Item extends { readonly href: string }>(link: Item): Item => ({
    ...link,
    href: atInstant(link.href, asKnownAt),
  });
  const [animals, load] = useAnimals(study.code);
  const items = animals?.map((animal): FinderItem => ({
    id: animal.id,
    label: animal.id,
    detail: asKnownAt === null ? placeOf(animal) : OF_NOW,
    href: atInstant(animalAddress(study.code, animal.id), asKnownAt),
  }));
  return (
    <AppFrame
      {...rest}
      study={kept(study)}
      tabs={tabs.map(kept)}
      finder={{ items: items ?? null, onOpen: load }}
      current={current}
      banner={
        onlyNow ? (
          <>
            {banner}
            <OnlyNowLine now={address} />
          </>
        ) : (
          banner
        )
      }
    />
  );
};
