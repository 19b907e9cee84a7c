"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/text-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { faultsOf, send } from "@/lib/client/send";
import type { FieldFault } from "@/lib/contracts/problem";
import { newStudy } from "@/lib/contracts/studies";

const SPECIES = ["mouse", "rat", "rabbit", "dog", "cynomolgus monkey", "minipig", "guinea pig", "hamster"];

/** Makes a study. Its people are added next, and its director sets up the protocol. */
export const NewStudyForm = ({ timeZones }: { readonly timeZones: readonly string[] }) => {
  const router = useRouter();
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const summary = useErrorFocus(faults);
  const form = useForm({
    resolver: zodResolver(newStudy),
    defaultValues: { code: "", title: "", species: "", strain: "", timeZone: "UTC" },
  });
  const { errors, isSubmitting } = form.formState;

  const save = form.handleSubmit(async (study) => {
    const sent = await send("POST", "/api/v1/studies", study);
    if (sent.kind === "done") {
      router.push(`/studies/${encodeURIComponent(study.code)}/members`);
      return;
    }
    setFaults(faultsOf(sent));
  });

  return (
    <form noValidate onSubmit={(event) => void save(event)} className="max-w-xl space-y-3">
      <ErrorSummary
        ref={summary}
        title="The study was not made"
        errors={faults.map(({ path, message }) => ({
          message: path === "$" ? message : `${path} ${message}`,
          fieldId: path === "$" ? null : `study-${path}`,
        }))}
      />
      <TextField
        {...form.register("code")}
        id="study-code"
        label="Code"
        hint="Its key, such as POM-001; it never changes"
        error={errors.code?.message}
      />
      <TextField {...form.register("title")} id="study-title" label="Title" error={errors.title?.message} />
      <TextField
        {...form.register("species")}
        id="study-species"
        label="Species"
        list="species"
        error={errors.species?.message}
      />
      <datalist id="species">
        {SPECIES.map((species) => (
          <option key={species}>{species}</option>
        ))}
      </datalist>
      <TextField
        {...form.register("strain", {
          setValueAs: (value: string | null) => (value === null || value.trim() === "" ? null : value),
        })}
        id="study-strain"
        label="Strain and genotype"
        hint="For example C57BL/6-Crbn I391V: wild-type mice and rats answer the drug differently"
        error={errors.strain?.message}
      />
      <TextField
        {...form.register("timeZone")}
        id="study-timeZone"
        label="Time zone"
        list="time-zones"
        hint="Study days are dates in this zone"
        error={errors.timeZone?.message}
      />
      <datalist id="time-zones">
        {timeZones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
      <Button type="submit" tone="primary" pending={isSubmitting}>
        {isSubmitting ? "Making the study…" : "Make the study"}
      </Button>
    </form>
  );
};
