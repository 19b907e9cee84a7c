"use client";

import { useWatch, type UseFormReturn } from "react-hook-form";
import { NumberField } from "@/components/ui/number-field";
import { RadioCards } from "@/components/ui/radio-cards";
import { fieldOf } from "./field-of";
import type { ProtocolFormValues } from "./protocol-form-values";

type CutOffFieldsProps = {
  readonly form: UseFormReturn<ProtocolFormValues>;
  readonly measurement: "neutrophils" | "platelets";
  readonly sourceTable: string;
};

const LABELS = {
  grade2Below: "Grade 2 below",
  grade3Below: "Grade 3 below",
  grade4Below: "Grade 4 below",
  recoverAt: "Recovered at, or above",
} as const;

/** The cut-offs of a falling count: the source's absolute ones, or per cent of each animal's own baseline. */
export const CutOffFields = ({ form, measurement, sourceTable }: CutOffFieldsProps) => {
  const percent = useWatch({ control: form.control, name: `${measurement}.basis` }) === "percentOfBaseline";
  const errors = form.formState.errors[measurement];
  return (
    <div className="space-y-3">
      <RadioCards
        {...form.register(`${measurement}.basis`)}
        label={`How ${measurement} are judged`}
        columns={2}
        choices={[
          {
            value: "absolute",
            label: "By absolute counts",
            detail: `The source's ${sourceTable}. These are human cut-offs: a healthy mouse can be below them.`,
          },
          {
            value: "percentOfBaseline",
            label: "By the animal's own baseline",
            detail: "In per cent. Not the source's way; it has no default numbers.",
          },
        ]}
      />
      <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-4">
        {(["grade2Below", "grade3Below", "grade4Below", "recoverAt"] as const).map((key) => (
          <NumberField
            key={key}
            {...fieldOf(form, `${measurement}.${key}`)}
            label={LABELS[key]}
            unit={percent ? "% of baseline" : "10⁹/L"}
            error={errors?.[key]?.message}
            hint={percent && (key === "grade2Below" || key === "grade4Below") ? "May be left out" : undefined}
          />
        ))}
      </div>
    </div>
  );
};
