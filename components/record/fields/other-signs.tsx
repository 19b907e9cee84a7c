"use client";

import { useFieldArray } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { SIGN_CATEGORIES } from "@/components/record/entry-values";
import { useEntry } from "@/components/record/use-entry-form";
import { ENTRY_STOP } from "./entry-stops";
import { Severity } from "./severity";

/** Signs beside the five categories, kept in the observer's words and without a grade. */
export const OtherSigns = () => {
  const { form, errorAt } = useEntry();
  const rows = useFieldArray({ control: form.control, name: "signs" });
  const fixed = SIGN_CATEGORIES.length;
  return (
    <div className="border-t border-hairline pt-2">
      {rows.fields.slice(fixed).map((row, index) => {
        const place = index + fixed;
        const path = `signs.${String(place)}` as "signs.0";
        return (
          <div
            key={row.id}
            id={`entry-signs-${String(place)}`}
            className="flex flex-wrap items-start gap-x-3 gap-y-2 py-2"
          >
            <TextField
              {...form.register(`${path}.text`)}
              {...{ [ENTRY_STOP]: "" }}
              label="Another sign, without a grade"
              maxLength={500}
              error={errorAt(path)}
              className="min-w-56 flex-1"
            />
            <div className="pt-7">
              <Severity
                category="Another sign"
                severity={form.watch(`${path}.severity`)}
                onChange={(severity) => form.setValue(`${path}.severity`, severity, { shouldDirty: true })}
              />
            </div>
            <Button onClick={() => rows.remove(place)} aria-label="Remove this sign" className="mt-5">
              Remove
            </Button>
          </div>
        );
      })}
      <Button onClick={() => rows.append({ category: "Other", text: "", severity: "" })}>+ Another sign</Button>
    </div>
  );
};
