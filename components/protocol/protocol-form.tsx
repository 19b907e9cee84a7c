"use client";

import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextField } from "@/components/ui/text-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { AmendmentFields } from "./amendment-fields";
import { fieldOfPath } from "./check-protocol-form";
import { DifferenceSoFar } from "./difference-so-far";
import { fieldOf } from "./field-of";
import { GroupFields } from "./group-fields";
import { ProtocolChoices } from "./protocol-choices";
import type { Amending } from "./protocol-form-values";
import { RangeFields } from "./range-fields";
import { ToxicityPanels } from "./toxicity-panels";
import { useProtocolDraft } from "./use-protocol-draft";

type ProtocolFormProps = {
  readonly code: string;
  /** The saved draft, or the version that is to be amended. */
  readonly saved: ProtocolVersion | null;
  readonly amending: Amending;
};

const RESUME_CHOICES = [
  {
    value: "automatic",
    label: "Automatically",
    detail: "When every toxicity of a hold has recovered, the reduced dose is in force at once.",
  },
  {
    value: "on-order",
    label: "On the study director's order",
    detail: "The reduced dose is proposed, and the animal stays withheld until you order it.",
  },
] as const;

/** The way out where somebody else saved, signed or discarded the draft that is being changed. */
const OpenAnew = () => (
  <p className="flex flex-wrap items-center gap-3">
    <Button onClick={() => window.location.reload()}>Open it anew</Button>
    <span className="text-ink-soft">What you typed here is gone then: copy first what you want to keep.</span>
  </p>
);

/** A draft before it is signed: the source's values or those in force, to be kept or changed, and what must be chosen. */
export const ProtocolForm = ({ code, saved, amending }: ProtocolFormProps) => {
  const { form, save, faults, savedNow, changedMeanwhile, onEdit } = useProtocolDraft(code, saved, amending);
  const summary = useErrorFocus(faults);
  const { errors, isSubmitting, isDirty } = form.formState;

  return (
    <form noValidate onSubmit={(event) => void save(event)} onChange={onEdit} className="space-y-4">
      <ErrorSummary
        ref={summary}
        title="The draft was not saved"
        errors={faults.map(({ path, message }) => ({
          message: path === "$" ? message : `${path}: ${message}`,
          fieldId: path === "$" ? null : fieldOfPath(path),
        }))}
      />
      {changedMeanwhile ? <OpenAnew /> : null}
      {amending === null ? (
        <Panel title="Dose groups" note="each animal follows its group's ladder">
          <TextField
            {...fieldOf(form, "doseUnit")}
            label="Dose unit"
            className="mb-3 max-w-40"
            error={errors.doseUnit?.message}
          />
          <GroupFields form={form} />
        </Panel>
      ) : (
        <AmendmentFields form={form} timeZone={amending.timeZone} />
      )}
      <Panel title="How dosing resumes" note="must be chosen">
        <div id="resumePolicy" tabIndex={-1}>
          <RadioCards
            {...form.register("resumePolicy")}
            label="After a hold has recovered"
            columns={2}
            choices={RESUME_CHOICES}
            error={errors.resumePolicy?.message}
          />
        </div>
      </Panel>
      <ToxicityPanels form={form} />
      <Panel title="Reference ranges" note="this species and strain">
        <RangeFields form={form} />
      </Panel>
      <Panel title="What else the rules do" note="where the source is silent">
        <ProtocolChoices />
      </Panel>
      <div className="sticky bottom-0 -mx-5 border-t border-hairline bg-ground px-5 py-3 print:hidden">
        {amending === null ? null : <DifferenceSoFar form={form} amending={amending} />}
        <div className="flex items-center gap-4">
          <Button type="submit" tone="primary" pending={isSubmitting}>
            {isSubmitting ? "Saving…" : "Save the draft"}
          </Button>
          <p role="status" className="text-ink-soft">
            {savedNow && !isDirty
              ? "Saved. Nothing counts until it is signed."
              : isDirty
                ? "Changes are not saved yet."
                : ""}
          </p>
        </div>
      </div>
    </form>
  );
};
