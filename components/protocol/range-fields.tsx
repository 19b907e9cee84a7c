"use client";

import type { UseFormReturn } from "react-hook-form";
import { NumberField } from "@/components/ui/number-field";
import { gradingLimit, RANGED_MEASUREMENTS } from "@/lib/domain/grading/criteria";
import { analyteRow } from "@/lib/domain/record/analytes";
import { fieldOf } from "./field-of";
import type { ProtocolFormValues } from "./protocol-form-values";

/** Limits of normal of this laboratory for this species, strain and sex. They are typed in: no human value is offered. */
export const RangeFields = ({ form }: { readonly form: UseFormReturn<ProtocolFormValues> }) => {
  const errors = form.formState.errors.referenceRanges;
  return (
    <div>
      <p className="mb-3 max-w-prose text-ink-soft">
        Enter your laboratory&rsquo;s limits of normal (LLN, ULN) for this species and strain. Without a ULN, ALT, AST,
        bilirubin, ALP, GGT and creatinine cannot be graded. Without an LLN, grade 1 of a count or of hemoglobin cannot
        be distinguished from normal. Each ungraded value is shown as such.
      </p>
      <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
        {RANGED_MEASUREMENTS.map((measurement) => {
          const limit = gradingLimit(measurement);
          return (
            <NumberField
              key={measurement}
              {...fieldOf(form, `referenceRanges.${measurement}.${limit}`)}
              label={`${analyteRow(measurement).label}, ${limit} limit`}
              error={errors?.[measurement]?.[limit]?.message}
              unit={
                measurement === "bilirubin" ? (
                  <select
                    {...fieldOf(form, "referenceRanges.bilirubin.unit")}
                    aria-label="Unit of bilirubin"
                    className="min-h-(--control-height) rounded-control border border-edge bg-surface px-2"
                  >
                    <option>mg/dL</option>
                    <option>µmol/L</option>
                  </select>
                ) : (
                  form.getValues(`referenceRanges.${measurement}.unit`)
                )
              }
            />
          );
        })}
      </div>
    </div>
  );
};
