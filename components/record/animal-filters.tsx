"use client";

import type { RecordingSheet } from "@/lib/contracts/recording-sheet";
import { type AnimalFilter, filterChoices } from "./animal-choice";
import { named } from "./animal-words";

const SELECT =
  "min-h-11 min-w-0 flex-1 rounded-control border border-edge bg-surface px-2 text-base text-ink disabled:border-hairline disabled:text-ink-faint";

type FilterProps = {
  readonly label: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly onChange: (value: string) => void;
};

const Filter = ({ label, value, values, onChange }: FilterProps) => (
  <select
    aria-label={label}
    value={value}
    disabled={values.length < 2}
    onChange={(event) => onChange(event.target.value)}
    className={SELECT}
  >
    <option value="">{`All ${label.toLowerCase()}s`}</option>
    {values.map((name) => (
      <option key={name} value={name}>
        {named(label, name)}
      </option>
    ))}
  </select>
);

type AnimalFiltersProps = {
  readonly animals: RecordingSheet["animals"];
  readonly filter: AnimalFilter;
  readonly onFilter: (filter: AnimalFilter) => void;
};

/** Narrows the round; another room forgets the cage. */
export const AnimalFilters = ({ animals, filter, onFilter }: AnimalFiltersProps) => {
  const { rooms, cages, groups } = filterChoices(animals, filter);
  return (
    <div className="flex flex-wrap gap-2 border-b border-hairline p-2">
      <Filter
        label="Room"
        value={filter.room}
        values={rooms}
        onChange={(room) => onFilter({ ...filter, room, cage: "" })}
      />
      <Filter label="Cage" value={filter.cage} values={cages} onChange={(cage) => onFilter({ ...filter, cage })} />
      <Filter label="Group" value={filter.group} values={groups} onChange={(group) => onFilter({ ...filter, group })} />
    </div>
  );
};
