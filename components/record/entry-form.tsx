"use client";

import { useEffect, useRef } from "react";
import { FormProvider } from "react-hook-form";
import type { Signer } from "@/lib/contracts/confirmation";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { Notice } from "@/components/ui/notice";
import { EntryPreview } from "./entry-preview";
import type { EntryValues } from "./entry-values";
import { CommentField } from "./fields/comment-field";
import { focusFirstStop, onEntryKey } from "./fields/entry-stops";
import { ObservedAtField } from "./fields/observed-at-field";
import { DispositionForm } from "./forms/disposition-form";
import { DoseForm, isBarred } from "./forms/dose-form";
import { SampleForm, WeightForm } from "./forms/measured-form";
import { ObservationForm } from "./forms/observation-form";
import { OrderForm } from "./forms/order-form";
import { whenText } from "./reading";
import { EntryErrors, SaveBar } from "./save-bar";
import { useEntryDraft } from "./use-entry-draft";
import { EntryFormProvider, type SavedEntry, useEntry, useEntryForm } from "./use-entry-form";
import { KIND_TABS } from "@/lib/domain/language/code-words";

/** Lets the screen take back what a scanner typed into the form. */
export type FormGuard = { readonly snapshot: () => EntryValues; readonly restore: (values: EntryValues) => void };

type EntryFormProps = {
  readonly sheet: RecordingSheet;
  readonly animal: AnimalOnSheet;
  readonly kind: EntryKind;
  readonly person: string;
  readonly signer: Signer;
  readonly holdGuard: (guard: FormGuard | null) => void;
  readonly onSaved: (saved: SavedEntry) => void;
  readonly goTo: (tag: string) => void;
};

/** The fields of the kind alone. */
export const OwnFields = () => {
  const { kind } = useEntry();
  switch (kind) {
    case "weight":
      return <WeightForm />;
    case "cbc":
    case "lft":
      return <SampleForm kind={kind} />;
    case "observation":
      return <ObservationForm />;
    case "dose":
      return <DoseForm />;
    case "order":
      return <OrderForm />;
    case "disposition":
      return <DispositionForm />;
  }
};

/** An animal that has left: what was observed before can still come in. */
const OffStudy = () => {
  const { animal, sheet } = useEntry();
  if (animal.status !== "OFF_STUDY") return null;
  const left =
    animal.lastDecision === null ? "then" : whenText(animal.lastDecision.observedMs, animal, sheet.study.timeZone);
  return (
    <Notice tone="ink" title={`${animal.tag} has left the study (${left}).`}>
      Only what was observed before can still be recorded: set the time back.
    </Notice>
  );
};

/** What saving would do, and saving: in sight however long the form. Nothing where no dose is to be given. */
const SaveFoot = () => {
  const { kind, animal, form, saving, failure } = useEntry();
  const amount = form.watch("amount.text");
  if (kind === "dose" && isBarred(animal) && amount === "" && !saving && failure === null) return null;
  return (
    <div className="sticky bottom-0 z-10 -mx-5 space-y-2 border-t border-hairline bg-ground px-5 pt-2 pb-3 lg:mx-0 lg:px-0">
      <EntryPreview />
      <SaveBar />
    </div>
  );
};

/** The form of one kind for one animal; made anew (by its key) for every entry. */
export const EntryForm = ({ holdGuard, person, ...params }: EntryFormProps) => {
  const draft = useEntryDraft(person, params);
  const entry = useEntryForm({ ...params, draft, corrected: null });
  const { form, submit } = entry;
  const element = useRef<HTMLFormElement>(null);

  const hold = useRef(holdGuard);
  useEffect(() => {
    const release = hold.current;
    release({ snapshot: () => structuredClone(form.getValues()), restore: (values) => form.reset(values) });
    return () => release(null);
  }, [form]);
  useEffect(() => {
    if (element.current !== null) focusFirstStop(element.current);
  }, []);

  return (
    <EntryFormProvider value={entry}>
      <FormProvider {...form}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of its fields bubble here */}
        <form
          ref={element}
          method="post"
          noValidate
          aria-label={`${KIND_TABS[params.kind]} of ${params.animal.tag}`}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          onKeyDown={onEntryKey(submit)}
          className="gloves space-y-3 [&_:is(input,textarea,select,button)]:scroll-mt-20 [&_:is(input,textarea,select,button)]:scroll-mb-52"
        >
          <OffStudy />
          <EntryErrors />
          <div className="rounded-panel border border-hairline bg-surface px-4">
            <div className="py-3">
              <OwnFields />
            </div>
            <div className="flex flex-wrap items-start gap-x-2 gap-y-3 border-t border-hairline py-2.5">
              <ObservedAtField />
              <CommentField />
            </div>
          </div>
          <SaveFoot />
        </form>
      </FormProvider>
    </EntryFormProvider>
  );
};
