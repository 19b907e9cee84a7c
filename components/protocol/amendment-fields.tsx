"use client";

import { useWatch, type UseFormReturn } from "react-hook-form";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Panel } from "@/components/ui/panel";
import { TextareaField } from "@/components/ui/textarea-field";
import { TextField } from "@/components/ui/text-field";
import { instantsOfLocalTime, offsetTextAt } from "@/lib/domain/time/typed-local-time";
import { fieldOf } from "./field-of";
import type { ProtocolFormValues } from "./protocol-form-values";

type AmendmentFieldsProps = { readonly form: UseFormReturn<ProtocolFormValues>; readonly timeZone: string };

/** Why the protocol is amended and from when; and what an amendment leaves as it is. */
export const AmendmentFields = ({ form, timeZone }: AmendmentFieldsProps) => {
  const { errors } = form.formState;
  const [typed, doseUnit] = useWatch({ control: form.control, name: ["effectiveFrom", "doseUnit"] });
  const [instant] = instantsOfLocalTime(typed, timeZone);
  return (
    <Panel title="The amendment" note="a new version; the one in force stays as it is">
      <div className="grid items-start gap-x-6 gap-y-3 lg:grid-cols-2">
        <TextareaField
          {...fieldOf(form, "reason")}
          label="Reason"
          rows={3}
          maxLength={2000}
          error={errors.reason?.message}
          hint="Needed before signing. It is kept with the version for good."
        />
        <DateTimeField
          {...fieldOf(form, "effectiveFrom")}
          label="In force from"
          timeZone={timeZone}
          offset={instant === undefined ? null : offsetTextAt(instant, timeZone)}
          error={errors.effectiveFrom?.message}
          hint="Left blank: from the signature on. Never earlier: what was observed before is judged as it was."
        />
        <TextField
          {...fieldOf(form, "doseLevels")}
          label={`Dose levels, ${doseUnit}, of animals whose group has no ladder of its own`}
          error={errors.doseLevels?.message}
          hint="From high to low, with a comma between"
        />
        <p className="max-w-prose self-center text-ink-soft">
          Dose groups, their ladders and the dose unit, {doseUnit}, stay as they were signed: animals are dosed by them.
          New groups are not a matter of an amendment.
        </p>
      </div>
    </Panel>
  );
};
