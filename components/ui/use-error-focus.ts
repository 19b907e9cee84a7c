"use client";

import { useEffect, useRef, type RefObject } from "react";

/** For an error summary: it takes the focus whenever there is something new to say. */
export const useErrorFocus = (errors: readonly unknown[]): RefObject<HTMLDivElement | null> => {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) summary.current?.focus();
  }, [errors]);
  return summary;
};
