"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CONTROL_LOOK } from "@/components/ui/field-frame";
import { Glyph } from "@/components/ui/glyph";
import { Unit } from "@/components/ui/quantity";
import { TextareaField } from "@/components/ui/textarea-field";
import type { AnimalOnSheet } from "@/lib/contracts/recording-sheet";
import { deviationWords, faultCodes } from "@/components/record/decision-words";
import { ENTRY_STOP } from "@/components/record/fields/entry-stops";
import { NOT_GIVEN_REASONS, NotDoneChoice } from "@/components/record/fields/not-done-choice";
import { whenText } from "@/components/record/reading";
import { useEntry } from "@/components/record/use-entry-form";

/** An animal that is not to be dosed: what was given nevertheless can be recorded, but not by accident. */
export const isBarred = ({ status }: Pick<AnimalOnSheet, "status">): boolean =>
  status === "WITHHELD" || status === "DISCONTINUED" || status === "OFF_STUDY";

/** Said where a dose must not be given by accident: the amount is not even asked for. */
const NotToBeDosed = ({ onAnyway }: { readonly onAnyway: () => void }) => {
  const { animal, form, submit } = useEntry();
  const withheld = animal.status === "WITHHELD";
  return (
    <div
      className={`rounded-control border px-4 py-4 ${withheld ? "border-withheld-edge bg-withheld-soft" : "border-stopped bg-stopped-soft"}`}
    >
      <p className="text-xl font-semibold">
        <Glyph
          name={withheld ? "pause" : "stop"}
          className={`mr-2.5 align-[-0.08em] ${withheld ? "text-withheld" : "text-stopped"}`}
        />
        {animal.tag} is not to be dosed.
      </p>
      <p className="mt-1 text-lg">{animal.lastDecision?.sentence}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        {animal.status === "OFF_STUDY" ? null : (
          <Button
            tone="primary"
            onClick={() => {
              form.setValue("amount.text", "0", { shouldDirty: true });
              submit();
            }}
          >
            Record that it was not dosed
          </Button>
        )}
        <Button onClick={onAnyway}>A dose was given…</Button>
      </div>
    </div>
  );
};

const InForce = () => {
  const { animal, sheet, form } = useEntry();
  const started = animal.status !== "NOT_STARTED";
  const amount = started ? animal.dose : animal.startingDose;
  const unit = sheet.units.dose ?? "";
  if (animal.status !== "ON_DOSE" && started) return null;
  return (
    <p className="text-lg text-ink-soft">
      {started ? "In force: " : "Starting dose: "}
      <strong className="font-semibold text-ink">
        {animal.control ? "vehicle" : amount} {animal.control ? null : <Unit>{unit}</Unit>}
      </strong>
      {animal.control ? `, recorded as 0 ${unit}` : null}
      {animal.lastOfKind.dose === undefined || animal.lastAmount === null
        ? null
        : ` · last given ${animal.lastAmount} ${unit}, ${whenText(animal.lastOfKind.dose, animal, sheet.study.timeZone)}`}
      {form.watch("amount.text") === amount ? null : (
        <Button onClick={() => form.setValue("amount.text", amount, { shouldDirty: true })} className="ml-3">
          Use {amount} {unit}
        </Button>
      )}
    </p>
  );
};

/** The deviation in words, and why it was given: asked for only where the dose would be one. */
const DeviationReason = () => {
  const { form, preview, before, errorAt } = useEntry();
  const faults = faultCodes(preview.answer);
  const error = errorAt("deviation");
  const kept = form.watch("deviation.reason") !== "";
  if (faults.length === 0 && error === undefined && !kept) return null;
  return (
    <div id="entry-deviation" className="rounded-control border border-withheld-edge bg-withheld-soft px-4 py-3">
      <p className="text-lg font-semibold">
        <Glyph name="warning" className="mr-2 align-[-0.08em] text-withheld" />
        {faults.length === 0
          ? "This dose is a deviation."
          : `This dose is a deviation: ${faults.map((code) => deviationWords(code, before)).join("; ")}.`}
      </p>
      <TextareaField
        {...form.register("deviation.reason")}
        id="entry-deviation-reason"
        label="Why was it given? The study director sees this."
        rows={2}
        maxLength={1000}
        error={error}
        keepLine
        className="mt-2"
      />
    </div>
  );
};

const amountHint = ({ control }: Pick<AnimalOnSheet, "control">): string =>
  control ? "Enter 0 if vehicle was given." : "Enter 0 if not dosed.";

/** What was given. The dose in force is offered; to an animal that is not to be dosed nothing is. */
export const DoseForm = () => {
  const { form, animal, sheet, errorAt } = useEntry();
  const barred = isBarred(animal);
  const [anyway, setAnyway] = useState(
    () =>
      form.getValues("amount.text") !== "" ||
      form.getValues("notDone.amount") !== "" ||
      form.getValues("deviation.reason") !== "",
  );
  const notGiven = form.watch("notDone.amount");
  const reasonError = errorAt("notDone.amount");
  const error = errorAt("amount") ?? reasonError;
  const setNotGiven = (reason: string): void => form.setValue("notDone.amount", reason, { shouldDirty: true });
  const begin = (): void => {
    setAnyway(true);
    requestAnimationFrame(() => form.setFocus("amount.text"));
  };
  if (barred && !anyway) return <NotToBeDosed onAnyway={begin} />;
  return (
    <div className="space-y-3">
      <InForce />
      <div>
        <label htmlFor="entry-amount" className="mb-1 block text-lg font-semibold">
          Dose given
        </label>
        {notGiven === "" ? null : (
          <NotDoneChoice
            label="Dose"
            reasons={NOT_GIVEN_REASONS}
            reason={notGiven}
            error={reasonError !== undefined}
            takesFocus
            onChange={(reason) => setNotGiven(reason)}
            onLeave={() => setNotGiven("")}
          />
        )}
        <div className={`items-center gap-3 ${notGiven === "" ? "flex" : "hidden"}`}>
          <input
            {...form.register("amount.text")}
            {...{ [ENTRY_STOP]: "" }}
            id="entry-amount"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            onFocus={(event) => event.target.select()}
            aria-invalid={error !== undefined || undefined}
            aria-describedby="entry-amount-note"
            className={`${CONTROL_LOOK} h-20 max-w-72 text-right text-[2.5rem] font-semibold aria-invalid:bg-stopped-soft`}
          />
          <span className="text-xl text-ink-soft">{sheet.units.dose}</span>
          <Button onClick={() => setNotGiven(NOT_GIVEN_REASONS[0])} className="ml-auto">
            Not given
          </Button>
        </div>
        <p
          id="entry-amount-note"
          role={error === undefined ? undefined : "alert"}
          className={`mt-1 min-h-6 ${error === undefined ? "text-ink-soft" : "font-medium text-stopped"}`}
        >
          {error ?? (notGiven === "" ? amountHint(animal) : "")}
        </p>
      </div>
      <DeviationReason />
    </div>
  );
};
