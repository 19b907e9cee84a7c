"use client";

import { useEffect, useRef } from "react";
import { FormProvider, useController } from "react-hook-form";
import type { Signer } from "@/lib/contracts/confirmation";
import { CORRECTION_CODES } from "@/lib/contracts/entries/reason-codes";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { OwnFields } from "@/components/record/entry-form";
import { CommentField } from "@/components/record/fields/comment-field";
import { focusFirstStop, onEntryKey } from "@/components/record/fields/entry-stops";
import { ObservedAtField } from "@/components/record/fields/observed-at-field";
import { ImpactPreview } from "@/components/record/impact-preview";
import { EntryErrors, SaveBar } from "@/components/record/save-bar";
import { EntryFormProvider, useEntry, useEntryForm } from "@/components/record/use-entry-form";
import type { EntryValues } from "@/components/record/entry-values";
import { type EntryToAmend, type Typed, typedOver } from "./corrected-entry";
import { ImpactLine } from "./impact-line";
import { NoteField, ReasonCodeField } from "./reason-fields";
import { ShowWhatStands } from "./show-what-stands";
import { useCorrectionDraft } from "./use-correction-draft";

type CorrectionFormProps = {
  readonly sheet: RecordingSheet;
  readonly animal: AnimalOnSheet;
  readonly target: EntryToAmend;
  /** The name that a signature is printed with. */
  readonly signer: Signer;
  readonly onSaved: () => void;
  readonly onAgain: () => void;
  /** What was typed before the entry was found changed by somebody else. */
  readonly kept: Typed | null;
  /** Takes what is typed along, and shows what stands now. */
  readonly onShow: (typed: EntryValues) => void;
};

const Why = () => {
  const { form, kind, errorAt } = useEntry();
  const code = useController({ name: "reasonCode", control: form.control }).field;
  const note = useController({ name: "reason", control: form.control }).field;
  return (
    <div className="grid gap-x-4 gap-y-1 md:grid-cols-[18rem_1fr]">
      <ReasonCodeField
        codes={CORRECTION_CODES}
        value={code.value}
        onChange={code.onChange}
        error={errorAt("reasonCode")}
      />
      <NoteField
        value={note.value}
        onChange={note.onChange}
        error={errorAt("reason")}
        hint={kind === "order" ? "Why it is corrected, and why the order was given." : undefined}
      />
    </div>
  );
};

/** The value that is corrected is not one that the new value is compared with. */
const withoutOwnValues = (animal: AnimalOnSheet, { observedMs }: EntryToAmend): AnimalOnSheet => ({
  ...animal,
  last: Object.fromEntries(Object.entries(animal.last).filter(([, last]) => last.observedMs !== observedMs)),
});

/** The entry's own form, filled with what was recorded: new values, what was wrong, and what that changes. */
export const CorrectionForm = (props: CorrectionFormProps) => {
  const { sheet, animal, target, signer, kept, onSaved, onAgain, onShow } = props;
  const draft = useCorrectionDraft(kept === null ? target.values : typedOver(target.values, kept));
  const entry = useEntryForm({
    sheet,
    animal: withoutOwnValues(animal, target),
    kind: target.kind,
    draft,
    signer,
    corrected: target.corrected,
    onSaved,
    goTo: onAgain,
  });
  const changed = entry.failure?.kind === "refused" && entry.failure.problem.code === "ENTRY_CHANGED";
  const element = useRef<HTMLFormElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    // Its row at the top: what it would change is further down.
    element.current.closest("tr")?.previousElementSibling?.scrollIntoView({ block: "start" });
    focusFirstStop(element.current);
  }, []);
  return (
    <EntryFormProvider value={entry}>
      <FormProvider {...entry.form}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of its fields bubble here */}
        <form
          ref={element}
          method="post"
          noValidate
          aria-label="Correction"
          onSubmit={(event) => {
            event.preventDefault();
            entry.submit();
          }}
          onKeyDown={onEntryKey(entry.submit)}
          className="space-y-3"
        >
          <EntryErrors />
          {changed ? <ShowWhatStands onShow={() => onShow(entry.form.getValues())} /> : null}
          <div className="rounded-panel border border-hairline bg-surface px-4">
            <div className="py-3">
              <OwnFields />
            </div>
            <div className="flex flex-wrap items-start gap-x-2 gap-y-3 border-t border-hairline py-2.5">
              <ObservedAtField />
              <CommentField />
            </div>
          </div>
          <Why />
          <div ref={whole}>
            <ImpactPreview
              preview={entry.preview}
              sheet={sheet}
              kind={target.kind}
              hint="What the new values would change of what was decided is said here as you type."
            />
          </div>
          <ImpactLine preview={entry.preview} sheet={sheet} tag={animal.tag} whole={whole} />
          <SaveBar label="Save the correction" />
        </form>
      </FormProvider>
    </EntryFormProvider>
  );
};
