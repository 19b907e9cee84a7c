"use client";

import { useId } from "react";
import { TextField } from "@/components/ui/text-field";
import { useAnimals } from "@/lib/client/use-animals";

type TagFilterProps = {
  readonly study: string;
  readonly defaultValue: string;
  readonly error?: string | undefined;
};

/** The tag that a list is filtered by. The tags of the study are offered once somebody is about to type. */
export const TagFilter = ({ study, defaultValue, error }: TagFilterProps) => {
  const [animals, load] = useAnimals(study);
  const listId = useId();
  return (
    <>
      <TextField
        name="animal"
        label="Animal"
        defaultValue={defaultValue}
        list={listId}
        autoComplete="off"
        spellCheck={false}
        error={error}
        onFocus={animals === null ? load : undefined}
        className="w-36"
      />
      <datalist id={listId}>
        {animals?.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </datalist>
    </>
  );
};
