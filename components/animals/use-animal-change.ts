"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { newEntryId } from "@/lib/client/entry-id";
import { faultsOf, send } from "@/lib/client/send";
import { animalChange, changedAnimal, type ChangeableField } from "@/lib/contracts/animal-changes";
import type { Animal } from "@/lib/contracts/animals";
import { readInput } from "@/lib/contracts/field-faults";
import type { FieldFault } from "@/lib/contracts/problem";

/** What stands in the form: text of every field, empty where nothing is recorded. */
export type ChangeValues = Readonly<Record<ChangeableField, string>>;

const LABELS: Readonly<Record<string, string>> = {
  tag: "The tag",
  sex: "The sex",
  group: "The group",
  room: "The room",
  cage: "The cage",
  birthDate: "The date of birth",
  strain: "The strain",
  genotype: "The genotype",
  reason: "The reason",
  $: "This",
};

const sentence = ({ path, message }: FieldFault): string => {
  const said = /^\p{Ll}/u.test(message) ? `${LABELS[path] ?? "This"} ${message}` : message;
  return /[.?!]$/u.test(said) ? said : `${said}.`;
};

const valuesOf = ({ id, sex, group, room, cage, birthDate, strain, genotype }: Animal): ChangeValues => ({
  tag: id,
  sex: sex ?? "U",
  group: group ?? "",
  room: room ?? "",
  cage: cage ?? "",
  birthDate: birthDate ?? "",
  strain: strain ?? "",
  genotype: genotype ?? "",
});

/** Only what differs is a change; an emptied field is cleared. */
const changesIn = (before: ChangeValues, now: ChangeValues): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    (Object.keys(now) as ChangeableField[])
      .filter((field) => now[field].trim() !== before[field])
      .map((field) => [field, now[field].trim() === "" ? null : now[field].trim()]),
  );

export type AnimalChangeForm = {
  readonly values: ChangeValues;
  readonly before: ChangeValues;
  readonly reason: string;
  readonly pending: boolean;
  /** As sentences, each with the field that it is about. */
  readonly faults: readonly { readonly path: string; readonly message: string }[];
  readonly set: (field: ChangeableField, text: string) => void;
  readonly setReason: (reason: string) => void;
  readonly save: () => void;
};

/** A change of an animal's own record as its form holds it, and saving it. */
export const useAnimalChange = (code: string, animal: Animal, addressOf: (tag: string) => string): AnimalChangeForm => {
  const router = useRouter();
  const before = valuesOf(animal);
  const [id] = useState(newEntryId);
  const [values, setValues] = useState(before);
  const [reason, setReason] = useState("");
  const [pending, setPending] = useState(false);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);

  const save = async (): Promise<void> => {
    const body = { id, reason, ...changesIn(before, values) };
    const read = readInput(animalChange, body);
    setFaults(read.ok ? [] : read.fault.map((fault) => ({ ...fault, message: sentence(fault) })));
    if (!read.ok) return;
    setPending(true);
    const address = `/api/v1/studies/${encodeURIComponent(code)}/animals/${encodeURIComponent(animal.id)}/changes`;
    const sent = await send("POST", address, body);
    setPending(false);
    if (sent.kind === "done") {
      router.replace(addressOf(changedAnimal.parse(sent.body).animal.id), { scroll: false });
      router.refresh();
      return;
    }
    const said = faultsOf(sent);
    setFaults(said.map((fault) => ({ ...fault, message: sentence(fault) })));
  };
  return {
    values,
    before,
    reason,
    pending,
    faults,
    set: (field, text) => setValues({ ...values, [field]: text }),
    setReason,
    save: () => void save(),
  };
};
