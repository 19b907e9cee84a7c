"use client";

import type { EntryKind } from "@/lib/domain/record/log-entry";
import { KIND_TABS } from "@/lib/domain/language/code-words";

type KindTabsProps = {
  readonly kinds: readonly EntryKind[];
  readonly current: EntryKind;
  readonly hrefOf: (kind: EntryKind) => string;
  readonly onChoose: (kind: EntryKind) => void;
};

/** What is being recorded. Links, so that a bookmark or the board can open any of them. */
export const KindTabs = ({ kinds, current, hrefOf, onChoose }: KindTabsProps) => (
  <nav aria-label="What to record" className="flex flex-wrap gap-1">
    {kinds.map((kind) => (
      <a
        key={kind}
        href={hrefOf(kind)}
        aria-current={kind === current ? "page" : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          onChoose(kind);
        }}
        className="flex min-h-11 items-center rounded-control border border-transparent px-3.5 text-lg text-ink-soft hover:bg-sunken aria-[current=page]:border-ink aria-[current=page]:bg-ink aria-[current=page]:font-medium aria-[current=page]:text-ground"
      >
        {KIND_TABS[kind]}
      </a>
    ))}
  </nav>
);
