import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import type { OverviewAnimal } from "@/lib/domain/animal/overview-animal";
import { type BoardFilters, choicesOf, filtersQuery, isFiltered, withoutFilters } from "./board-filters";

type BoardFilterFormProps = {
  readonly animals: readonly OverviewAnimal[];
  readonly filters: BoardFilters;
  readonly address: string;
};

const STATUS_CHOICES = [
  ["on_dose", "On dose"],
  ["withheld", "Withheld"],
  ["discontinued", "Discontinued"],
  ["not_started", "Not started"],
  ["off_study", "Off study"],
] as const;

const KEYS = [
  ["group", "Group"],
  ["room", "Room"],
  ["cage", "Cage"],
] as const;

/** Filters as a form that asks the server: it needs no script, and its answer has an address. */
export const BoardFilterForm = ({ animals, filters, address }: BoardFilterFormProps) => (
  <form
    method="get"
    action={address}
    role="search"
    aria-label="Filter animals"
    className="flex flex-wrap items-end gap-3 border-b border-hairline px-4 py-3 print:hidden"
  >
    {filters.asKnownAt === null ? null : <input type="hidden" name="asKnownAt" value={filters.asKnownAt} />}
    <TextField
      type="search"
      name="text"
      label="Tag or word"
      defaultValue={filters.text ?? ""}
      autoComplete="off"
      spellCheck={false}
      className="w-44"
    />
    <SelectField name="status" label="Status" defaultValue={filters.status?.toLowerCase() ?? ""} className="w-36">
      <option value="">Any</option>
      {STATUS_CHOICES.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </SelectField>
    {KEYS.map(([key, label]) => {
      const choices = choicesOf(animals, key);
      return choices.length < 2 ? null : (
        <SelectField key={key} name={key} label={label} defaultValue={filters[key] ?? ""} className="w-32">
          <option value="">Any</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </SelectField>
      );
    })}
    <Button type="submit">Filter</Button>
    {isFiltered(filters) ? (
      <LinkButton href={`${address}${filtersQuery(withoutFilters(filters))}`} tone="quiet">
        Show all
      </LinkButton>
    ) : null}
  </form>
);
