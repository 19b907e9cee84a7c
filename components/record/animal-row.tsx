"use client";

import type { MouseEvent } from "react";
import { Glyph } from "@/components/ui/glyph";
import { StatusPill } from "@/components/ui/status-pill";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { identityWords, isDoneToday, lastWords, statusWords } from "./animal-words";

type AnimalRowProps = {
  readonly sheet: RecordingSheet;
  readonly animal: AnimalOnSheet;
  readonly kind: EntryKind;
  readonly href: string;
  readonly current: boolean;
  /** Typed for this animal and not saved yet. */
  readonly waiting: boolean;
  /** What was just saved of it. */
  readonly saved: string | null;
  readonly onChoose: (tag: string) => void;
};

/** A click goes without loading the page; with a modifier it does what a link does. */
const plainly = (event: MouseEvent): boolean =>
  !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0);

/** One animal to choose: large enough for a gloved finger, with all that tells it from its neighbour. */
export const AnimalRow = ({ sheet, animal, kind, href, current, waiting, saved, onChoose }: AnimalRowProps) => {
  const { tag, status } = animal;
  const done = saved !== null || isDoneToday(kind, animal, sheet.nowMs, sheet.study.timeZone);
  const last = lastWords(kind, animal, sheet);
  return (
    <li>
      <a
        href={href}
        data-animal={tag}
        aria-current={current ? "true" : undefined}
        onClick={(event) => {
          if (!plainly(event)) return;
          event.preventDefault();
          onChoose(tag);
        }}
        className={
          "flex min-h-14 items-center gap-3 border-b border-hairline px-4 py-2 hover:bg-sunken focus-visible:outline-offset-[-2px] " +
          "aria-current:border-l-4 aria-current:border-l-accent aria-current:bg-accent-soft aria-current:pl-3"
        }
      >
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2.5">
            <span className="text-lg font-semibold">{tag}</span>
            <StatusPill state={status}>{statusWords(animal, sheet.units.dose)}</StatusPill>
          </span>
          <span className="block text-sm text-ink-soft">{identityWords(animal)}</span>
        </span>
        <span className="shrink-0 text-right text-sm text-ink-soft">
          {waiting ? <strong className="block font-semibold text-waiting">not saved yet</strong> : null}
          {saved === null ? (last ?? "none yet") : <span className="text-ink">{saved}</span>}
          {done ? (
            <span className="block font-medium text-accent-strong">
              <Glyph name="check" className="mr-1 align-[-0.08em]" />
              {saved === null ? "done today" : "saved"}
            </span>
          ) : null}
        </span>
      </a>
    </li>
  );
};
