"use client";

import { useWatch, type UseFormReturn } from "react-hook-form";
import { NumberField } from "@/components/ui/number-field";
import { Panel } from "@/components/ui/panel";
import { SelectField } from "@/components/ui/select-field";
import { CutOffFields } from "./cut-off-fields";
import { FindingListFields } from "./finding-list-fields";
import { fieldOf } from "./field-of";
import { LaboratoryTermFields } from "./laboratory-term-fields";
import type { ProtocolFormValues } from "./protocol-form-values";

/** What withholds, when it has recovered and where dosing restarts: the source's tables, as settings. */
export const ToxicityPanels = ({ form }: { readonly form: UseFormReturn<ProtocolFormValues> }) => {
  const { errors } = form.formState;
  const doseUnit = useWatch({ control: form.control, name: "doseUnit" });
  return (
    <>
      <Panel title="Neutropenia" note="the source’s Table 1">
        <CutOffFields form={form} measurement="neutrophils" sourceTable="Table 1" />
        <div className="grid gap-x-4 sm:grid-cols-2">
          <NumberField
            {...fieldOf(form, "feverCelsius")}
            label="Fever, febrile neutropenia"
            unit="°C, or more"
            error={errors.feverCelsius?.message}
            hint="38.5 is the source’s; a rabbit’s normal temperature is higher"
          />
          <NumberField
            {...fieldOf(form, "febrileWindowHours")}
            label="Count and temperature within"
            unit="hours"
            error={errors.febrileWindowHours?.message}
          />
        </div>
      </Panel>
      <Panel title="Thrombocytopenia" note="the source’s Table 2">
        <CutOffFields form={form} measurement="platelets" sourceTable="Table 2" />
      </Panel>
      <Panel title="Other toxicities" note="grade 3 or 4 withholds">
        <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
          <SelectField
            {...fieldOf(form, "otherRecoverGrade")}
            label="Recovered at grade, or lower"
            error={errors.otherRecoverGrade?.message}
          >
            <option>2</option>
            <option>1</option>
            <option>0</option>
          </SelectField>
          <NumberField
            {...fieldOf(form, "restartDecrement")}
            label="Restart lower by"
            unit={doseUnit}
            error={errors.restartDecrement?.message}
            hint="“1 mg less” in the source"
          />
          <NumberField
            {...fieldOf(form, "doseTolerancePercent")}
            label="Dose tolerance"
            unit="% of the dose"
            error={errors.doseTolerancePercent?.message}
            hint="How far a rounded dose may be off"
          />
        </div>
        <h3 className="mt-2 mb-2 font-semibold">Findings that discontinue for good</h3>
        <FindingListFields form={form} />
      </Panel>
      <Panel title="Laboratory terms" note="CTCAE v5.0, not in the source">
        <LaboratoryTermFields form={form} />
      </Panel>
    </>
  );
};
