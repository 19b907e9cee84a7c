"use client";

import { useEffect, useSyncExternalStore } from "react";

export type KeyLine = { readonly keys: readonly string[]; readonly does: string };

const NONE: readonly KeyLine[] = [];

let current: readonly KeyLine[] = NONE;
const listeners = new Set<() => void>();

const show = (lines: readonly KeyLine[]): void => {
  current = lines;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The keys of the page that is open, for the list that its frame shows. */
export const usePageKeys = (): readonly KeyLine[] =>
  useSyncExternalStore(
    subscribe,
    () => current,
    () => NONE,
  );

type PageKeysProps = { readonly lines: readonly KeyLine[] };

/** Adds the keys of a page to the list that `?` shows, while the page is there. Give it a constant. */
export const PageKeys = ({ lines }: PageKeysProps) => {
  useEffect(() => {
    show(lines);
    return () => show(NONE);
  }, [lines]);
  return null;
};
