"use client";

import { type RefObject, useEffect, useRef } from "react";
import { type Keystroke, scannedText, tagAmong, withKeystroke } from "@/lib/client/tag-scan";
import type { FormGuard } from "./entry-form";
import type { EntryValues } from "./entry-values";

type ScanParams = {
  readonly tags: readonly string[];
  readonly guard: RefObject<FormGuard | null>;
  readonly onScan: (tag: string) => void;
};

/**
 * A scan is taken wherever the focus is: a tag that lands in the field of another animal's weight goes to its animal,
 * and the field is as it was before.
 */
export const useScans = ({ tags, guard, onScan }: ScanParams): void => {
  const latest = useRef({ tags, onScan });
  useEffect(() => {
    latest.current = { tags, onScan };
  });
  useEffect(() => {
    let burst: readonly Keystroke[] = [];
    let before: EntryValues | null = null;
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const inTagField = event.target instanceof HTMLElement && event.target.id === "animal-tag";
      if (event.key === "Enter" && !inTagField) {
        const text = scannedText(burst, event.timeStamp);
        const tag = text === null ? null : tagAmong(latest.current.tags, text);
        burst = [];
        if (tag === null) return;
        event.preventDefault();
        event.stopPropagation();
        if (before !== null) guard.current?.restore(before);
        latest.current.onScan(tag);
      } else if (event.key.length === 1) {
        burst = withKeystroke(burst, { key: event.key, at: event.timeStamp });
        if (burst.length === 1) before = guard.current?.snapshot() ?? null;
      }
    };
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, [guard]);
};
