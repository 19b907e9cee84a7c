"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Glyph } from "@/components/ui/glyph";
import { Notice } from "@/components/ui/notice";
import type { DraftPlace } from "@/lib/client/entry-drafts";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { KIND_NOUNS, KIND_TABS } from "@/lib/domain/language/code-words";

type StepsProps = {
  readonly previous: AnimalOnSheet | null;
  readonly next: AnimalOnSheet | null;
  readonly onChoose: (tag: string) => void;
};

/** To the neighbours on the round, where the list is not beside the form. */
export const Steps = ({ previous, next, onChoose }: StepsProps) => (
  <span className="flex gap-1.5 lg:hidden">
    {previous === null ? null : (
      <Button onClick={() => onChoose(previous.tag)} aria-label={`Back to ${previous.tag}`}>
        <Glyph name="chevron" className="rotate-180 text-[0.75em]" />
        {previous.tag}
      </Button>
    )}
    {next === null ? null : (
      <Button onClick={() => onChoose(next.tag)} aria-label={`On to ${next.tag}`}>
        {next.tag}
        <Glyph name="chevron" className="text-[0.75em]" />
      </Button>
    )}
  </span>
);

export const NobodyChosen = ({ wanted }: { readonly wanted: string | null }) => (
  <div>
    <h1 className="sr-only">Record</h1>
    {wanted === null ? (
      <div className="max-lg:hidden">
        <EmptyState title="Whose entry?">
          Scan an animal&apos;s tag, type its last figures and press Enter, or choose it from the list.
        </EmptyState>
      </div>
    ) : (
      <EmptyState title={`There is no animal ${wanted} in this study`}>
        Check the tag and the study, or choose from the list.
      </EmptyState>
    )}
  </div>
);

const BASELINE_KINDS: readonly EntryKind[] = ["weight", "cbc", "lft", "observation"];

export const UnsignedNotice = ({ sheet, kind }: { readonly sheet: RecordingSheet; readonly kind: EntryKind }) =>
  sheet.active ? null : (
    <div className="mb-3">
      <Notice tone="waiting" title="The protocol has not been signed.">
        {BASELINE_KINDS.includes(kind)
          ? "Baseline weights, counts, chemistry and observations can be recorded; they decide nothing yet."
          : `${KIND_TABS[kind]}: not before the study director has signed it.`}
      </Notice>
    </div>
  );

type ElsewhereProps = {
  readonly drafts: readonly DraftPlace[];
  readonly kinds: readonly EntryKind[];
  readonly onGo: (kind: EntryKind, tag: string) => void;
};

const MOST_NAMED = 4;

/** Nothing typed is lost: what waits on this device is one tap away. */
export const Elsewhere = ({ drafts, kinds, onGo }: ElsewhereProps) => {
  const known = drafts.flatMap(({ animal, kind }) => {
    const own = kinds.find((candidate) => candidate === kind);
    return own === undefined ? [] : [{ animal, kind: own }];
  });
  if (known.length === 0) return null;
  return (
    <div className="mb-3">
      <Notice
        tone="waiting"
        title={`${String(known.length)} typed and not saved:`}
        actions={known.slice(0, MOST_NAMED).map(({ animal, kind }) => (
          <button
            key={`${animal} ${kind}`}
            type="button"
            onClick={() => onGo(kind, animal)}
            className="min-h-11 font-semibold underline underline-offset-2"
          >
            {animal} {KIND_NOUNS[kind]}
          </button>
        ))}
      >
        {known.length > MOST_NAMED ? `and ${String(known.length - MOST_NAMED)} more` : undefined}
      </Notice>
    </div>
  );
};

type AfterSavingProps = {
  readonly animal: AnimalOnSheet;
  readonly kind: EntryKind;
  readonly next: AnimalOnSheet | null;
  readonly onNext: (tag: string) => void;
  readonly onAnother: () => void;
};

const nextWords = (next: AnimalOnSheet, animal: AnimalOnSheet): string => {
  if (next.cage === null) return `Next: ${next.tag}`;
  return next.cage === animal.cage && next.room === animal.room
    ? `Next in cage: ${next.tag}`
    : `Next, cage ${next.cage}: ${next.tag}`;
};

/** After saving: the next animal is one key away, and what was saved stays in sight. */
export const AfterSaving = ({ animal, kind, next, onNext, onAnother }: AfterSavingProps) => (
  <div className="flex flex-wrap gap-2">
    {next === null ? (
      <p className="self-center text-lg text-ink-soft">That was the last one on this list.</p>
    ) : (
      <Button tone="primary" onClick={() => onNext(next.tag)} className="min-w-56 text-lg">
        {nextWords(next, animal)}
      </Button>
    )}
    <Button onClick={onAnother}>
      Another {KIND_NOUNS[kind]} of {animal.tag}
    </Button>
  </div>
);
