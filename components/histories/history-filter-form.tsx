import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import type { FilterKey, ReadFilters } from "./history-filters";
import { ACTION_WORDS, capitalized } from "@/lib/domain/language/code-words";

type HistoryFilterFormProps = {
  readonly read: ReadFilters;
  /** The field of the tag, with what was typed. */
  readonly animalField: ReactNode;
  readonly groups: readonly string[];
  readonly address: string;
  /** The instant of the past that is shown and stays shown; null for now. */
  readonly asKnownAt: string | null;
};

/** What is wrong with what was typed. */
export const messageOf = ({ typed, faults }: ReadFilters, key: FilterKey): string | undefined => {
  const fault = faults.find(({ path }) => path === key);
  return fault === undefined ? undefined : `“${typed[key] ?? ""}” ${fault.message}.`;
};

/** Filters as a form that asks the server; the address it leads to is the address of these rows. */
export const HistoryFilterForm = ({ read, animalField, groups, address, asKnownAt }: HistoryFilterFormProps) => (
  <form
    method="get"
    action={address}
    role="search"
    aria-label="Filter decisions"
    className="flex flex-wrap items-start gap-3 print:hidden"
  >
    {asKnownAt === null ? null : <input type="hidden" name="asKnownAt" value={asKnownAt} />}
    {animalField}
    {groups.length < 2 ? null : (
      <SelectField
        name="group"
        label="Group"
        defaultValue={read.typed.group ?? ""}
        error={messageOf(read, "group")}
        className="w-32"
      >
        <option value="">Any</option>
        {groups.map((group) => (
          <option key={group} value={group}>
            {group}
          </option>
        ))}
      </SelectField>
    )}
    <SelectField
      name="action"
      label="Action"
      defaultValue={read.typed.action ?? ""}
      error={messageOf(read, "action")}
      className="w-40"
    >
      <option value="">Any</option>
      {Object.entries(ACTION_WORDS).map(([action, words]) => (
        <option key={action} value={action}>
          {capitalized(words)}
        </option>
      ))}
    </SelectField>
    <TextField
      type="date"
      name="from"
      label="Observed from"
      defaultValue={read.typed.from ?? ""}
      error={messageOf(read, "from")}
      className="w-40"
    />
    <TextField
      type="date"
      name="to"
      label="Observed to"
      defaultValue={read.typed.to ?? ""}
      error={messageOf(read, "to")}
      className="w-40"
    />
    <div className="flex gap-2 pt-6">
      <Button type="submit">Filter</Button>
      {Object.keys(read.typed).length === 0 ? null : (
        <LinkButton
          href={asKnownAt === null ? address : `${address}?${new URLSearchParams({ asKnownAt }).toString()}`}
          tone="quiet"
        >
          Whole study
        </LinkButton>
      )}
    </div>
  </form>
);
