"use client";

import { type KeyboardEvent, type RefObject, useEffect } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { type AnimalFilter, NO_FILTER } from "./animal-choice";
import { AnimalFilters } from "./animal-filters";
import { AnimalRow } from "./animal-row";
import { isDoneToday } from "./animal-words";
import { KIND_TABS } from "@/lib/domain/language/code-words";

type AnimalListProps = {
  readonly sheet: RecordingSheet;
  readonly kind: EntryKind;
  /** Those that the filter and what is typed leave. */
  readonly shown: readonly AnimalOnSheet[];
  readonly current: string | null;
  readonly filter: AnimalFilter;
  readonly list: RefObject<HTMLUListElement | null>;
  readonly waiting: ReadonlySet<string>;
  readonly saved: ReadonlyMap<string, string>;
  readonly hrefOf: (tag: string) => string;
  readonly onFilter: (filter: AnimalFilter) => void;
  readonly onChoose: (tag: string) => void;
  readonly onUp: () => void;
};

/** What is done to every animal in turn, so that it is worth counting. */
const DAILY: readonly EntryKind[] = ["weight", "cbc", "lft", "observation", "dose"];

/** The animals of the round, narrowed by room, cage and group, with what has been done of this kind today. */
export const AnimalList = (props: AnimalListProps) => {
  const { sheet, kind, shown, filter, saved, onFilter } = props;
  const done = shown.filter(
    (animal) => saved.has(animal.tag) || isDoneToday(kind, animal, sheet.nowMs, sheet.study.timeZone),
  ).length;
  return (
    <section aria-label="Animals" className="overflow-hidden rounded-panel border border-hairline bg-surface">
      <AnimalFilters animals={sheet.animals} filter={filter} onFilter={onFilter} />
      {DAILY.includes(kind) ? (
        <p className="border-b border-hairline px-4 py-1.5 text-sm text-ink-soft">
          {KIND_TABS[kind]} today: {done} of {shown.length}
        </p>
      ) : null}
      {shown.length === 0 ? (
        <NoAnimals any={sheet.animals.length > 0} onShowAll={() => onFilter(NO_FILTER)} />
      ) : (
        <Rows {...props} />
      )}
    </section>
  );
};

/** Arrow keys go from row to row, and from the first one back to the tag field. */
const onListKey =
  (onUp: () => void) =>
  (event: KeyboardEvent<HTMLUListElement>): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("a[data-animal]")];
    const here = rows.findIndex((row) => row === document.activeElement);
    event.preventDefault();
    if (event.key === "ArrowUp" && here <= 0) onUp();
    else rows[here + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  };

/** Where the list scrolls by itself: the chosen animal in sight. The page stays where it is. */
const showRow = (list: HTMLElement, tag: string): void => {
  const row = [...list.querySelectorAll<HTMLElement>("a[data-animal]")].find(
    ({ dataset }) => dataset["animal"] === tag,
  );
  if (row === undefined || list.scrollHeight <= list.clientHeight) return;
  const { top, bottom, height } = row.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  // One row of those before it stays, and as many as fit of those that come next.
  if (top < frame.top || bottom > frame.bottom) list.scrollTop += top - frame.top - height;
};

const Rows = ({ sheet, kind, shown, current, list, waiting, saved, hrefOf, onChoose, onUp }: AnimalListProps) => {
  useEffect(() => {
    if (list.current !== null && current !== null) showRow(list.current, current);
  }, [list, current]);
  const ownScroll = current === null ? "" : "max-lg:max-h-[60dvh] max-lg:overflow-y-auto";
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrow keys of its links bubble here
    <ul
      ref={list}
      onKeyDown={onListKey(onUp)}
      className={`lg:max-h-[calc(100dvh-17rem)] lg:overflow-y-auto lg:overscroll-contain ${ownScroll}`}
    >
      {shown.map((animal) => (
        <AnimalRow
          key={animal.tag}
          sheet={sheet}
          animal={animal}
          kind={kind}
          href={hrefOf(animal.tag)}
          current={animal.tag === current}
          waiting={waiting.has(animal.tag)}
          saved={saved.get(animal.tag) ?? null}
          onChoose={onChoose}
        />
      ))}
    </ul>
  );
};

const NoAnimals = ({ any, onShowAll }: { readonly any: boolean; readonly onShowAll: () => void }) =>
  any ? (
    <EmptyState
      title="None of the animals fits"
      action={
        <button
          type="button"
          onClick={onShowAll}
          className="min-h-11 font-medium text-accent-strong underline underline-offset-2"
        >
          Every room, cage and group
        </button>
      }
    >
      Type less of the tag, or choose another room, cage or group.
    </EmptyState>
  ) : (
    <EmptyState title="No animals yet">
      The study director registers them in the study&apos;s set-up. Then they can be recorded of here.
    </EmptyState>
  );
