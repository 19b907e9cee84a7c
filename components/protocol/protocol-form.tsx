"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { NumberField } from "@/components/ui/number-field";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { faultsOf, NO_NETWORK, sendJson } from "@/lib/client/send-json";
import type { FieldFault } from "@/lib/contracts/problem";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { faultsInForm, fieldOfPath, resolveProtocolForm } from "./check-protocol-form";
import { CutOffFields } from "./cut-off-fields";
import { FindingListFields } from "./finding-list-fields";
import { GroupFields } from "./group-fields";
import { ProtocolChoices } from "./protocol-choices";
import { formValuesOf, protocolDocumentOf } from "./protocol-form-values";
import { RangeFields } from "./range-fields";

type ProtocolFormProps = { readonly code: string; readonly saved: ProtocolVersion | null };

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

/** The protocol of a study, before it is signed: the source's values, to be kept or changed, and what must be chosen. */
export const ProtocolForm = ({ code, saved }: ProtocolFormProps) => {
  const router = useRouter();
  const summary = useRef<HTMLDivElement>(null);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [savedNow, setSavedNow] = useState(false);
  const form = useForm({ defaultValues: formValuesOf(saved), resolver: resolveProtocolForm, shouldFocusError: false });
  const { errors, isSubmitting, isDirty } = form.formState;

  const show = (found: readonly FieldFault[]): void => {
    setFaults(found);
    requestAnimationFrame(() => summary.current?.focus());
  };

  const save = form.handleSubmit(
    async (values) => {
      setFaults([]);
      const sent = await sendJson(
        "PUT",
        `/api/v1/studies/${encodeURIComponent(code)}/protocol`,
        protocolDocumentOf(values).document,
      );
      if (sent.outcome === "no-network") return show([{ path: "$", code: "", message: NO_NETWORK }]);
      if (sent.outcome === "refused") return show(faultsOf(sent.problem));
      form.reset(values);
      setSavedNow(true);
      router.refresh();
    },
    () => show(faultsInForm(form.getValues())),
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
      <Panel title="Dose groups" note="each animal follows its group's ladder">
        <TextField
          {...form.register("doseUnit")}
          label="Dose unit"
          className="mb-3 max-w-40"
          error={errors.doseUnit?.message}
        />
        <GroupFields form={form} />
      </Panel>
      <Panel title="How dosing resumes" note="must be chosen">
        <RadioCards
          {...form.register("resumePolicy")}
          label="After a hold has recovered"
          columns={2}
          choices={RESUME_CHOICES}
          error={errors.resumePolicy?.message}
        />
      </Panel>
      <Panel title="Neutropenia" note="the source's Table 1">
        <CutOffFields form={form} measurement="neutrophils" sourceTable="Table 1" />
        <div className="grid gap-x-4 sm:grid-cols-2">
          <NumberField
            {...form.register("feverCelsius")}
            label="Fever, febrile neutropenia"
            unit="°C, or more"
            error={errors.feverCelsius?.message}
            hint="38.5 is the source's; a rabbit's normal temperature is higher"
          />
          <NumberField
            {...form.register("febrileWindowHours")}
            label="Count and temperature within"
            unit="hours"
            error={errors.febrileWindowHours?.message}
          />
        </div>
      </Panel>
      <Panel title="Thrombocytopenia" note="the source's Table 2">
        <CutOffFields form={form} measurement="platelets" sourceTable="Table 2" />
      </Panel>
      <Panel title="Other toxicities" note="grade 3 or 4 withholds">
        <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
          <SelectField
            {...form.register("otherRecoverGrade")}
            label="Recovered at grade, or lower"
            error={errors.otherRecoverGrade?.message}
          >
            <option>2</option>
            <option>1</option>
            <option>0</option>
          </SelectField>
          <NumberField
            {...form.register("restartDecrement")}
            label="Restart lower by"
            unit={form.watch("doseUnit")}
            error={errors.restartDecrement?.message}
            hint="“1 mg less” in the source"
          />
          <NumberField
            {...form.register("doseTolerancePercent")}
            label="Dose tolerance"
            unit="% of the dose"
            error={errors.doseTolerancePercent?.message}
            hint="How far a rounded dose may be off"
          />
        </div>
        <h3 className="mt-2 mb-2 font-semibold">Findings that discontinue for good</h3>
        <FindingListFields form={form} />
      </Panel>
      <Panel title="Reference ranges" note="this species and strain">
        <RangeFields form={form} />
      </Panel>
      <Panel title="What else the rules do" note="where the source is silent">
        <ProtocolChoices />
      </Panel>
      <div className="sticky bottom-0 -mx-5 flex items-center gap-4 border-t border-hairline bg-ground px-5 py-3">
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
