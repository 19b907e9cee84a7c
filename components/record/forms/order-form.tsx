"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SigningFields } from "@/components/ui/signing-fields";
import { TextField } from "@/components/ui/text-field";
import { TextareaField } from "@/components/ui/textarea-field";
import type { AnimalOnSheet } from "@/lib/contracts/recording-sheet";
import { type OrderAction, setsDose } from "@/lib/domain/record/kinds";
import { Decimal } from "@/lib/domain/decimal";
import { meaningChoices } from "@/lib/domain/language/signature-words";
import { capitalized, ORDER_WORDS } from "@/lib/domain/language/code-words";
import { ENTRY_STOP } from "@/components/record/fields/entry-stops";
import { useEntry } from "@/components/record/use-entry-form";

const DETAILS: Readonly<Record<OrderAction, string>> = {
  WITHHOLD: "No dose until an order ends the hold",
  RESUME: "Ends the hold at the dose below, and closes every open toxicity",
  SET_DOSE: "Another dose from now on; closes every open toxicity",
  DISCONTINUE: "No dose ever again; final",
};

/** Why an order would do nothing now; it is not offered then. */
const withoutEffect = (action: OrderAction, { status }: AnimalOnSheet): string | null => {
  if (status === "NOT_STARTED") return "not dosed yet";
  if (status === "DISCONTINUED") return "discontinued already";
  if (status === "OFF_STUDY") return "off study";
  if (action === "RESUME" && status !== "WITHHELD") return "it is on dose";
  if (action === "SET_DOSE" && status !== "ON_DOSE") return "it is withheld: resume it";
  return null;
};

const DoseOfOrder = () => {
  const { form, animal, sheet, errorAt } = useEntry();
  const dose = form.watch("dose");
  const unit = sheet.units.dose ?? "";
  if (animal.control) return <p className="text-lg text-ink-soft">A control&apos;s dose is 0 {unit}: the vehicle.</p>;
  const proposed = animal.status === "WITHHELD" ? (animal.lastDecision?.proposedDose ?? null) : null;
  const isLevel = animal.doseLevels.some((level) => level === dose);
  const mark = (level: string): string => {
    if (level === proposed) return " proposed";
    return animal.doseBeforeHold !== null && new Decimal(level).eq(animal.doseBeforeHold) ? " before the hold" : "";
  };
  return (
    <div className="flex flex-wrap items-start gap-x-5 gap-y-2">
      <div {...{ [ENTRY_STOP]: "" }}>
        <SegmentedControl
          label={`Dose, ${unit}`}
          name="order-level"
          value={isLevel ? dose : ""}
          onChange={(event) =>
            form.setValue("dose", event.target.value, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
          }
          choices={animal.doseLevels.map((level) => ({
            value: level,
            label: (
              <>
                {level}
                {mark(level) === "" ? null : <span className="ml-1.5 text-sm font-normal">{mark(level)}</span>}
              </>
            ),
          }))}
        />
      </div>
      <TextField
        {...form.register("dose")}
        {...{ [ENTRY_STOP]: "" }}
        id="entry-dose"
        label={`or another amount, ${unit}`}
        inputMode="decimal"
        autoComplete="off"
        error={errorAt("dose")}
        keepLine
        className="w-56"
      />
    </div>
  );
};

/** An order and its signature are one step: password and code again, and what the signature means. */
const Signing = () => {
  const { signing, signer } = useEntry();
  const { signs } = signing;
  if (signs === null) return null;
  return (
    <div className="space-y-3 border-t border-hairline pt-3">
      {signs === "override" ? (
        <Notice tone="waiting" title="Against the rules.">
          The rules do not propose this; your signature says that you decide it.
        </Notice>
      ) : null}
      <SigningFields
        id="entry-signature"
        meanings={meaningChoices(signs)}
        meaning={signing.meaning}
        onMeaning={signing.setMeaning}
        {...signing.fields}
        hint={`Printed as: ${signer.name}`}
      />
    </div>
  );
};

/** A director's order, or a technician's hold. It says why. */
export const OrderForm = () => {
  const { form, animal, sheet, corrected, errorAt } = useEntry();
  const action = form.watch("action");
  const register = form.register("action");
  const choices = sheet.orders.map((value) => {
    // What was ordered then may have had its effect; it is put right whatever holds now.
    const why = corrected === null ? withoutEffect(value, animal) : null;
    return {
      value,
      label: capitalized(ORDER_WORDS[value]),
      detail: why === null ? DETAILS[value] : `Has no effect now: ${why}`,
      disabled: why !== null,
    };
  });
  return (
    <div className="space-y-4">
      <div {...{ [ENTRY_STOP]: "" }} id="entry-action">
        <RadioCards
          {...register}
          onChange={(event) => {
            const proposed = animal.lastDecision?.proposedDose ?? "";
            if (event.target.value === "RESUME" && form.getValues("dose") === "")
              form.setValue("dose", animal.control ? "0" : proposed);
            if (event.target.value === "SET_DOSE" && animal.control) form.setValue("dose", "0");
            return register.onChange(event);
          }}
          label={
            sheet.orders.length === 1
              ? "A technician may order a hold; everything else is the study director's"
              : "Order"
          }
          columns={sheet.orders.length === 1 ? 1 : 2}
          choices={choices}
          error={errorAt("action")}
        />
      </div>
      {setsDose(action) ? <DoseOfOrder /> : null}
      {corrected === null ? (
        <TextareaField
          {...form.register("reason")}
          {...{ [ENTRY_STOP]: "" }}
          id="entry-reason"
          label="Why"
          hint="It stands beside the decision for ever."
          rows={3}
          maxLength={1000}
          error={errorAt("reason")}
          keepLine
        />
      ) : null}
      <Signing />
    </div>
  );
};
