"use client";

import { type ReactNode, useState } from "react";
import { usePrinting } from "./use-printing";

type FoldedProps = { readonly summary: string; readonly children: () => ReactNode };

/** What is made only once it is opened, or printed: a page of many such is not sent what nobody reads. */
export const Folded = ({ summary, children }: FoldedProps) => {
  const [opened, setOpened] = useState(false);
  const printing = usePrinting();
  return (
    <details onToggle={() => setOpened(true)}>
      <summary>{summary}</summary>
      {opened || printing ? children() : null}
    </details>
  );
};
