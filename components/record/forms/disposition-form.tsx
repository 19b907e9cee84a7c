"use client";

import { OUTCOMES } from "@/lib/domain/record/kinds";
import { RadioCards } from "@/components/ui/radio-cards";
import { ENTRY_STOP } from "@/components/record/fields/entry-stops";
import { capitalized, OUTCOME_WORDS } from "@/lib/domain/language/code-words";
import { useEntry } from "@/components/record/use-entry-form";

const DETAILS = {
  DIED: "Dead or dying without a decision to end it",
  EUTHANIZED: "Killed humanely, planned or not",
  REMOVED: "Alive, and no longer in this study",
} as const;

/** The end of an animal's time in the study; nothing can be recorded of a later time. */
export const DispositionForm = () => {
  const { form, errorAt } = useEntry();
  return (
    <div {...{ [ENTRY_STOP]: "" }} id="entry-outcome">
      <RadioCards
        {...form.register("outcome")}
        label="What happened"
        columns={3}
        choices={OUTCOMES.map((value) => ({
          value,
          label: capitalized(OUTCOME_WORDS[value]),
          detail: DETAILS[value],
        }))}
        error={errorAt("outcome")}
      />
    </div>
  );
};
