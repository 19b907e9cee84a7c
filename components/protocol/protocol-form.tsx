"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextField } from "@/components/ui/text-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { faultsOf, NO_NETWORK, sendJson } from "@/lib/client/send-json";
import type { FieldFault } from "@/lib/contracts/problem";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { AmendmentFields } from "./amendment-fields";
import { faultsInForm, fieldOfPath, protocolFormResolver } from "./check-protocol-form";
import { fieldOf } from "./field-of";
import { GroupFields } from "./group-fields";
import { ProtocolChoices } from "./protocol-choices";
import { type Amending, formValuesOf, protocolDocumentOf } from "./protocol-form-values";
import { RangeFields } from "./range-fields";
import { ToxicityPanels } from "./toxicity-panels";

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

/** A draft before it is signed: the source's values or those in force, to be kept or changed, and what must be chosen. */
export const ProtocolForm = ({ code, saved, amending }: ProtocolFormProps) => {
  const router = useRouter();
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const summary = useErrorFocus(faults);
  const [savedNow, setSavedNow] = useState(false);
  const form = useForm({
    defaultValues: formValuesOf(saved, amending),
    resolver: protocolFormResolver(amending),
    shouldFocusError: false,
  });
  const { errors, isSubmitting, isDirty } = form.formState;

  const save = form.handleSubmit(
    async (values) => {
      setFaults([]);
      const sent = await sendJson(
        "PUT",
        `/api/v1/studies/${encodeURIComponent(code)}/protocol`,
        protocolDocumentOf(values, amending).document,
      );
      if (sent.outcome === "no-network") return setFaults([{ path: "$", code: "", message: NO_NETWORK }]);
      if (sent.outcome === "refused") return setFaults(faultsOf(sent.problem));
      form.reset(values);
      setSavedNow(true);
      router.refresh();
    },
    () => setFaults(faultsInForm(form.getValues(), amending)),
  );

  return (
    <form noValidate onSubmit={(event) => void save(event)} onChange={() => setSavedNow(false)} className="space-y-4">
      <ErrorSummary
        ref={summary}
        title="The draft was not saved"
        errors={faults.map(({ path, message }) => ({
          message: path === "$" ? message : `${path}: ${message}`,
          fieldId: path === "$" ? null : fieldOfPath(path),
        }))}
      />
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
      <div className="sticky bottom-0 -mx-5 flex items-center gap-4 border-t border-hairline bg-ground px-5 py-3 print:hidden">
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
    </form>
  );
};
