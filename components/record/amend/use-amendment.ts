"use client";

import { useRef, useState } from "react";
import { recordEntry } from "@/lib/client/send-entry";
import { faultSentence } from "@/components/record/fault-words";
import { type Preview, usePreview, usePreviewAnswer } from "@/components/record/use-preview";

type Amending = {
  readonly study: string;
  /** What is sent; null while it cannot be asked about. Its ids stay the same, so that sent twice it is recorded once. */
  readonly documents: readonly unknown[] | null;
  /** What is sent in its place while only the reason is missing: a preview saves nothing. */
  readonly asked: readonly unknown[] | null;
  /** What is still missing, as sentences. */
  readonly missing: readonly string[];
  readonly onSaved: () => void;
};

type Amendment = {
  readonly preview: Preview;
  readonly saving: boolean;
  readonly failures: readonly string[];
  /** Somebody else has corrected or voided the entry meanwhile. */
  readonly changed: boolean;
  readonly save: () => void;
};

/** Previews and sends a void, or a void with the entry that takes its place: all of it or nothing. */
export const useAmendment = ({ study, documents, asked, missing, onSaved }: Amending): Amendment => {
  const key = asked === null ? null : JSON.stringify(asked);
  const preview = usePreview({ study, key, documentOf: () => asked }, usePreviewAnswer());
  const [saving, setSaving] = useState(false);
  const [failures, setFailures] = useState<readonly string[]>([]);
  const [changed, setChanged] = useState(false);
  const underWay = useRef(false);

  const send = async (): Promise<void> => {
    const outcome = await recordEntry(study, documents);
    switch (outcome.kind) {
      case "answered":
        onSaved();
        return;
      case "refused":
        setChanged(outcome.problem.code === "ENTRY_CHANGED");
        setFailures(
          outcome.problem.errors.length === 0 ? [outcome.problem.detail] : outcome.problem.errors.map(faultSentence),
        );
        return;
      case "signed-out":
        setFailures(["You have been signed out. Sign in, and save it again."]);
        return;
      case "unavailable":
        setFailures([outcome.detail]);
        return;
      case "no-answer":
        setFailures(["No answer from the server. Saving again is safe and never records it twice."]);
    }
  };

  const save = (): void => {
    setFailures(missing);
    if (missing.length > 0 || documents === null || underWay.current) return;
    underWay.current = true;
    setSaving(true);
    void send().finally(() => {
      underWay.current = false;
      setSaving(false);
    });
  };
  return { preview, saving, failures, changed, save };
};
