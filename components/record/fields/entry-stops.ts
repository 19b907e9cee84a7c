"use client";

import type { KeyboardEvent } from "react";

/**
 * Where Enter goes in an entry form: from one stop to the next, and from the last one to saving. A stop is an input, or
 * a group of choices, which is entered at the chosen one.
 */
export const ENTRY_STOP = "data-entry-stop";

const focusStop = (stop: Element): void => {
  const target = stop.matches("input, textarea, button")
    ? stop
    : (stop.querySelector("input:checked:not(:disabled)") ??
      stop.querySelector("input:not(:disabled), textarea, button"));
  if (target instanceof HTMLElement) target.focus();
};

/** Goes to the stop after the one that holds `from`; false where it was the last. */
export const focusNextStop = (form: HTMLElement, from: Element): boolean => {
  const stops = [...form.querySelectorAll(`[${ENTRY_STOP}]`)];
  const here = stops.findIndex((stop) => stop.contains(from));
  const next = stops[here + 1];
  if (here === -1 || next === undefined) return false;
  focusStop(next);
  return true;
};

export const focusFirstStop = (form: HTMLElement): void => {
  const first = form.querySelector(`[${ENTRY_STOP}]`);
  if (first !== null) focusStop(first);
};

/** Enter moves on or saves; Ctrl-Enter (⌘-Enter) saves from anywhere. A button keeps its Enter, a text area its line. */
export const onEntryKey =
  (save: () => void) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "Enter" || event.defaultPrevented || event.nativeEvent.isComposing) return;
    const { target, currentTarget } = event;
    if (!(target instanceof HTMLElement)) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      save();
      return;
    }
    if (!target.matches("input, select")) return;
    event.preventDefault();
    if (!focusNextStop(currentTarget, target)) save();
  };
