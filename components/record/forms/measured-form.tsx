"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { analytesOf } from "@/lib/domain/record/analytes";
import type { SampleKind } from "@/lib/domain/record/kinds";
import { reasonWords } from "@/components/record/entered-words";
import { MeasuredField } from "@/components/record/fields/measured-field";
import { NOT_DONE_REASONS } from "@/components/record/fields/not-done-choice";
import { useEntry } from "@/components/record/use-entry-form";

export const WeightForm = () => <MeasuredField field="grams" large />;

/** What the form asks for, and what can be recorded beside it. */
const fieldsOf = (kind: SampleKind) => {
  const analytes = analytesOf(kind);
  return {
    asked: analytes.filter(({ rules }) => rules !== "none"),
    further: analytes.filter(({ rules }) => rules === "none"),
  };
};

/** A clotted tube is clotted for every count: one tap records it for all blank results that the form asks for. */
const WholeSample = ({ kind }: { readonly kind: SampleKind }) => {
  const { form } = useEntry();
  const leaveOut = (reason: string): void => {
    for (const { field } of fieldsOf(kind).asked) {
      const value = form.getValues(field);
      if (value.text.trim() !== "" || value.notDone !== "") continue;
      form.setValue(field, { ...value, firstReading: "", notDone: reason }, { shouldDirty: true });
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2 pt-3">
      <span className="text-ink-soft">Mark blank results not done:</span>
      {NOT_DONE_REASONS[kind].map((reason) => (
        <Button key={reason} onClick={() => leaveOut(reason)}>
          {reasonWords(reason)}
        </Button>
      ))}
    </div>
  );
};

/** A CBC or clinical chemistry: what is left blank was not reported, and is neither zero nor normal. */
export const SampleForm = ({ kind }: { readonly kind: SampleKind }) => {
  const { form } = useEntry();
  const { asked, further } = fieldsOf(kind);
  const [opened] = useState(() =>
    further.some(({ field }) => form.getValues(field).text !== "" || form.getValues(field).notDone !== ""),
  );
  return (
    <>
      {asked.map(({ field }) => (
        <MeasuredField key={field} field={field} />
      ))}
      <WholeSample kind={kind} />
      <Disclosure summary="More results" open={opened} className="pt-3">
        {further.map(({ field }) => (
          <MeasuredField key={field} field={field} />
        ))}
      </Disclosure>
    </>
  );
};
