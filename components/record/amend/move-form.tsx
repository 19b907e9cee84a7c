"use client";

import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField } from "@/components/ui/select-field";
import { TextareaField } from "@/components/ui/textarea-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { newEntryId } from "@/lib/client/entry-id";
import type { RecordingSheet } from "@/lib/contracts/recording-sheet";
import { identityWords, sexOf, statusWords } from "@/components/record/animal-words";
import { documentOfValues } from "@/components/record/entry-document";
import { ImpactPreview } from "@/components/record/impact-preview";
import type { EntryToAmend } from "./corrected-entry";
import { NoteField } from "./reason-fields";
import { ShowWhatStands } from "./show-what-stands";
import { useAmendment } from "./use-amendment";

/** Beside it the reasons name the other animal, and have a thousand characters in all. */
const MOST_NOTE = 900;

type MoveFormProps = {
  readonly sheet: RecordingSheet;
  readonly tag: string;
  readonly target: EntryToAmend;
  readonly onSaved: () => void;
  readonly onShow: () => void;
};

/** Void here, entry there: the two as one request. */
const documentsOf = (
  { sheet, tag, target }: MoveFormProps,
  ids: { readonly there: string; readonly here: string },
  to: string,
  { note, deviation }: { readonly note: string; readonly deviation: string },
): readonly unknown[] => {
  const { corrects: _corrects, ...entry } = documentOfValues(
    target.kind,
    {
      ...target.values,
      reasonCode: "WRONG_ANIMAL",
      reason: `Recorded for ${tag} first: ${note}`,
      deviation: { reason: deviation },
    },
    {
      id: ids.there,
      animal: to,
      timeZone: sheet.study.timeZone,
      doseUnit: sheet.units.dose,
      nowMs: target.observedMs,
      corrected: target.corrected,
    },
  );
  const reason = `Belongs to ${to}: ${note}`;
  return [{ id: ids.here, animal: tag, voids: target.corrected.entry, reasonCode: "WRONG_ANIMAL", reason }, entry];
};

/** It was of another animal: voided here and recorded there in one step. */
export const MoveForm = (props: MoveFormProps) => {
  const { sheet, tag, target, onSaved, onShow } = props;
  const [ids] = useState(() => ({ here: newEntryId(), there: newEntryId() }));
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const [deviation, setDeviation] = useState(target.values.deviation.reason);
  const missing = [
    to === "" ? "Choose the animal that it belongs to." : null,
    note.trim() === "" ? "Say in the note how it came about." : null,
  ].filter((text) => text !== null);
  const asked =
    to === ""
      ? null
      : documentsOf(props, ids, to, { note: "to be typed", deviation: deviation.trim() || "To be typed" });
  const { preview, saving, failures, changed, save } = useAmendment({
    study: sheet.study.code,
    documents: to === "" ? null : documentsOf(props, ids, to, { note: note.trim(), deviation: deviation.trim() }),
    asked,
    missing,
    onSaved,
  });
  const other = sheet.animals.find((animal) => animal.tag === to);
  const summary = useErrorFocus(failures);
  const submitted = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save();
  };
  return (
    <form noValidate onSubmit={submitted} aria-label="Another animal" className="space-y-3">
      <ErrorSummary
        ref={summary}
        title="Nothing was moved"
        errors={failures.map((message) => ({ message, fieldId: "move-animal" }))}
      />
      {changed ? <ShowWhatStands onShow={onShow} /> : null}
      <div className="grid gap-x-4 gap-y-1 md:grid-cols-[18rem_1fr]">
        <SelectField
          id="move-animal"
          label="It belongs to"
          value={to}
          onChange={(event) => setTo(event.target.value)}
          hint={other === undefined ? undefined : `${identityWords(other)}; ${statusWords(other, sheet.units.dose)}`}
          keepLine
        >
          <option value="">Choose…</option>
          {sheet.animals
            .filter((animal) => animal.tag !== tag)
            .map((animal) => (
              <option key={animal.tag} value={animal.tag}>
                {animal.tag} · {sexOf(animal).word}, {statusWords(animal, sheet.units.dose)}
              </option>
            ))}
        </SelectField>
        <NoteField value={note} maxLength={MOST_NOTE} onChange={(event) => setNote(event.target.value)} />
      </div>
      {target.kind === "dose" ? (
        <TextareaField
          id="move-deviation"
          label="If it is a deviation there: why it was given"
          rows={2}
          maxLength={1000}
          value={deviation}
          onChange={(event) => setDeviation(event.target.value)}
        />
      ) : null}
      <ImpactPreview
        preview={preview}
        sheet={sheet}
        kind={target.kind}
        hint="What that would change, of both animals, is said here once one is chosen."
      />
      <Button type="submit" tone="primary" pending={saving} className="min-w-56 text-lg">
        {saving ? "Saving…" : `Void here, record for ${to === "" ? "the other" : to}`}
      </Button>
    </form>
  );
};
