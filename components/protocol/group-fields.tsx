"use client";

import { useFieldArray, useWatch, type UseFormReturn } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { NumberField } from "@/components/ui/number-field";
import { TextField } from "@/components/ui/text-field";
import { Decimal } from "@/lib/domain/decimal";
import { readTypedNumber } from "@/lib/domain/units/typed-number";
import { fieldOf } from "./field-of";
import { NEW_GROUP, typedLevels, type ProtocolFormValues } from "./protocol-form-values";

/** The source's shape, 4, 3, 2, 1, as parts of any start. */
const OFFERED_PARTS = ["1", "0.75", "0.5", "0.25"];

const offeredLadder = (startingDose: string): string | null => {
  const start = readTypedNumber(startingDose);
  if (!start.ok || start.value.isZero()) return null;
  return OFFERED_PARTS.map((part) => new Decimal(part).times(start.value).toFixed()).join(", ");
};

type GroupFieldsProps = {
  readonly form: UseFormReturn<ProtocolFormValues>;
  readonly index: number;
  readonly onRemove: () => void;
};

const GroupRow = ({ form, index, onRemove }: GroupFieldsProps) => {
  const group = useWatch({ control: form.control, name: `groups.${index}` });
  const unit = useWatch({ control: form.control, name: "doseUnit" });
  const errors = form.formState.errors.groups?.[index];
  const ladder = offeredLadder(group.startingDose);
  const oneLevel = !group.control && typedLevels(group.doseLevels).length === 1;
  return (
    <li className="rounded-panel border border-hairline px-4 pt-3">
      <div className="grid items-start gap-x-4 sm:grid-cols-2 lg:grid-cols-[8rem_1fr_auto]">
        <TextField {...fieldOf(form, `groups.${index}.code`)} label="Group" keepLine error={errors?.code?.message} />
        <TextField {...fieldOf(form, `groups.${index}.label`)} label="Name" keepLine error={errors?.label?.message} />
        <div className="flex items-center gap-3 lg:pt-6">
          <Checkbox {...form.register(`groups.${index}.control`)} label="Control: vehicle only" />
          <Button tone="quiet" onClick={onRemove} aria-label={`Remove group ${group.code}`}>
            Remove
          </Button>
        </div>
      </div>
      {group.control ? (
        <p className="pb-3 text-ink-soft">
          Graded like the others; no rule withholds, reduces or discontinues a control animal.
        </p>
      ) : (
        <div className="grid items-start gap-x-4 sm:grid-cols-2 lg:grid-cols-[14rem_1fr_auto]">
          <NumberField
            {...fieldOf(form, `groups.${index}.startingDose`)}
            label="Starting dose"
            unit={unit}
            error={errors?.startingDose?.message}
          />
          <TextField
            {...fieldOf(form, `groups.${index}.doseLevels`)}
            label={`Dose levels, ${unit}`}
            keepLine
            placeholder="10, 7.5, 5, 2.5"
            error={errors?.doseLevels?.message}
            hint={
              oneLevel
                ? "One level: the first toxicity of an animal discontinues it for good."
                : "From high to low, with a comma between"
            }
          />
          <div className="lg:pt-6">
            {ladder === null || ladder === group.doseLevels ? null : (
              <Button
                onClick={() =>
                  form.setValue(`groups.${index}.doseLevels`, ladder, { shouldDirty: true, shouldValidate: true })
                }
              >
                Use {ladder}
              </Button>
            )}
          </div>
        </div>
      )}
    </li>
  );
};

/** The dose groups and their ladders. 100, 75, 50 and 25 % of the start are offered; any ladder can be typed. */
export const GroupFields = ({ form }: { readonly form: UseFormReturn<ProtocolFormValues> }) => {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "groups" });
  return (
    <div className="space-y-3">
      <ul className="space-y-3">
        {fields.map(({ id }, index) => (
          <GroupRow key={id} form={form} index={index} onRemove={() => remove(index)} />
        ))}
      </ul>
      <Button onClick={() => append({ ...NEW_GROUP, code: `G${String(fields.length)}` })}>Add a group</Button>
    </div>
  );
};
