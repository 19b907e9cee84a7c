"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Cell, HeadCell, IdentityCell, NotMeasured, Table } from "@/components/ui/table";
import { TextareaField } from "@/components/ui/textarea-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { faultsOf, send } from "@/lib/client/send";
import { newAnimals } from "@/lib/contracts/animals";
import { readInput } from "@/lib/contracts/field-faults";
import type { FieldFault } from "@/lib/contracts/problem";
import { readPastedAnimals, type PastedAnimal } from "./read-pasted-animals";

/** `[2].sex` → "Row 3, M014: sex …": a person counts rows from one and knows animals by their tags. */
const inWords = ({ path, message }: FieldFault, animals: readonly PastedAnimal[]): string => {
  const place = /^\[(\d+)\](?:\.(.*))?$/u.exec(path);
  if (place === null) return message;
  const row = Number(place[1]);
  const tag = animals[row]?.id ?? "";
  return `Row ${String(row + 1)}${tag === "" ? "" : `, ${tag}`}: ${place[2] ?? ""} ${message}`;
};

const Preview = ({ animals }: { readonly animals: readonly PastedAnimal[] }) => (
  <Table caption="Animals to be registered" maxHeight="half">
    <thead>
      <tr>
        <HeadCell identity>Animal</HeadCell>
        <HeadCell>Sex</HeadCell>
        <HeadCell>Group</HeadCell>
        <HeadCell>Room</HeadCell>
        <HeadCell>Cage</HeadCell>
        <HeadCell>Born</HeadCell>
      </tr>
    </thead>
    <tbody>
      {animals.map((animal, index) => (
        <tr key={`${String(index)} ${animal.id}`}>
          <IdentityCell>{animal.id}</IdentityCell>
          <Cell>{animal.sex}</Cell>
          <Cell>{animal.group}</Cell>
          <Cell>{animal.room ?? <NotMeasured />}</Cell>
          <Cell>{animal.cage ?? <NotMeasured />}</Cell>
          <Cell>{animal.birthDate ?? <NotMeasured />}</Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);

type RegisterAnimalsFormProps = { readonly code: string; readonly groups: readonly string[] };

/** Animals one by one or pasted from a spreadsheet: all of them are registered, or none. */
export const RegisterAnimalsForm = ({ code, groups }: RegisterAnimalsFormProps) => {
  const router = useRouter();
  const [text, setText] = useState("");
  const [failures, setFailures] = useState<readonly string[]>([]);
  const summary = useErrorFocus(failures);
  const [saving, setSaving] = useState(false);
  const animals = readPastedAnimals(text);

  const fail = (messages: readonly string[]): void => {
    setFailures(messages);
  };

  const register = async (): Promise<void> => {
    const read = readInput(newAnimals, animals);
    if (!read.ok) return fail(read.fault.map((fault) => inWords(fault, animals)));
    setSaving(true);
    const sent = await send("POST", `/api/v1/studies/${encodeURIComponent(code)}/animals`, animals);
    setSaving(false);
    if (sent.kind !== "done") return fail(faultsOf(sent).map((fault) => inWords(fault, animals)));
    router.push(`/studies/${encodeURIComponent(code)}/animals`);
    router.refresh();
  };

  return (
    <div className="space-y-4">
      <ErrorSummary
        ref={summary}
        title="No animal was registered"
        errors={failures.map((message) => ({ message, fieldId: "pasted" }))}
      />
      <TextareaField
        id="pasted"
        label="One animal a line: tag, sex, group, room, cage, birth date"
        hint={`Type them or paste from a spreadsheet, with or without a heading row. Groups: ${groups.join(", ")}. Dates as 2026-01-31.`}
        rows={8}
        spellCheck={false}
        className="[&_textarea]:font-mono"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={`M001\tF\t${groups[0] ?? "G1"}\t2\tB4\t2026-01-05`}
      />
      {animals.length === 0 ? null : <Preview animals={animals} />}
      <Button tone="primary" disabled={animals.length === 0} pending={saving} onClick={() => void register()}>
        {saving ? "Registering…" : `Register ${String(animals.length)} ${animals.length === 1 ? "animal" : "animals"}`}
      </Button>
    </div>
  );
};
