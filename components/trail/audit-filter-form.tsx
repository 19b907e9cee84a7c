import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { AUDIT_KINDS } from "@/lib/domain/trail/events";
import { kindTitle } from "@/lib/domain/trail/value-differences";
import type { AuditFilterKey, ReadAuditFilters } from "./audit-filters";

type AuditFilterFormProps = {
  readonly read: ReadAuditFilters;
  /** The field of the tag, with what was typed; null where events are of no animal. */
  readonly animalField: ReactNode;
  readonly address: string;
};

/** What is wrong with what was typed. */
export const messageOf = ({ typed, faults }: ReadAuditFilters, key: AuditFilterKey): string | undefined => {
  const fault = faults.find(({ path }) => path === key);
  return fault === undefined ? undefined : `“${typed[key] ?? ""}” ${fault.message}.`;
};

const Kinds = () =>
  Object.keys(AUDIT_KINDS).map((kind) => (
    <option key={kind} value={kind}>
      {kindTitle(kind)}
    </option>
  ));

/** Filters as a form that asks the server; the address it leads to is the address of these events. */
export const AuditFilterForm = ({ read, animalField, address }: AuditFilterFormProps) => (
  <form
    method="get"
    action={address}
    role="search"
    aria-label="Filter events"
    className="flex flex-wrap items-start gap-3 print:hidden"
  >
    {animalField}
    <TextField
      name="person"
      label="Person (email)"
      defaultValue={read.typed.person ?? ""}
      autoComplete="off"
      spellCheck={false}
      error={messageOf(read, "person")}
      className="w-56"
    />
    <SelectField
      name="kind"
      label="Kind"
      defaultValue={read.typed.kind ?? ""}
      error={messageOf(read, "kind")}
      className="w-56"
    >
      <option value="">Any</option>
      <Kinds />
    </SelectField>
    {(["from", "to"] as const).map((key) => (
      <TextField
        key={key}
        type="date"
        name={key}
        label={key === "from" ? "From" : "To"}
        defaultValue={read.typed[key] ?? ""}
        error={messageOf(read, key)}
        className="w-40"
      />
    ))}
    <div className="flex gap-2 pt-6">
      <Button type="submit">Filter</Button>
      {Object.keys(read.typed).length === 0 ? null : (
        <LinkButton href={address} tone="quiet">
          Everything
        </LinkButton>
      )}
    </div>
  </form>
);
