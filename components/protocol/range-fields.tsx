"use client";

import type { UseFormReturn } from "react-hook-form";
import { NumberField } from "@/components/ui/number-field";
import { fieldOf } from "./field-of";
import type { ProtocolFormValues } from "./protocol-form-values";

const ROWS = [
  { key: "neutrophils", label: "Neutrophils, lower limit", limit: "lower" },
  { key: "platelets", label: "Platelets, lower limit", limit: "lower" },
  { key: "alt", label: "ALT, upper limit", limit: "upper" },
  { key: "ast", label: "AST, upper limit", limit: "upper" },
  { key: "bilirubin", label: "Bilirubin, upper limit", limit: "upper" },
] as const;

/** Limits of normal of this laboratory for this species, strain and sex. They are typed in: no human value is offered. */
export const RangeFields = ({ form }: { readonly form: UseFormReturn<ProtocolFormValues> }) => {
  const errors = form.formState.errors.referenceRanges;
  return (
    <div>
      <p className="mb-3 max-w-prose text-ink-soft">
        Your laboratory&rsquo;s limits of normal for this species and strain. Without an upper limit a liver value
        cannot be graded; without a lower limit grade 1 of a count cannot be told from normal. Both are then said, never
        guessed.
      </p>
      <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
        {ROWS.map(({ key, label, limit }) => (
          <NumberField
            key={key}
            {...fieldOf(form, `referenceRanges.${key}.${limit}`)}
            label={label}
            error={errors?.[key]?.[limit]?.message}
            unit={
              key === "bilirubin" ? (
                <select
                  {...fieldOf(form, "referenceRanges.bilirubin.unit")}
                  aria-label="Unit of bilirubin"
                  className="min-h-(--control-height) rounded-control border border-edge bg-surface px-2"
                >
                  <option>mg/dL</option>
                  <option>µmol/L</option>
                </select>
              ) : (
                form.getValues(`referenceRanges.${key}.unit`)
              )
            }
          />
        ))}
      </div>
    </div>
  );
};
