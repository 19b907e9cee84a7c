"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type KeyboardEvent as ReactKeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type FinderItem, findItems } from "./find-items";
import { Glyph } from "./glyph";
import { KeyHint } from "./key-hint";

const SHOWN = 12;

type FoundProps = {
  readonly listId: string;
  readonly found: readonly FinderItem[];
  readonly active: number;
  readonly onActive: (place: number) => void;
  readonly onChosen: () => void;
};

const optionId = (listId: string, place: number): string => `${listId}-${String(place)}`;

const Found = ({ listId, found, active, onActive, onChosen }: FoundProps) => (
  <div id={listId} role="listbox" aria-label="Found" className="max-h-[50vh] overflow-y-auto py-1">
    {found.map((item, place) => (
      <Link
        key={item.id}
        id={optionId(listId, place)}
        role="option"
        aria-selected={place === active}
        tabIndex={-1}
        href={item.href}
        prefetch={false}
        onClick={onChosen}
        onPointerMove={() => onActive(place)}
        className={`flex min-h-11 items-baseline gap-3 px-4 py-2.5 ${place === active ? "bg-accent-soft" : ""}`}
      >
        <span className="font-semibold">{item.label}</span>
        <span className="text-sm text-ink-soft">{item.detail}</span>
      </Link>
    ))}
  </div>
);

export type FinderSource = {
  /** Null while they are on their way. */
  readonly items: readonly FinderItem[] | null;
  /** Asks for them; called whenever the finder opens. */
  readonly onOpen: () => void;
};

type SearchProps = Pick<FinderSource, "items"> & { readonly what: string; readonly onChosen: () => void };

const statusWords = (items: FinderSource["items"], found: readonly FinderItem[], query: string): string => {
  if (items === null) return "Loading…";
  return found.length === 0 ? `Nothing has “${query}” in it.` : `${String(found.length)} found`;
};

/** The field and what it finds; made anew each time the finder opens, so it starts empty. */
const Search = ({ items, what, onChosen }: SearchProps) => {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  /** Enter was pressed before there was anything to find. */
  const [goes, setGoes] = useState(false);
  const hasGone = useRef(false);
  const router = useRouter();
  const listId = useId();
  const found = findItems(items ?? [], query, SHOWN);
  const current = found[active];

  useEffect(() => {
    // Once: items that arrive again later must not lead there again.
    if (!goes || current === undefined || hasGone.current) return;
    hasGone.current = true;
    onChosen();
    router.push(current.href);
  }, [goes, current, onChosen, router]);

  const onKeyDown = (event: ReactKeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive(found.length === 0 ? 0 : (active + step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      setGoes(true);
    }
  };

  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label={`Find ${what}`}
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : optionId(listId, active)}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
          setGoes(false);
        }}
        onKeyDown={onKeyDown}
        className="h-14 w-full border-b border-hairline bg-surface px-4 text-xl outline-none placeholder:text-ink-faint"
        placeholder={`Find ${what}`}
      />
      <Found listId={listId} found={found} active={active} onActive={setActive} onChosen={onChosen} />
      <p role="status" className={found.length === 0 ? "px-4 pb-4 text-ink-soft" : "sr-only"}>
        {statusWords(items, found, query)}
      </p>
    </>
  );
};

type FinderProps = {
  readonly source: FinderSource;
  /** What is found, for the field's name: "an animal". */
  readonly what: string;
};

/** ⌘K or Ctrl-K: type a few characters, Enter goes there. Escape closes. */
export const Finder = ({ source: { items, onOpen }, what }: FinderProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [openings, setOpenings] = useState(0);
  const open = useCallback(() => {
    if (dialog.current?.open !== false) return;
    // The new field must be there before the dialog opens and gives it the focus.
    flushSync(() => setOpenings((count) => count + 1));
    dialog.current.showModal();
    onOpen();
  }, [onOpen]);
  const close = useCallback(() => dialog.current?.close(), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      open();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [open]);

  return (
    <>
      <button
        type="button"
        onClick={open}
        className="inline-flex min-h-9 items-center gap-2 rounded-control border border-edge bg-surface px-2.5 text-sm text-ink-soft hover:text-ink print:hidden pointer-coarse:min-h-11"
      >
        <Glyph name="search" />
        <span>Find {what}</span>
        <span className="pointer-coarse:hidden">
          <KeyHint>Ctrl K</KeyHint>
        </span>
      </button>
      <dialog
        ref={dialog}
        aria-label={`Find ${what}`}
        className="mt-[12vh] w-[min(34rem,calc(100vw-2rem))] overflow-hidden rounded-panel border border-hairline bg-surface text-ink"
      >
        <Search key={openings} items={items} what={what} onChosen={close} />
      </dialog>
    </>
  );
};
