"use client";

import { useFieldArray, type UseFormReturn } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { fieldOf } from "./field-of";
import type { ProtocolFormValues } from "./protocol-form-values";

/** Findings that discontinue an animal for good, from which grade on. */
export const FindingListFields = ({ form }: { readonly form: UseFormReturn<ProtocolFormValues> }) => {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "discontinueFindings" });
  return (
    <div className="space-y-2">
      <ul className="space-y-2">
        {fields.map(({ id }, index) => {
          const errors = form.formState.errors.discontinueFindings?.[index];
          return (
            <li key={id} className="grid grid-cols-[1fr_9rem_auto] items-end gap-3">
              <TextField
                {...fieldOf(form, `discontinueFindings.${index}.term`)}
                label="Finding"
                error={errors?.term?.message}
              />
              <SelectField
                {...fieldOf(form, `discontinueFindings.${index}.grade`)}
                label="From grade"
                error={errors?.grade?.message}
              >
                {["0", "1", "2", "3", "4", "5"].map((grade) => (
                  <option key={grade}>{grade}</option>
                ))}
              </SelectField>
              <Button tone="quiet" onClick={() => remove(index)} aria-label={`Remove finding ${String(index + 1)}`}>
                Remove
              </Button>
            </li>
          );
        })}
      </ul>
      <Button onClick={() => append({ term: "", grade: "3" })}>Add a finding</Button>
    </div>
  );
};
