"use client";

import { type RefObject, useRef, useState } from "react";
import type { DraftPlace } from "@/lib/client/entry-drafts";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { filtered, inRoundOrder, matching, nextOnRound, previousOnRound } from "./animal-choice";
import type { FormGuard } from "./entry-form";
import type { SavedEntry } from "./use-entry-form";
import { useFreshSheet } from "./use-fresh-sheet";
import { type RecordPlace, useRecordPlace } from "./use-record-place";
import { useSavedEntries } from "./use-saved-entries";
import { useScans } from "./use-scans";
import { useWaitingDrafts } from "./use-waiting-drafts";

export type RecordScreenState = {
  /** With what has been saved since it was read. */
  readonly sheet: RecordingSheet;
  readonly place: RecordPlace;
  readonly hrefOf: (change: Partial<RecordPlace>) => string;
  readonly narrow: (filter: RecordPlace["filter"]) => void;
  readonly animal: AnimalOnSheet | null;
  readonly next: AnimalOnSheet | null;
  readonly previous: AnimalOnSheet | null;
  /** Of the round, those that fit what is typed. */
  readonly shown: readonly AnimalOnSheet[];
  readonly typed: string;
  readonly type: (typed: string) => void;
  /** What was saved last; `justSaved` while it is still what one looks at. */
  readonly latest: SavedEntry | null;
  readonly justSaved: boolean;
  readonly savedOfKind: ReadonlyMap<string, string>;
  readonly drafts: readonly DraftPlace[];
  /** Changes with every form that is opened anew. */
  readonly formKey: string;
  readonly tagInput: RefObject<HTMLInputElement | null>;
  readonly holdGuard: (guard: FormGuard | null) => void;
  readonly choose: (tag: string) => void;
  readonly chooseKind: (kind: EntryKind, tag?: string) => void;
  readonly another: () => void;
  readonly onSaved: (saved: SavedEntry) => void;
};

/** A dose form begins with the dose in force: another one makes another form. */
const formKeyOf = (animal: AnimalOnSheet | null, kind: EntryKind, opened: number): string =>
  JSON.stringify([animal?.tag, kind, opened, kind === "dose" ? [animal?.status, animal?.dose] : null]);

/** Which animal, which kind, what is typed, what was saved: everything that the screen decides by. */
export const useRecordScreen = (read: RecordingSheet, person: string): RecordScreenState => {
  const [fresh, refresh] = useFreshSheet(read);
  const saved = useSavedEntries(fresh);
  const { sheet } = saved;
  const { place, hrefOf, go } = useRecordPlace(sheet.kinds);
  const [typed, type] = useState("");
  const [justSaved, setJustSaved] = useState(false);
  const [opened, setOpened] = useState(0);
  const tagInput = useRef<HTMLInputElement>(null);
  const guard = useRef<FormGuard | null>(null);

  const round = inRoundOrder(filtered(sheet.animals, place.filter));
  const animal = sheet.animals.find(({ tag }) => tag === place.animal) ?? null;
  const formKey = formKeyOf(animal, place.kind, opened);

  const open = (change: Partial<RecordPlace>): void => {
    type("");
    setJustSaved(false);
    setOpened((count) => count + 1);
    go(change);
  };
  const choose = (tag: string): void => open({ animal: tag });
  const onSaved = (entry: SavedEntry): void => {
    saved.add(entry);
    setJustSaved(true);
    refresh();
    requestAnimationFrame(() => tagInput.current?.focus());
  };
  useScans({ tags: sheet.animals.map(({ tag }) => tag), guard, onScan: choose });
  const drafts = useWaitingDrafts(person, sheet.study.code);

  return {
    sheet,
    place,
    hrefOf,
    narrow: (filter) => go({ filter }),
    animal,
    next: animal === null ? null : nextOnRound(round, animal.tag),
    previous: animal === null ? null : previousOnRound(round, animal.tag),
    shown: matching(round, typed),
    typed,
    type,
    latest: saved.latest,
    justSaved,
    savedOfKind: saved.ofKind(place.kind),
    drafts,
    formKey,
    tagInput,
    holdGuard: (held) => {
      guard.current = held;
    },
    choose,
    chooseKind: (kind, tag) => open(tag === undefined ? { kind } : { kind, animal: tag }),
    another: () => {
      setJustSaved(false);
      setOpened((count) => count + 1);
    },
    onSaved,
  };
};
