"use client";

import { useMemo, useState } from "react";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { enteredWords } from "./entered-words";
import type { SavedEntry } from "./use-entry-form";

type Saved = SavedEntry & { readonly sheetMs: number };

export type SavedEntries = {
  readonly latest: SavedEntry | null;
  /** How many were saved since the page was opened; the number of a form's key. */
  readonly count: number;
  /** By animal, what was saved last of a kind, in words. */
  readonly ofKind: (kind: SavedEntry["kind"]) => ReadonlyMap<string, string>;
  /** The sheet with what has been saved since it was read. */
  readonly sheet: RecordingSheet;
  readonly add: (saved: SavedEntry) => void;
};

const withSaved = (animal: AnimalOnSheet, saved: readonly Saved[]): AnimalOnSheet => {
  const last = saved.findLast(({ before }) => before.tag === animal.tag);
  const answered = last?.answer.animals[animal.tag];
  return answered === undefined
    ? animal
    : { ...animal, status: answered.status, dose: String(answered.dose), openToxicities: answered.openToxicities };
};

/** What has been saved on this page. Until the server's sheet is read anew, its answers stand in for it. */
export const useSavedEntries = (sheet: RecordingSheet): SavedEntries => {
  const [saved, setSaved] = useState<readonly Saved[]>([]);
  const current = useMemo(() => {
    const since = saved.filter(({ sheetMs }) => sheetMs === sheet.nowMs);
    return since.length === 0 ? sheet : { ...sheet, animals: sheet.animals.map((animal) => withSaved(animal, since)) };
  }, [sheet, saved]);
  return {
    latest: saved.at(-1) ?? null,
    count: saved.length,
    ofKind: (kind) =>
      new Map(
        saved
          .filter((entry) => entry.kind === kind)
          .map(({ before, values }) => [before.tag, enteredWords(kind, values, before.doseUnit)] as const),
      ),
    sheet: current,
    add: (entry) => setSaved((before) => [...before, { ...entry, sheetMs: sheet.nowMs }]),
  };
};
