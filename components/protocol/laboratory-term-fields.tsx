"use client";

import type { UseFormReturn } from "react-hook-form";
import { SelectField } from "@/components/ui/select-field";
import { capitalized } from "@/lib/domain/language/code-words";
import { toxicityWord } from "@/lib/domain/language/animal-words";
import { HOLDING_LABORATORY_TERMS, LABORATORY_TERMS } from "@/lib/domain/grading/criteria";
import { fieldOf } from "./field-of";
import { LABORATORY_USES } from "./laboratory-uses";
import type { ProtocolFormValues } from "./protocol-form-values";

/** Which further laboratory values are graded, and which of them withhold; only rising ones can. */
export const LaboratoryTermFields = ({ form }: { readonly form: UseFormReturn<ProtocolFormValues> }) => {
  const errors = form.formState.errors.laboratoryTerms;
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
      {LABORATORY_TERMS.map((term) => (
        <SelectField
          key={term}
          {...fieldOf(form, `laboratoryTerms.${term}`)}
          label={capitalized(toxicityWord(term))}
          error={errors?.[term]?.message}
        >
          <option value="">{LABORATORY_USES.off}</option>
          <option value="grade">{LABORATORY_USES.grade}</option>
          {HOLDING_LABORATORY_TERMS.has(term) ? <option value="hold">{LABORATORY_USES.hold}</option> : null}
        </SelectField>
      ))}
    </div>
  );
};
