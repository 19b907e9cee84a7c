"use client";

import { type Dispatch, type SetStateAction, useEffect, useState } from "react";
import { previewEntry, type SendOutcome } from "@/lib/client/send-entry";
import type { RecordingAnswer } from "@/lib/contracts/entries/answer";
import type { Problem } from "@/lib/contracts/problem";

/** What saving would do, as far as it is known. While it is asked anew, what was known last stays. */
export type Preview = {
  readonly state: "nothing" | "known" | "refused" | "no-answer" | "unavailable";
  readonly asking: boolean;
  readonly answer: RecordingAnswer | null;
  readonly problem: Problem | null;
};

/** The last answer, and the key of what it was asked about. */
export type PreviewAnswer = Omit<Preview, "asking"> & { readonly key: string | null };

const NOTHING: PreviewAnswer = { key: null, state: "nothing", answer: null, problem: null };

const ASK_AFTER_MS = 250;

const answerTo = (key: string, outcome: SendOutcome): PreviewAnswer => {
  switch (outcome.kind) {
    case "answered":
      return { key, state: "known", answer: outcome.answer, problem: null };
    case "refused":
      return { key, state: "refused", answer: null, problem: outcome.problem };
    case "no-answer":
      return { key, state: "no-answer", answer: null, problem: null };
    case "signed-out":
    case "unavailable":
      return { key, state: "unavailable", answer: null, problem: null };
  }
};

export const usePreviewAnswer = (): readonly [PreviewAnswer, Dispatch<SetStateAction<PreviewAnswer>>] =>
  useState(NOTHING);

type Question = {
  readonly study: string;
  /** Says when the entry has changed (its "now" has not); null: there is nothing to ask. */
  readonly key: string | null;
  /** Made when it is asked for, so that its "now" is that moment's. */
  readonly documentOf: () => unknown;
};

/** Asks the server, a moment after the last change, what recording this entry would lead to. */
export const usePreview = (
  { study, key, documentOf }: Question,
  [known, setKnown]: ReturnType<typeof usePreviewAnswer>,
): Preview => {
  useEffect(() => {
    if (key === null) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void previewEntry(study, documentOf(), stop.signal).then((outcome) => {
        if (!stop.signal.aborted) setKnown(answerTo(key, outcome));
      });
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
    // oxlint-disable-next-line react/exhaustive-deps, react-hooks/exhaustive-deps -- only the key says that the entry changed
  }, [study, key]);

  if (key === null) return { ...NOTHING, asking: false };
  return { ...known, asking: known.key !== key };
};
