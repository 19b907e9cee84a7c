"use client";

import { Button } from "@/components/ui/button";
import { measuredFieldsOf } from "@/lib/domain/record/measured-fields";
import { reasonWords } from "@/components/record/entered-words";
import { MeasuredField } from "@/components/record/fields/measured-field";
import { NOT_DONE_REASONS } from "@/components/record/fields/not-done-choice";
import { useEntry } from "@/components/record/use-entry-form";

export const WeightForm = () => <MeasuredField field="grams" large />;

/** A clotted tube is clotted for every count: one tap says so for all that are still blank. */
const WholeSample = ({ kind }: { readonly kind: "cbc" | "lft" }) => {
  const { form } = useEntry();
  const leaveOut = (reason: string): void => {
    for (const { field } of measuredFieldsOf(kind)) {
      const value = form.getValues(field);
      if (value.text.trim() !== "" || value.notDone !== "") continue;
      form.setValue(field, { ...value, firstReading: "", notDone: reason }, { shouldDirty: true });
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2 pt-3">
      <span className="text-ink-soft">Everything that is still blank was</span>
      {NOT_DONE_REASONS[kind].map((reason) => (
        <Button key={reason} onClick={() => leaveOut(reason)}>
          {reasonWords(reason)}
        </Button>
      ))}
    </div>
  );
};

/** A CBC or clinical chemistry: what is left blank was not reported, and is neither zero nor normal. */
export const SampleForm = ({ kind }: { readonly kind: "cbc" | "lft" }) => (
  <>
    {measuredFieldsOf(kind).map(({ field }) => (
      <MeasuredField key={field} field={field} />
    ))}
    <WholeSample kind={kind} />
  </>
);
