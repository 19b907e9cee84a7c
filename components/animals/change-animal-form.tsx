"use client";

import type { SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { LinkButton } from "@/components/ui/link-button";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { TextareaField } from "@/components/ui/textarea-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import type { ChangeableField } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";
import { type AnimalChangeForm, useAnimalChange } from "./use-animal-change";

type ChangeAnimalFormProps = {
  readonly code: string;
  readonly animal: Animal;
  readonly groups: readonly string[];
  /** Whether everything may be changed; else only where the animal stands. */
  readonly whole: boolean;
  readonly dosed: boolean;
  /** Its page, without the form. */
  readonly address: string;
};

type PartProps = { readonly form: AnimalChangeForm };

const errorIn = ({ faults }: AnimalChangeForm, path: string): string | undefined =>
  faults.find((fault) => fault.path === path)?.message;

const Line = ({ form, name, label }: PartProps & { readonly name: ChangeableField; readonly label: string }) => (
  <TextField
    id={`animal-${name}`}
    label={label}
    value={form.values[name]}
    onChange={({ target }) => form.set(name, target.value)}
    error={errorIn(form, name)}
    type={name === "birthDate" ? "date" : "text"}
    autoComplete="off"
  />
);

const Group = ({ form, groups, dosed }: PartProps & Pick<ChangeAnimalFormProps, "groups" | "dosed">) => {
  const { group } = form.before;
  return (
    <SelectField
      id="animal-group"
      label="Dose group"
      value={form.values.group}
      onChange={({ target }) => form.set("group", target.value)}
      error={errorIn(form, "group")}
      disabled={dosed}
      hint={dosed ? "Stays: it has been dosed" : undefined}
    >
      {group === "" ? <option value="">none</option> : null}
      {[...new Set([...groups, ...(group === "" ? [] : [group])])].map((code) => (
        <option key={code} value={code}>
          {code}
        </option>
      ))}
    </SelectField>
  );
};

/** What an animal is: the study director's to change. */
const Identity = ({ form, groups, dosed }: PartProps & Pick<ChangeAnimalFormProps, "groups" | "dosed">) => (
  <>
    <Line form={form} name="tag" label="Tag" />
    <SelectField
      id="animal-sex"
      label="Sex"
      value={form.values.sex}
      onChange={({ target }) => form.set("sex", target.value)}
      error={errorIn(form, "sex")}
    >
      <option value="F">female</option>
      <option value="M">male</option>
      <option value="U">unknown</option>
    </SelectField>
    <Group form={form} groups={groups} dosed={dosed} />
    <Line form={form} name="birthDate" label="Born" />
    <Line form={form} name="strain" label="Strain" />
    <Line form={form} name="genotype" label="Genotype" />
  </>
);

/** Changes what an animal is, or where it stands: with a reason, and the old values stay beside the new ones. */
export const ChangeAnimalForm = ({ code, animal, groups, whole, dosed, address }: ChangeAnimalFormProps) => {
  const ownAddress = (tag: string): string =>
    `${address.slice(0, address.lastIndexOf("/"))}/${encodeURIComponent(tag)}#own-record`;
  const form = useAnimalChange(code, animal, ownAddress);
  const summary = useErrorFocus(form.faults);
  const submitted = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    form.save();
  };
  return (
    <form noValidate onSubmit={submitted} aria-label="Change the record" className="mb-4 max-w-4xl space-y-3">
      <ErrorSummary
        ref={summary}
        title="Nothing was changed"
        errors={form.faults.map(({ path, message }) => ({ message, fieldId: path === "$" ? null : `animal-${path}` }))}
      />
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Line form={form} name="room" label="Room" />
        <Line form={form} name="cage" label="Cage" />
        {whole ? <Identity form={form} groups={groups} dosed={dosed} /> : null}
      </div>
      <TextareaField
        id="animal-reason"
        label="Why it is changed"
        rows={2}
        maxLength={1000}
        value={form.reason}
        onChange={({ target }) => form.setReason(target.value)}
        error={errorIn(form, "reason")}
      />
      <div className="flex gap-3">
        <Button type="submit" tone="primary" pending={form.pending}>
          {form.pending ? "Saving…" : "Change the record"}
        </Button>
        <LinkButton href={ownAddress(animal.id)} scroll={false}>
          Close
        </LinkButton>
      </div>
    </form>
  );
};
