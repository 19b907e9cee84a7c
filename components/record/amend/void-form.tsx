"use client";

import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { newEntryId } from "@/lib/client/entry-id";
import { type ReasonCode, VOID_CODES } from "@/lib/contracts/entries/reason-codes";
import type { RecordingSheet } from "@/lib/contracts/recording-sheet";
import { ImpactPreview } from "@/components/record/impact-preview";
import type { EntryToAmend } from "./corrected-entry";
import { NoteField, ReasonCodeField } from "./reason-fields";
import { ShowWhatStands } from "./show-what-stands";
import { useAmendment } from "./use-amendment";

type VoidFormProps = {
  readonly sheet: RecordingSheet;
  readonly tag: string;
  readonly target: EntryToAmend;
  readonly onSaved: () => void;
  readonly onShow: () => void;
};

/** Takes an entry out of the history: it stays in the record, struck through, and no longer counts. */
export const VoidForm = ({ sheet, tag, target, onSaved, onShow }: VoidFormProps) => {
  const [id] = useState(newEntryId);
  const [reasonCode, setReasonCode] = useState<ReasonCode | "">("");
  const [note, setNote] = useState("");
  const document = { id, animal: tag, voids: target.corrected.entry };
  const missing = [
    reasonCode === "" ? "Choose what was wrong." : null,
    note.trim() === "" ? "Say in the note how it came about." : null,
  ].filter((text) => text !== null);
  const { preview, saving, failures, changed, save } = useAmendment({
    study: sheet.study.code,
    documents: [{ ...document, reasonCode, reason: note.trim() }],
    asked: [{ ...document, reasonCode: "OTHER", reason: "To be typed" }],
    missing,
    onSaved,
  });
  const summary = useErrorFocus(failures);
  const submitted = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save();
  };
  return (
    <form noValidate onSubmit={submitted} aria-label="Void" className="space-y-3">
      <ErrorSummary
        ref={summary}
        title="Not voided"
        errors={failures.map((message) => ({ message, fieldId: "entry-reason" }))}
      />
      {changed ? <ShowWhatStands onShow={onShow} /> : null}
      <div className="grid gap-x-4 gap-y-1 md:grid-cols-[18rem_1fr]">
        <ReasonCodeField
          codes={VOID_CODES}
          value={reasonCode}
          onChange={(event) => setReasonCode(event.target.value as ReasonCode | "")}
        />
        <NoteField value={note} onChange={(event) => setNote(event.target.value)} />
      </div>
      <ImpactPreview
        preview={preview}
        sheet={sheet}
        kind={target.kind}
        hint="What the void would change is said here."
      />
      <Button type="submit" tone="primary" pending={saving} className="min-w-56 text-lg">
        {saving ? "Saving…" : "Void this entry"}
      </Button>
    </form>
  );
};
