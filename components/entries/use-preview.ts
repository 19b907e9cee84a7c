"use client";

import { useEffect, useState } from "react";
import { previewEntry } from "@/lib/client/send-entry";
import type { RecordingAnswer } from "@/lib/contracts/entries/answer";
import type { Problem } from "@/lib/contracts/problem";

/** What saving would do, as far as it is known. While it is asked anew, what was known last stays. */
export type Preview = {
  readonly state: "nothing" | "known" | "refused" | "unreachable";
  readonly asking: boolean;
  readonly answer: RecordingAnswer | null;
  readonly problem: Problem | null;
};

export const NO_PREVIEW: Preview = { state: "nothing", asking: false, answer: null, problem: null };

const ASK_AFTER_MS = 250;

/**
 * Asks the server, a moment after the last change, what recording this entry would lead to. `key` says when the
 * entry has changed (its "now" has not); null: there is nothing to ask.
 */
export const usePreview = (study: string, key: string | null, documentOf: () => unknown): Preview => {
  const [preview, setPreview] = useState<Preview>(NO_PREVIEW);
  const [asked, setAsked] = useState<string | null>(null);

  useEffect(() => {
    if (key === null) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void previewEntry(study, documentOf(), stop.signal).then((outcome) => {
        if (stop.signal.aborted) return;
        setAsked(key);
        if (outcome.kind === "answered") setPreview({ state: "known", asking: false, answer: outcome.answer, problem: null });
        else if (outcome.kind === "refused") setPreview({ state: "refused", asking: false, answer: null, problem: outcome.problem });
        else setPreview({ state: "unreachable", asking: false, answer: null, problem: null });
      });
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
    // The document is made when it is asked for, so that its "now" is that moment's; only the key says it changed.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [study, key]);

  if (key === null) return NO_PREVIEW;
  return { ...preview, asking: asked !== key };
};
