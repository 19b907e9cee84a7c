"use client";

import { useMemo, useRef, useState } from "react";
import { newEntryId } from "@/lib/client/entry-id";
import type { EntryValues } from "@/components/record/entry-values";
import type { DraftKeeper, SentDraft } from "@/components/record/use-entry-draft";

/** A correction is kept as long as its form is open: what it begins with stands in the record anyway. */
export const useCorrectionDraft = (values: EntryValues): DraftKeeper => {
  const [opened] = useState(() => ({ id: newEntryId(), values, sent: null, leftMs: null }));
  const sent = useRef<SentDraft | null>(null);
  return useMemo(
    () => ({
      opened,
      keep: () => undefined,
      keepSent: (out) => {
        sent.current = out;
      },
      sentAs: (asked) =>
        JSON.stringify(sent.current?.values) === JSON.stringify(asked) ? (sent.current?.document ?? null) : null,
      forgetSent: () => {
        sent.current = null;
      },
      drop: () => {
        sent.current = null;
      },
    }),
    [opened],
  );
};
